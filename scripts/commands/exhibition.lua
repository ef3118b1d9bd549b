-- invite and checklist: who is to come, and who does what until when.

local segments = require "segments"

-- The clients and contacts that the words mean.
local function guests(who)
  if who.kind == "segment" then return segments.members(who):order_by "id":all() end
  return { who }
end

local function is_invited(campaign, guest)
  return campaign.invitations:where { [guest.kind] = guest }:count() > 0
end

local function invite(campaign, guest, on, ctx)
  if guest.kind ~= "client" and guest.kind ~= "contact" then
    error(tr("#{id} is a {kind}; clients, contacts and segments of them are invited", {
      id = guest.id, kind = guest.kind }), 0)
  end
  if is_invited(campaign, guest) then return false end
  ctx:create("invitation", { campaign = campaign, invited_on = on, contact = guest.kind == "contact" and guest or nil,
    client = guest.kind == "client" and guest or guest.client })
  return true
end

command "invite" {
  summary = "invite a client, a contact or a whole segment to an exhibition",
  summary_ru = "пригласить на выставку клиента, контакт или целый сегмент",
  writes = true,
  params = {
    ref "campaign" { to = "campaign", required = true, title_ru = "Выставка" },
    ref "who" { to = "record", title_ru = "Кого", help = "the target group, if left out",
      help_ru = "если не сказано – целевую группу" },
    date "on" { default = "today", named = true, title_ru = "Когда" },
  },
  examples = { "invite #3 #17", "invite #3 clinics", "invite #3" },
  run = function(p, ctx)
    local who = p.who or p.campaign.target_group
    if who == nil then
      error(tr("whom? name a client, a contact or a segment, or: set #{id} target_group=…", { id = p.campaign.id }), 0)
    end
    local invited, before = 0, 0
    for _, guest in ipairs(guests(who)) do
      if invite(p.campaign, guest, p.on, ctx) then invited = invited + 1 else before = before + 1 end
    end
    local said = trn("{n} is invited", "{n} are invited", invited)
    return before > 0 and said .. "; " .. trn("{n} was before", "{n} were before", before) or said
  end,
}

-- What an exhibition needs: what, for which stage, and how many days before its begin or after its end.
local function standard_items()
  return {
    { what = tr "book and pay the stand", stage = "preparing", before = 60 },
    { what = tr "say what we show and to whom it is worth what", stage = "preparing", before = 45 },
    { what = tr "print catalogues and calculations", stage = "preparing", before = 21 },
    { what = tr "write and send the invitations", stage = "inviting", before = 21 },
    { what = tr "call those who were invited", stage = "inviting", before = 7 },
    { what = tr "put up the stand, agree who stands there when", stage = "running", before = 1 },
    { what = tr "take in every card the same evening", stage = "running", after = 0 },
    { what = tr "write to everyone who left a card", stage = "following_up", after = 3 },
    { what = tr "meet those who want to buy", stage = "following_up", after = 14 },
  }
end

local function due_of(item, campaign)
  if item.before then return campaign.starts_on - item.before end
  return (campaign.ends_on or campaign.starts_on) + item.after
end

local function add_standard(p, ctx)
  local campaign = p.campaign
  if campaign.starts_on == nil then error(tr("when is it? set #{id} starts_on=… ends_on=…", { id = campaign.id }), 0) end
  local who = p.owner or campaign.owner
  if who == nil then error(tr("who does it? checklist #{id} standard=true owner=…", { id = campaign.id }), 0) end
  if campaign.checklist_items:count() > 0 then error(tr("#{id} has a checklist already", { id = campaign.id }), 0) end
  for _, item in ipairs(standard_items()) do
    ctx:create("checklist_item", { campaign = campaign, what = item.what, stage = item.stage, who = who,
      due = due_of(item, campaign) })
  end
end

command "checklist" {
  summary = "who does what until when for a campaign; standard=true writes the usual list",
  summary_ru = "кто, что и когда делает для кампании; standard=true пишет обычный список",
  title = "Checklist", title_ru = "Список дел",
  writes = true,
  params = {
    ref "campaign" { to = "campaign", required = true, title_ru = "Кампания" },
    boolean "standard" { default = false, named = true, title_ru = "Обычный", help = "add what an exhibition usually needs",
      help_ru = "добавить то, что обычно нужно выставке" },
    ref "owner" { to = "user", named = true, title_ru = "Ответственный", help = "who does it; the campaign's owner if left out",
      help_ru = "кто делает; если не сказано – ответственный за кампанию" },
  },
  examples = { "checklist #3", "checklist #3 standard=true owner=\"Ann Lee\"" },
  columns = {
    text    "stage" { of = "campaign.stage", title = "Before leaving", title_ru = "До выхода из этапа" },
    text    "what"  { title = "What", title_ru = "Что" },
    text    "who"   { title = "Who", title_ru = "Кто" },
    date    "due"   { title = "Until", title_ru = "Срок" },
    text    "state" { title = "State", title_ru = "Состояние" },
    text    "todo"  { title = "Do", title_ru = "Сделать" },
  },
  run = function(p, ctx)
    if p.standard then add_standard(p, ctx) end
    local rows = {}
    for item in p.campaign.checklist_items:order_by("due", "id"):each() do
      local late = not item.done and item.due ~= nil and item.due < ctx.today
      rows[#rows + 1] = { record = item, stage = item.stage, what = item.what, who = item.who and item.who.name, due = item.due,
        state = item.done and tr "done" or late and tr "late" or tr "open",
        todo = not item.done and "set #" .. item.id .. " done=true" or nil }
    end
    return rows
  end,
}
