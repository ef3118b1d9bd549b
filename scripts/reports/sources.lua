-- What came of each source: how many leads it brought, how many of them bought, and how long that took. A lead is a client,
-- by whatever it became; it has bought when a deal of it is won. Of a source, month or campaign all leads count, those still
-- open too: young groups look worse than they will be. Days run from the first response to the first won deal and can be
-- negative: some buy before they answer.

local lead = {
  source = { rows = clients, group = "source" },
  month = { rows = clients, group = "month(first_response)" },
  all = { rows = clients },
}

-- A client that answered several campaigns counts in each of them.
local answered = { rows = responses:where { client = is_set }, group = "campaign.name", prefix = "client." }

local function figures(prefix)
  local bought = { [prefix .. "won_deals"] = over(0) }
  local days = "days(" .. prefix .. "first_response, " .. prefix .. "first_won)"
  local each = prefix == "" and count or function(filter) return count_distinct "client"(filter) end
  return { leads = each(), won = each(bought), days = average(days), days_median = median(days),
    fastest = minimum(days), slowest = maximum(days), timed = count(days) }
end

local function counted(p)
  local from_where = p.by == "campaign" and answered or lead[p.by]
  local prefix = from_where.prefix or ""
  local query = from_where.rows:where { [prefix .. "first_response"] = between(p.since, p.till) }
  if from_where.group then query = query:group_by { group = from_where.group } end
  return query:select(figures(prefix)):all()
end

report "sources" {
  title = "Sources of clients", title_ru = "Источники клиентов",
  help = "leads, those who bought, and days until then, by source, campaign or month of the first response",
  help_ru = "обращения, купившие и дни до покупки – по источнику, кампании или месяцу первого отклика",
  params = {
    choice "by" { "source", "campaign", "month", "all", default = "source", help = "one row per",
      help_ru = "строка на" },
    date "since" { help = "first response on this day or later", help_ru = "первый отклик в этот день или позже" },
    date "till" { last_day = true, help = "first response on this day or earlier", help_ru = "первый отклик в этот день или раньше" },
  },
  columns = {
    text    "group"       { title = "Source", title_ru = "Источник" },
    integer "leads"       { title = "Leads", title_ru = "Обращений" },
    integer "won"         { title = "Bought", title_ru = "Купили" },
    percent "conversion"  { title = "Conversion", title_ru = "Конверсия", decimals = 2 },
    percent "low"         { title = "At least", title_ru = "Не меньше", decimals = 1 },
    percent "high"        { title = "At most", title_ru = "Не больше", decimals = 1 },
    number  "days"        { title = "Days, mean", title_ru = "Дней, среднее", decimals = 2 },
    number  "days_median" { title = "Days, median", title_ru = "Дней, медиана", decimals = 1 },
    number  "fastest"     { title = "Fastest", title_ru = "Быстрее всех", decimals = 0 },
    number  "slowest"     { title = "Slowest", title_ru = "Дольше всех", decimals = 0 },
  },
  chart = { x = "group", y = { "leads", "won" } },
  rows = function(p)
    local rows, before = counted(p), 0
    local notes = { tr "Conversion: bought ÷ all leads, with the 95 % interval it lies in (Wilson)." }
    for _, row in ipairs(rows) do
      if p.by == "all" then row.group = tr "all" elseif row.group == nil then row.group = tr "(unset)" end
      if row.leads > 0 then row.conversion = row.won / row.leads end
      row.low, row.high = stats.wilson(row.won, row.leads)
    end
    table.sort(rows, function(a, b)
      if p.by == "month" or a.leads == b.leads then return a.group < b.group end
      return a.leads > b.leads
    end)
    for client in clients:where { first_response = between(p.since, p.till), first_won = is_set }:each() do
      if client.first_response ~= nil and client.first_won < client.first_response.date then before = before + 1 end
    end
    if before > 0 then
      notes[2] = trn("{n} client bought before the first response: its days are negative.",
        "{n} clients bought before the first response: their days are negative.", before)
    end
    return rows, notes
  end,
}
