-- What was planned for a week against what was held. Planned is what was due in that week, whatever became of it; extra is
-- what was held without a plan. What is neither held nor cancelled when its time is over was missed.

local activity = require "activity"

local activity_types = { "meeting", "call", "mail", "letter", "note", "task" }

local function count_of(type, owner, first, last)
  local due = { type = type, owner = owner, due = between(first, last) }
  local function with(more)
    local where = {}
    for name, value in pairs(due) do where[name] = value end
    for name, value in pairs(more) do where[name] = value end
    return activities:where(where):count()
  end
  local row = { type = activity.type_word(type), planned = activities:where(due):count(),
    held = with { state = "held" }, cancelled = with { state = "cancelled" } }
  row.missed = activities:where(due):where { state = "planned", due = under(now()) }:count()
  row.ahead = row.planned - row.held - row.cancelled - row.missed
  row.extra = activities:where { type = type, state = "held", owner = owner, due = unset, done_at = between(first, last) }:count()
  row.kept = row.planned > row.ahead and row.held / (row.planned - row.ahead) or nil
  return row
end

report "week" {
  title = "The week: planned and held", title_ru = "Неделя: намечено и состоялось",
  help = "planned activities of a week against what was held", help_ru = "намеченное на неделю и состоявшееся",
  params = {
    date "on" { default = "today", title_ru = "День", help = "a day of the week", help_ru = "любой день недели" },
    ref "owner" { to = "user", title_ru = "Ответственный", help = "only this person's", help_ru = "только этого человека" },
  },
  columns = {
    text    "type"      { of = "activity.type", title = "Type", title_ru = "Вид" },
    integer "planned"   { title = "Planned", title_ru = "Намечено" },
    integer "held"      { title = "Held", title_ru = "Состоялось" },
    integer "cancelled" { title = "Cancelled", title_ru = "Отменено" },
    integer "missed"    { title = "Missed", title_ru = "Пропущено" },
    integer "ahead"     { title = "Still ahead", title_ru = "Ещё впереди" },
    percent "kept"      { title = "Kept", title_ru = "Выполнено", decimals = 0 },
    integer "extra"     { title = "Not planned", title_ru = "Без плана" },
  },
  chart = { type = "bar", x = "type", y = { "planned", "held" } },
  rows = function(p)
    local first, last, rows = p.on:period_start "week", p.on:period_end "week", {}
    for _, type in ipairs(activity_types) do
      local row = count_of(type, p.owner, first, last)
      if row.planned > 0 or row.extra > 0 then rows[#rows + 1] = row end
    end
    return rows, { tr("{first} to {last}", { first = first, last = last }), tr "Kept: held ÷ (planned − still ahead)." }
  end,
}
