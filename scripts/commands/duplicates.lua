-- Which records are likely about the same company or person, and why.

local function subject(p)
  if p.record ~= nil then return { of = p.record, least = p.least } end
  return { within = p.kind, least = p.least }
end

command "duplicates" {
  summary = "records that are likely about the same company or person, and why",
  summary_ru = "записи, которые скорее всего об одной компании или человеке, и почему",
  title = "Likely duplicates", title_ru = "Вероятные повторы",
  params = {
    ref "record" { to = "record", title_ru = "запись", help = "only its duplicates", help_ru = "только её повторы" },
    text "kind" { named = true, help = "only of this kind: client, contact, response",
      help_ru = "только этого вида: client, contact, response" },
    number "least" { default = 0.6, named = true, help = "from this score on, 0 to 1",
      help_ru = "начиная с этой оценки, от 0 до 1" },
  },
  examples = { "duplicates", "duplicates #2", "duplicates kind=contact least=0.8" },
  columns = {
    percent "score"   { title = "Score", title_ru = "Оценка", decimals = 0 },
    text    "first"   { title = "Record", title_ru = "Запись" },
    text    "second"  { title = "And", title_ru = "И" },
    text    "reasons" { title = "Because", title_ru = "Почему" },
    text    "todo"    { title = "Do", title_ru = "Сделать" },
  },
  run = function(p)
    local rows = {}
    for _, pair in ipairs(doubles(subject(p))) do
      rows[#rows + 1] = {
        score = pair.score, reasons = pair.reasons, record = pair.second,
        first = tostring(pair.first) .. " " .. pair.first_name,
        second = tostring(pair.second) .. " " .. pair.second_name,
        todo = pair.first.kind == pair.second.kind and "merge #" .. pair.first.id .. " #" .. pair.second.id
          or pair.second.kind == "response" and "convert #" .. pair.second.id .. " to=#" .. pair.first.id
          or pair.first.kind == "response" and "convert #" .. pair.first.id .. " to=#" .. pair.second.id
          or nil,
      }
    end
    return rows
  end,
}
