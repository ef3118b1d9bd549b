-- The number of clients, and of satisfied clients: only that counts. Who came, who went where, and how they like it.
local prospecting = require "prospecting"

local search = {
  date "since" { default = "90 days ago", help = "from this day on", help_ru = "с этого дня" },
  date "till" { last_day = true, default = "today", help = "until this day", help_ru = "по этот день" },
  integer "quiet" { default = prospecting.quiet, min = 1,
                    help = "days without a new client that are worth a warning",
                    help_ru = "сколько дней без нового клиента – уже повод предупредить" },
}

report "new_clients" {
  title = "New clients", title_ru = "Новые клиенты",
  help = "how many clients became known, per week or month and by source, and how many of them came closer",
  help_ru = "сколько клиентов появилось по неделям или месяцам и источникам и сколько из них стали ближе",
  params = {
    choice "per" { "week", "month", "quarter", titles_ru = { "неделя", "месяц", "квартал" }, default = "month", help = "one row per", help_ru = "строка на" },
    boolean "by_source" { default = true, help = "one row per source too", help_ru = "и строка на источник" },
    table.unpack(search),
  },
  columns = {
    text    "period"    { title = "Period", title_ru = "Период" },
    text    "source"    { title = "Source", title_ru = "Источник" },
    integer "clients"   { title = "New", title_ru = "Новых" },
    integer "advanced"  { title = "Prospects by now", title_ru = "Из них потенциальных и выше" },
    integer "customers" { title = "Customers by now", title_ru = "Из них покупателей" },
    percent "share"     { title = "Bought", title_ru = "Купили", decimals = 1 },
  },
  chart = { x = "period", y = "clients", by = "source", type = "stacked" },
  rows = function(p)
    local begun = prospecting.begun(p.since, p.till):group_by { period = p.per .. "(at)" }
    if p.by_source then begun = begun:group_by { source = "client.source" } end
    local rows = begun:select {
      clients = count_distinct "client",
      advanced = count_distinct "client" { ["client.status"] = is_not "suspect" },
      customers = count_distinct "client" { ["client.status"] = one_of { "customer", "loyal" } },
    }:with { share = function(row) return row.customers / row.clients end }:all()
    for _, row in ipairs(rows) do
      if p.by_source and row.source == nil then row.source = tr "(unknown)" end
    end
    return rows, { prospecting.warning(p.quiet) }
  end,
}

-- status → how many clients came to it, or left it, in the period.
local function movements(p, field, entered)
  local out = {}
  local moves = transitions:where { process = "relationship", at = between(p.since, p.till), from_stage = entered }
  for row in moves:group_by { status = field }:select { moves = count() }:each() do
    if row.status ~= nil then out[row.status] = row.moves end
  end
  return out
end

local function moved_after(p, field)
  return movements({ since = p.till + 1 }, field)
end

report "client_base" {
  title = "Client base", title_ru = "Клиентская база",
  help = "clients by status at both ends of a period, movement between, and how satisfied they are",
  help_ru = "клиенты по статусам в начале и конце периода, движение между ними и удовлетворённость",
  params = search,
  columns = {
    text    "status"       { of = "client.status", title = "Status", title_ru = "Статус" },
    integer "before"       { title = "Before", title_ru = "Было" },
    integer "new"          { title = "New", title_ru = "Новых" },
    integer "came"         { title = "Came", title_ru = "Пришло" },
    integer "went"         { title = "Went", title_ru = "Ушло" },
    integer "after"        { title = "After", title_ru = "Стало" },
    integer "rated"        { title = "Rated", title_ru = "С оценкой" },
    number  "satisfaction" { title = "Satisfaction", title_ru = "Удовлетворённость", decimals = 2 },
  },
  chart = { type = "bar", x = "status", y = { "before", "after" } },
  rows = function(p)
    local now, rows, sums = {}, {}, { before = 0, new = 0, came = 0, went = 0, after = 0, rated = 0, worth = 0 }
    local by_status = clients:group_by "status":select { clients = count(), rated = count { satisfaction = is_set },
      satisfaction = average "satisfaction" }
    for row in by_status:each() do
      if row.status ~= nil then now[row.status] = row end
    end
    local begun, came, went = movements(p, "stage", unset), movements(p, "stage", is_set), movements(p, "from_stage", is_set)
    local later, left = moved_after(p, "stage"), moved_after(p, "from_stage")
    for _, stage in ipairs(stages_of "relationship") do
      local name = stage.name
      local held = now[name] or { clients = 0, rated = 0 }
      local row = { status = stage.title, new = begun[name] or 0, came = came[name] or 0, went = went[name] or 0,
        after = held.clients - (later[name] or 0) + (left[name] or 0), rated = held.rated, satisfaction = held.satisfaction }
      row.before = row.after - row.new - row.came + row.went
      rows[#rows + 1] = row
      for key in pairs(sums) do sums[key] = sums[key] + (row[key] or 0) end
      sums.worth = sums.worth + (row.satisfaction and row.satisfaction * row.rated or 0)
    end
    sums.status, sums.summary = tr "all", true
    sums.satisfaction = sums.rated > 0 and sums.worth / sums.rated or nil
    rows[#rows + 1] = sums
    return rows, { tr("Period: {from} to {to}.", { from = p.since, to = p.till }), tr "Satisfaction is what it is today.",
      prospecting.warning(p.quiet) }
  end,
}
