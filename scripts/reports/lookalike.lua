-- Who resembles our best clients and has not bought yet. The points of the fields add up to the total; `profile` shows what
-- the best have in common.

local profile = require "profile"

report "lookalike" {
  title = "Suspects like our best clients", title_ru = "Похожие на лучших клиентов",
  help = "clients who have not bought, by their resemblance to the best ones; what each field adds",
  help_ru = "ещё не купившие, по похожести на лучших; что даёт каждое поле",
  params = {
    integer "top" { default = "20", min = 1, help = "so many at most", help_ru = "не больше стольких" },
    ref "segment" { to = "segment", help = "only those of this segment", help_ru = "только из этого сегмента" },
  },
  columns = {
    text   "client"    { title = "Client", title_ru = "Клиент" },
    text   "grade"     { title = "Grade", title_ru = "Оценка" },
    number "points"    { title = "Points", title_ru = "Баллы", decimals = 1 },
    number "industry"  { title = "Industry", title_ru = "Отрасль", decimals = 1 },
    number "size"      { title = "Size", title_ru = "Размер", decimals = 1 },
    number "employees" { title = "Employees", title_ru = "Сотрудников", decimals = 1 },
    number "revenue"   { title = "Revenue", title_ru = "Выручка", decimals = 1 },
    number "country"   { title = "Country", title_ru = "Страна", decimals = 1 },
    number "city"      { title = "City", title_ru = "Город", decimals = 1 },
    number "source"    { title = "Source", title_ru = "Источник", decimals = 1 },
    number "founded"   { title = "Founded", title_ru = "Основан", decimals = 1 },
  },
  chart = { type = "bar", x = "client", y = "points" },
  rows = function(p)
    local wanted = clients:where { won_deals = 0 }
    if p.segment then
      if (p.segment.of or "client") ~= "client" then error(tr "this is a segment of other records than clients", 0) end
      wanted = wanted:matching(p.segment.condition)
    end
    local rows = {}
    for client in wanted:each() do
      local row, points, grade = client:parts "lookalike"
      row.record, row.client, row.points, row.grade = client, client.name, points, grade
      rows[#rows + 1] = row
    end
    table.sort(rows, function(a, b)
      if a.points ~= b.points then return a.points > b.points end
      return a.record.id < b.record.id
    end)
    local notes = { trn("{n} client has not bought yet", "{n} clients have not bought yet", #rows) }
    while #rows > p.top do rows[#rows] = nil end
    local _, words = profile.best()
    notes[2] = tr("compared with: {words}", { words = words })
    return rows, notes
  end,
}
