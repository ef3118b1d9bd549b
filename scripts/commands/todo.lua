-- todo: what the method asks of me now, the most pressing first, each with the line to type.

local activity = require "activity"
local open_deals = require "open_deals"
local wall = require "wall"

local review_within = 14 -- days after a meeting in which one still remembers it
local prepare_within = 3 -- days before a meeting
local hints = 20         -- open deals that are looked at, the largest first

local function add_late(rows, p, ctx)
  for record in activities:where { state = "planned", owner = p.owner, due = under(ctx.now) }:order_by("due", "id"):each() do
    rows[#rows + 1] = { record = record, why = tr("late since {day}", { day = activity.day(record.due) }), client = record.client,
      what = activity.type_word(record.type) .. ": " .. name_of(record), line = tr('done #{id} "…"', { id = record.id }) }
  end
end

local function add_meetings(rows, p, ctx)
  for record in activities:where { type = "meeting", state = "planned", owner = p.owner, minutes_prepared = unset,
    due = between(ctx.now, ctx.now + prepare_within) }:order_by "due":each() do
    rows[#rows + 1] = { record = record, why = tr "to be prepared", client = record.client, what = activity.moment(record.due),
      line = "prepare #" .. record.id }
  end
  for record in activities:where { type = "meeting", state = "held", owner = p.owner, self_score = unset,
    done_at = from(ctx.now - review_within) }:order_by "done_at":each() do
    rows[#rows + 1] = { record = record, why = tr "to be reviewed", client = record.client, line = "review #" .. record.id,
      what = activity.moment(record.done_at) }
  end
end

local function add_questions(rows, p)
  for question in questions:where { answered = 0, owner = p.owner }:order_by("asked_on", "id"):each() do
    rows[#rows + 1] = { record = question, why = tr "has no answer", client = question.client, what = question.text,
      line = tr('answer #{id} "…" evidence="…"', { id = question.id }) }
  end
end

-- An owner has no part in a response before somebody looked at it: they are everybody's.
local function add_responses(rows)
  for response in responses:where { outcome = unset }:order_by("received_at", "id"):limit(hints):each() do
    rows[#rows + 1] = { record = response, why = tr "a response that nobody worked", client = response.client,
      what = name_of(response), line = "show #" .. response.id }
  end
end

local function add_walls(rows, p)
  for _, client in ipairs(wall.clients(p.owner)) do
    rows[#rows + 1] = { record = client, why = tr "a wall of mail", client = client, what = client.wall_of_mail,
      line = tr('call #{id} 10m "…"', { id = client.id }) }
  end
end

local function add_deals(rows, p)
  local _, rot = open_deals.stages()
  for deal in open_deals.of(p.owner):order_by("-amount", "id"):limit(hints):each() do
    local rotten = open_deals.days_rotten(deal, rot)
    local planned = deal.activities:where { state = "planned" }:count() > 0
    if rotten ~= nil then
      local first = open_deals.missing(deal)[1]
      local why = trn("{n} day too long in its stage", "{n} days too long in its stage", rotten)
      rows[#rows + 1] = { record = deal, why = why, client = deal.client,
        what = first and first.text or tr "all criteria pass", line = first and first.fix or "advance #" .. deal.id }
    elseif not planned then
      rows[#rows + 1] = { record = deal, why = tr "no next step is planned", client = deal.client, what = name_of(deal),
        line = "meet #" .. deal.id .. " +3d" }
    end
  end
end

command "todo" {
  summary = "what the method asks for now, each with the line to type", summary_ru = "чего сейчас требует метод – и что набрать",
  title = "To do", title_ru = "Что делать",
  params = { ref "owner" { to = "user", loose = true, title_ru = "Ответственный",
    help = "only this person's", help_ru = "только этого человека" } },
  examples = { "todo", "todo owner=Анна" },
  columns = {
    text "why"    { title = "Why", title_ru = "Почему" },
    text "client" { title = "Client", title_ru = "Клиент" },
    text "what"   { title = "What", title_ru = "Что" },
    text "line"   { title = "Do", title_ru = "Наберите" },
  },
  run = function(p, ctx)
    local rows = {}
    add_late(rows, p, ctx)
    add_meetings(rows, p, ctx)
    add_questions(rows, p)
    add_responses(rows)
    add_walls(rows, p)
    add_deals(rows, p)
    for _, row in ipairs(rows) do row.client = name_of(row.client) end
    return rows
  end,
}
