-- The answer of `profile`, command and report: whom it is about, and its rows.

local profile = require "profile"

local answer = {}

answer.columns = {
  text    "title"       { title = "Field", title_ru = "Поле" },
  text    "value"       { title = "Value", title_ru = "Значение" },
  integer "group"       { title = "In the group", title_ru = "В группе" },
  percent "group_share" { title = "Share", title_ru = "Доля", decimals = 1 },
  integer "base"        { title = "Among all", title_ru = "Среди всех" },
  percent "base_share"  { title = "Share", title_ru = "Доля", decimals = 1 },
  number  "lift"        { title = "Lift", title_ru = "Кратность", decimals = 2 },
  number  "p"           { title = "Chance", title_ru = "Случайность", decimals = 4 },
  boolean "sure"        { title = "Sure", title_ru = "Надёжно" },
}

-- The group, those it is compared with, and what it is in words.
local function group_of(p)
  local kind = p.segment and (p.segment.of or "client") or p.of or "client"
  local base = records(kind)
  if p.among then base = base:matching(p.among) end
  if p.segment then
    local group = base:matching(p.segment.condition)
    if p.condition then group = group:matching(p.condition) end
    return kind, base, group, p.segment.name
  end
  if p.condition then return kind, base, base:matching(p.condition), p.condition end
  if kind ~= "client" or p.among then
    error(tr "say which group: a condition as behind list, or segment=…", 0)
  end
  local best, words = profile.best()
  return kind, base, best, words
end

local function before(a, b)
  if a.sure ~= b.sure then return a.sure end
  if a.lift ~= b.lift then return a.lift > b.lift end
  if a.base ~= b.base then return a.base > b.base end
  return a.title .. a.label < b.title .. b.label
end

local function notes_of(words, sizes, tests)
  local notes = { tr("{words}: {group} of {base}", { words = words, group = sizes.group, base = sizes.base }) }
  if sizes.group == 0 then
    notes[2] = tr "Nobody belongs to this group."
  elseif sizes.group == sizes.base then
    notes[2] = tr "Everybody belongs to this group: there is nothing to compare it with."
  else
    notes[2] = tr("Chance: Fisher's exact test of the group against the rest, corrected for {tests} comparisons (Benjamini-Hochberg); values of fewer than {support} records are left out.", -- luacheck: ignore 631
      { tests = tests, support = profile.support })
  end
  return notes
end

--- The rows, and notes.
function answer.rows(p)
  local kind, base, group, words = group_of(p)
  local found, sizes = profile.compare(base, group, profile.fields(kind, p.fields))
  local rows = {}
  for _, entry in ipairs(found) do
    if p.all or entry.lift > 1 then
      entry.value = entry.label
      entry.sure = entry.sure and true or false
      rows[#rows + 1] = entry
    end
  end
  table.sort(rows, before)
  return rows, notes_of(words, sizes, #found)
end

return answer
