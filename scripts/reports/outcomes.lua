-- How deals ended: win rate, worth and length, all by the same choice of groups. The win rate is won ÷
-- (won + lost); over all deals it is another figure and has its own column. A group without a closed deal has
-- none, not zero.

local groups = {
  owner = "owner.name", team = "owner.team", region = "owner.region",
  client = "client.name", industry = "client.industry", country = "client.country",
  product = "product.name", series = "product.series",
  closed_month = "month(closed_on)", closed_quarter = "quarter(closed_on)", closed_year = "year(closed_on)",
  opened_month = "month(opened_on)", opened_quarter = "quarter(opened_on)", opened_year = "year(opened_on)",
}

local params = {
  choice "by" { "all", "owner", "team", "region", "client", "industry", "country", "product", "series",
    "closed_month", "closed_quarter", "closed_year", "opened_month", "opened_quarter", "opened_year",
    default = "all", help = "one row per", help_ru = "по строке на" },
  date "since" { help = "closed on this day or later", help_ru = "закрыты в этот день или позже" },
  date "till" { last_day = true, help = "closed on this day or earlier", help_ru = "закрыты в этот день или раньше" },
}

local function grouped(p)
  local wanted = deals:where { closed_on = between(p.since, p.till) }
  if p.by == "all" then return wanted:with { group = function() return "all" end } end
  return wanted:group_by { group = groups[p.by] }:order_by "group"
end

-- People who sell nothing belong into a list of people.
local function with_idle_people(rows, by)
  if by ~= "owner" then return rows end
  local seen = {}
  for _, row in ipairs(rows) do
    if row.group ~= nil then seen[row.group] = true end
  end
  for user in users:order_by "name":each() do
    if not seen[user.name] then
      rows[#rows + 1] = { group = user.name, deals = 0, won = 0, lost = 0, open = 0, closed = 0 }
    end
  end
  return rows
end

local won, lost = { stage = "won" }, { stage = "lost" }
local closed = { stage = one_of { "won", "lost" } }

local function share(part, whole)
  if whole == nil or whole == 0 then return nil end
  return part / whole
end

report "win_rate" {
  title = "Win rate", title_ru = "Доля выигранных",
  help = "won ÷ (won + lost), by count; beside it won ÷ all deals",
  help_ru = "выиграно ÷ (выиграно + проиграно) по числу; рядом – выиграно ÷ все сделки",
  params = params,
  columns = {
    text    "group"       { title = "Group", title_ru = "Группа" },
    integer "deals"       { title = "Deals", title_ru = "Сделок" },
    integer "won"         { title = "Won", title_ru = "Выиграно" },
    integer "lost"        { title = "Lost", title_ru = "Проиграно" },
    integer "open"        { title = "Open", title_ru = "Открыто" },
    percent "win_rate"    { title = "Of closed", title_ru = "От закрытых", decimals = 2 },
    percent "won_of_all"  { title = "Of all", title_ru = "От всех", decimals = 2 },
    money   "won_amount"  { title = "Won amount", title_ru = "Сумма выигранных" },
    money   "average_won" { title = "Average won", title_ru = "Средняя выигранная" },
  },
  chart = { x = "group", y = "win_rate" },
  rows = function(p)
    local rows = grouped(p):select {
      deals = count(), won = count(won), lost = count(lost),
      won_amount = sum "amount"(won), average_won = average "amount"(won),
    }:all()
    for _, row in ipairs(rows) do
      row.open = row.deals - row.won - row.lost
      row.win_rate = share(row.won, row.won + row.lost)
      row.won_of_all = share(row.won, row.deals)
    end
    return with_idle_people(rows, p.by)
  end,
  notes = { tr "Of closed: won ÷ (won + lost). Of all: won ÷ all deals, open ones too." },
}

report "won_amounts" {
  title = "Worth of won deals", title_ru = "Суммы выигранных сделок",
  help = "sum, mean, median and range of won amounts", help_ru = "сумма, среднее, медиана и разброс выигранных сумм",
  params = params,
  columns = {
    text    "group"    { title = "Group", title_ru = "Группа" },
    integer "won"      { title = "Won", title_ru = "Выиграно" },
    money   "total"    { title = "Total", title_ru = "Всего" },
    money   "average"  { title = "Mean", title_ru = "Среднее" },
    money   "middle"   { title = "Median", title_ru = "Медиана" },
    money   "smallest" { title = "Smallest", title_ru = "Наименьшая" },
    money   "largest"  { title = "Largest", title_ru = "Наибольшая" },
  },
  chart = { x = "group", y = "total" },
  rows = function(p)
    return grouped(p):select {
      won = count(won), total = sum "amount"(won), average = average "amount"(won), middle = median "amount"(won),
      smallest = minimum "amount"(won), largest = maximum "amount"(won),
    }:all()
  end,
}

report "cycle" {
  title = "Sales cycle", title_ru = "Длина сделки",
  help = "days from opening to closing: mean and median, of won, lost and closed deals",
  help_ru = "дни от открытия до закрытия: среднее и медиана выигранных, проигранных и всех закрытых",
  params = params,
  columns = {
    text    "group"         { title = "Group", title_ru = "Группа" },
    integer "won"           { title = "Won", title_ru = "Выиграно" },
    number  "won_days"      { title = "Won, mean", title_ru = "Выигранные, среднее",
      unit = "days", unit_ru = "дней", decimals = 2 },
    number  "won_median"    { title = "Won, median", title_ru = "Выигранные, медиана", unit = "days", unit_ru = "дней" },
    integer "won_shortest"  { title = "Shortest", title_ru = "Короче всех", unit = "days", unit_ru = "дней" },
    integer "won_longest"   { title = "Longest", title_ru = "Длиннее всех", unit = "days", unit_ru = "дней" },
    integer "lost"          { title = "Lost", title_ru = "Проиграно" },
    number  "lost_days"     { title = "Lost, mean", title_ru = "Проигранные, среднее",
      unit = "days", unit_ru = "дней", decimals = 2 },
    number  "lost_median"   { title = "Lost, median", title_ru = "Проигранные, медиана", unit = "days", unit_ru = "дней" },
    integer "closed"        { title = "Closed", title_ru = "Закрыто" },
    number  "closed_days"   { title = "Closed, mean", title_ru = "Закрытые, среднее",
      unit = "days", unit_ru = "дней", decimals = 2 },
    number  "closed_median" { title = "Closed, median", title_ru = "Закрытые, медиана", unit = "days", unit_ru = "дней" },
  },
  chart = { x = "group", y = "won_days" },
  rows = function(p)
    local length = "days(opened_on, closed_on)"
    local rows = grouped(p):select {
      won = count(won), won_days = average(length)(won), won_median = median(length)(won),
      won_shortest = minimum(length)(won), won_longest = maximum(length)(won),
      lost = count(lost), lost_days = average(length)(lost), lost_median = median(length)(lost),
      closed = count(closed), closed_days = average(length)(closed), closed_median = median(length)(closed),
    }:all()
    return with_idle_people(rows, p.by)
  end,
}
