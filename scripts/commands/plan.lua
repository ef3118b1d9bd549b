-- plan week: the meetings of next week. Who needs one most gets the first free time.

local activity = require "activity"
local free_time = require "free_time"
local who_to_meet = require "who_to_meet"

local function week_of(p, ctx)
  local monday = p.on and p.on:period_start "week" or ctx.today:period_end "week" + 1
  return monday < ctx.today and ctx.today or monday, monday + 6
end

-- Everybody who has an open deal, or only the one who was named; false stands for deals of nobody.
local function owners_of(p)
  if p.owner ~= nil then return { p.owner } end
  local owners = users:where { active = true }:order_by "name":all()
  owners[#owners + 1] = false
  return owners
end

local function plan_for(owner, p, ctx, rows)
  local first, last = week_of(p, ctx)
  local slots = free_time.slots(owner, first, last, p.length, p.travel, p.per_day)
  local chosen = who_to_meet.list(owner, last, math.min(#slots, p.most))
  for i, candidate in ipairs(chosen) do
    local why = table.concat(candidate.reasons, "; ")
    local record = ctx:create("activity", { type = "meeting", state = "planned", due = slots[i], minutes_spent = p.length,
      client = candidate.client, deal = candidate.deal, owner = owner or nil, subject = why ~= "" and why or tr "keep in touch" })
    rows[#rows + 1] = { record = record, at = record.due, day = activity.weekday(record.due), client = name_of(record.client),
      deal = name_of(record.deal), what = record.subject, length = record.minutes_spent, owner = name_of(record.owner) }
  end
end

command "plan" {
  summary = "propose next week's meetings and save them as planned", summary_ru = "составить план встреч на следующую неделю",
  title = "Plan of meetings", title_ru = "План встреч", writes = true,
  params = {
    choice  "span"    { "week", titles_ru = { "неделя" }, required = true, title_ru = "Срок" },
    date    "on"      { loose = true, title_ru = "День",
      help = "a day of the week that is planned; by itself the next one",
      help_ru = "день недели, на которую план; само – следующая" },
    ref     "owner"   { to = "user", loose = true, title_ru = "Ответственный",
      help = "whose week; by itself everybody's", help_ru = "чья неделя; само – всех" },
    minutes "length"  { named = true, default = "1h", title_ru = "Длительность",
      help = "of a meeting", help_ru = "одной встречи" },
    minutes "travel"  { named = true, default = "30m", title_ru = "Дорога",
      help = "between two meetings", help_ru = "между двумя встречами" },
    integer "per_day" { named = true, default = 3, min = 1, max = 12, title_ru = "В день",
      help = "at most, for each person", help_ru = "не больше, на каждого" },
    integer "most"    { named = true, default = 10, min = 1, max = 60, title_ru = "Всего",
      help = "at most, for each person", help_ru = "не больше, на каждого" },
  },
  examples = { "plan week", "plan week --dry-run", "plan week owner=Анна -o week.ics", "plan week on=+14d length=45m per_day=2" },
  columns = {
    instant "at"     { title = "At", title_ru = "Когда" },
    text    "day"    { title = "Day", title_ru = "День" },
    text    "client" { title = "Client", title_ru = "Клиент" },
    text    "deal"   { title = "Deal", title_ru = "Сделка" },
    text    "what"   { title = "Why", title_ru = "Зачем" },
    minutes "length" { title = "Length", title_ru = "Длительность" },
    text    "owner"  { title = "Owner", title_ru = "Ответственный" },
  },
  run = function(p, ctx)
    local rows = {}
    for _, owner in ipairs(owners_of(p)) do plan_for(owner or nil, p, ctx, rows) end
    table.sort(rows, function(a, b)
      if a.at ~= b.at then return a.at < b.at end
      return a.record.id < b.record.id
    end)
    if #rows == 0 then return rows, { tr "nobody needs a meeting who has none planned, or no time is left in the week" } end
    return rows, { tr "what does not fit: set #ID due=…, or cancel #ID" }
  end,
}
