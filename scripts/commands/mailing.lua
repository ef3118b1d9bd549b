-- trial, sent and assess: the steps of a mailing.

local segments = require "segments"
local trials = require "trials"

local function check_mailing(campaign, stage, hint)
  if campaign.type ~= "mailing" then
    error(tr("#{id} {name} is no mailing: set #{id} type=mailing", { id = campaign.id, name = campaign.name }), 0)
  end
  if stage and campaign.stage ~= stage then
    local said = tr("#{id} stands at '{stage}', not at '{wanted}'", {
      id = campaign.id, stage = tostring(campaign.stage), wanted = stage })
    error(hint and said .. "; " .. hint or said, 0)
  end
end

-- How many of `all`: the size that was said, or the share, rounded up.
local function size_of(p, all)
  local size = p.size
  if size == nil then size = math.ceil((p.share or 0.1) * all - 1e-9) end
  if size < 1 then error(tr "a trial needs at least one recipient", 0) end
  if size > all then
    error(tr("the target group holds {all}, fewer than {size}", { all = all, size = size }), 0)
  end
  return size
end

-- Which positions of the sample get variant B: half of them, drawn as reproducibly as the sample itself.
local function second_variant(size, seed)
  local chosen = {}
  for _, at in ipairs(stats.sample(size, size // 2, seed + 1)) do chosen[at] = true end
  return chosen
end

local function draw(campaign, p, ctx)
  local of = campaign.target_group.of or "client"
  local members = segments.members(campaign.target_group):order_by "id":all()
  local size = size_of(p, #members)
  local second = p.variants == 2 and second_variant(size, campaign.id) or {}
  for at, record in ipairs(stats.sample(members, size, campaign.id)) do
    ctx:create("recipient", { campaign = campaign, [of] = record, wave = "trial", variant = second[at] and "B" or "A",
      client = of == "contact" and record.client or of == "client" and record or nil })
  end
  ctx:set(campaign, { population = #members })
  return size, #members
end

local function check_draft(campaign)
  check_mailing(campaign, "draft", campaign.sample > 0 and tr "its sample is drawn" or nil)
  if campaign.sample > 0 then
    error(tr("the sample of #{id} is drawn already: list recipient campaign={id}", { id = campaign.id }), 0)
  end
  if campaign.target_group == nil then
    error(tr("#{id} aims at nobody: set #{id} target_group=…", { id = campaign.id }), 0)
  end
  local of = campaign.target_group.of or "client"
  if of ~= "client" and of ~= "contact" then
    error(tr("a mailing goes to clients or contacts, and '{name}' is a segment of {of}", {
      name = campaign.target_group.name, of = of }), 0)
  end
end

command "trial" {
  summary = "draw the sample of a mailing's trial, the same each time, and begin it",
  summary_ru = "сделать выборку для пробы рассылки, каждый раз ту же, и начать пробу",
  writes = true,
  params = {
    ref "campaign" { to = "campaign", required = true, title_ru = "Рассылка" },
    percent "share" { named = true, title_ru = "Доля", help = "of the target group; 10% if neither share nor size is given",
      help_ru = "от целевой группы; 10%, если не сказаны ни доля, ни размер" },
    integer "size" { named = true, title_ru = "Размер", help = "how many recipients", help_ru = "сколько получателей" },
    integer "variants" { named = true, default = 1, title_ru = "Вариантов", help = "2: half of them get message B",
      help_ru = "2: половина получает сообщение Б" },
  },
  examples = { "trial #5 share=10%", "trial #5 size=50 variants=2" },
  run = function(p, ctx)
    local campaign = p.campaign
    check_draft(campaign)
    if p.variants ~= 1 and p.variants ~= 2 then error(tr "variants is 1 or 2", 0) end
    if p.variants == 2 and campaign.message_b == nil then
      error(tr("there is no other variant: set #{id} message_b=\"…\"", { id = campaign.id }), 0)
    end
    local size, all = draw(campaign, p, ctx)
    ctx:move(campaign, "trial")
    return tr("#{id} {name}: {size} of {all} are in the trial; who: list recipient campaign={id}; when it went out: sent {id}", {
      id = campaign.id, name = campaign.name, size = size, all = all })
  end,
}

command "sent" {
  summary = "a mailing went out to those who had not got it yet", summary_ru = "рассылка ушла тем, кто её ещё не получил",
  writes = true, confirm = false,
  params = {
    ref "campaign" { to = "campaign", required = true, title_ru = "Рассылка" },
    date "on" { default = "today", title_ru = "Когда" },
  },
  examples = { "sent #5", "sent #5 yesterday" },
  run = function(p, ctx)
    check_mailing(p.campaign)
    local count = 0
    for recipient in p.campaign.recipients:where { sent_on = unset }:each() do
      ctx:set(recipient, { sent_on = p.on })
      count = count + 1
    end
    if count == 0 then error(tr("#{id} has nobody left to send to", { id = p.campaign.id }), 0) end
    return trn("sent to {n} recipient", "sent to {n} recipients", count)
  end,
}

command "assess" {
  summary = "note the response rate of a trial, and what is changed because of it",
  summary_ru = "записать долю откликов пробы и что из-за неё изменено",
  writes = true,
  params = {
    ref "campaign" { to = "campaign", required = true, title_ru = "Рассылка" },
    text "correction" { rest = true, required = true, title_ru = "Поправка", help = "what is changed, or why nothing is",
      help_ru = "что изменено или почему ничего" },
    choice "keep" { "A", "B", named = true, title_ru = "Вариант", help = "the variant that goes to all",
      help_ru = "вариант, который идёт всем" },
  },
  examples = { 'assess #5 "a shorter subject; the price at the end"', 'assess #5 "B answers our question better" keep=B' },
  run = function(p, ctx)
    local campaign = p.campaign
    check_mailing(campaign, "review", tr "advance it there when the trial is over")
    local rows, all = trials.rates(campaign, "trial")
    if all.rate == nil then error(tr("the trial of #{id} was sent to nobody", { id = campaign.id }), 0) end
    if #rows > 1 and p.keep == nil then error(tr "two variants were tried: say keep=A or keep=B", 0) end
    ctx:set(campaign, { trial_rate = all.rate, correction = p.correction, variant = p.keep or rows[1].variant })
    return tr("#{id} {name}: {answered} of {sent} answered ({rate} %); noted: {correction}", {
      id = campaign.id, name = campaign.name, answered = all.answered, sent = all.sent,
      rate = string.format("%.1f", 100 * all.rate), correction = p.correction })
  end,
}
