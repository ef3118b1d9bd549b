-- agenda: what is planned for a day or a week, what is late, and what to beware of.

local activity = require "activity"
local prospecting = require "prospecting"
local wall = require "wall"

local most_warnings = 10

-- The first day that is shown and the last.
local function days_of(p)
  if p.span == "week" then return p.on:period_start "week", p.on:period_end "week" end
  if p.span == "next" then
    local monday = p.on:period_end "week" + 1
    return monday, monday + 6
  end
  return p.on, p.on
end

local function row_of(record, late)
  local word = activity.type_word(record.type)
  return { record = record, at = record.due, day = activity.weekday(record.due),
    type = word, what = record.subject or word, client = name_of(record.client), deal = name_of(record.deal),
    length = record.minutes_spent, owner = name_of(record.owner),
    state = late and tr "late" or activity.state_word(record.state) }
end

local function warnings(owner)
  local notes = {}
  for _, client in ipairs(wall.clients(owner)) do
    if #notes == most_warnings then break end
    notes[#notes + 1] = tr("{client} (#{id}): {warning}", { client = client, id = client.id, warning = client.wall_of_mail })
  end
  notes[#notes + 1] = prospecting.warning(prospecting.quiet)
  return notes
end

command "agenda" {
  summary = "what is planned for a day or a week, what is late, and what to beware of",
  summary_ru = "что намечено на день или неделю, что просрочено и чего остерегаться",
  title = "Agenda", title_ru = "Повестка",
  params = {
    choice "span"  { "day", "week", "next", titles_ru = { "день", "неделя", "следующая" }, default = "day", loose = true, title_ru = "Срок",
      help = "next is next week", help_ru = "next – следующая неделя" },
    date   "on"    { default = "today", loose = true, title_ru = "День" },
    ref    "owner" { to = "user", loose = true, title_ru = "Ответственный",
      help = "only this person's", help_ru = "только этого человека" },
  },
  examples = { "agenda", "agenda friday", "agenda week", "agenda next owner=Анна", "agenda week -f ical -o week.ics" },
  columns = {
    instant "at"     { title = "At", title_ru = "Когда" },
    text    "day"    { title = "Day", title_ru = "День" },
    text    "type"   { of = "activity.type", title = "Type", title_ru = "Вид" },
    text    "client" { title = "Client", title_ru = "Клиент" },
    text    "deal"   { title = "Deal", title_ru = "Сделка" },
    text    "what"   { title = "What", title_ru = "Что" },
    minutes "length" { title = "Length", title_ru = "Длительность" },
    text    "owner"  { title = "Owner", title_ru = "Ответственный" },
    text    "state"  { title = "State", title_ru = "Состояние" },
  },
  run = function(p, ctx)
    local first, last = days_of(p)
    local rows, planned = {}, activities:where { state = "planned", owner = p.owner }:order_by("due", "id")
    for record in planned:where { due = under(first:at(0)) }:each() do
      if record.due < ctx.now then rows[#rows + 1] = row_of(record, true) end
    end
    for record in planned:where { due = between(first, last) }:each() do
      rows[#rows + 1] = row_of(record, record.due < ctx.now)
    end
    return rows, warnings(p.owner)
  end,
}
