-- Who attains what of the own goals of a period, and how much open business stands behind the rest.
local metrics = require "metrics"
local progress = require "progress"

local params = {
  choice "per" { "month", "quarter", "year", titles_ru = { "месяц", "квартал", "год" }, default = "quarter",
                 help = "the period that holds the day", help_ru = "период, в который попадает день" },
  date "on" { default = "today", help = "a day of the period", help_ru = "день периода" },
}

local function period(p)
  return { from = p.on:period_start(p.per), to = p.on:period_end(p.per) }
end

local function add(sums, key, figure)
  if figure ~= nil then sums[key] = sums[key] and sums[key] + figure or figure end
end

-- A goal set for exactly the period is its target; else those that lie within it, added up.
local function targets(metric, scope)
  local exact, within = {}, {}
  local own = goals:where { metric = metric, whose = "own", product = unset, campaign = unset, segment = unset,
    starts_on = from(scope.from), ends_on = upto(scope.to) }
  for goal in own:each() do
    local is_exact = goal.starts_on == scope.from and goal.ends_on == scope.to
    add(is_exact and exact or within, goal.owner.name, progress.target(goal))
  end
  for name, figure in pairs(within) do exact[name] = exact[name] or figure end
  return exact
end

-- Everybody who has a target or a result, by name.
local function people(...)
  local seen = {}
  for _, figures in ipairs { ... } do
    for name in pairs(figures) do seen[name] = true end
  end
  local names = {}
  for name in pairs(seen) do names[#names + 1] = name end
  return names
end

local function heading(scope)
  return tr("Period: {from} to {to}.", scope)
end

report "quota" {
  title = "Quota", title_ru = "Выполнение плана",
  help = "each person's own goals of a period: target, actual, pace and projected end",
  help_ru = "собственные цели сотрудников за период: план, факт, темп и прогноз",
  params = {
    choice "metric" { default = "revenue",
                      help = "what is counted", help_ru = "что считается", table.unpack(metrics.names) },
    table.unpack(params),
  },
  columns = {
    text    "owner"      { title = "Owner", title_ru = "Ответственный" },
    number  "target"     { title = "Target", title_ru = "План", decimals = 0 },
    number  "actual"     { title = "Actual", title_ru = "Факт", decimals = 0 },
    percent "attainment" { title = "Attained", title_ru = "Выполнено", decimals = 1 },
    number  "pace"       { title = "Pace", title_ru = "Должно быть", decimals = 1 },
    number  "projected"  { title = "Projected", title_ru = "Прогноз", decimals = 1 },
    text    "state"      { title = "State", title_ru = "Состояние" },
  },
  chart = { type = "bar", x = "owner", y = "attainment" },
  rows = function(p)
    local scope, sums, rows = period(p), {}, {}
    local target, actual = targets(p.metric, scope), metrics.by_owner(p.metric, scope)
    local nothing = metrics.named(p.metric).money and amount(0) or 0
    local function line(name, wanted, given)
      local row = progress.measure(given, wanted, scope.from, scope.to)
      row.owner, row.state = name, progress.states[row.state]
      rows[#rows + 1] = row
      return row
    end
    for _, name in ipairs(people(target, actual)) do
      local given = actual[name] or nothing
      line(name, target[name], given)
      add(sums, "target", target[name])
      add(sums, "actual", given)
    end
    if #rows > 1 then line(tr "all", sums.target, sums.actual).summary = true end
    return rows, {
      heading(scope),
      tr "The target is the person's goal for exactly this period; where there is none, the goals within it, added up.",
      metrics.named(p.metric).money and metrics.left_out() or nil,
    }
  end,
}

-- Closed deals of the year before the period's last day, or today, whichever is earlier.
local function win_rates(scope)
  local last = math.min(scope.to - today(), 0) + today()
  local closed = deals:where { closed_on = between(last:add_months(-12) + 1, last), stage = one_of { "won", "lost" } }
  local out, won, all = {}, 0, 0
  for row in closed:group_by { owner = "owner.name" }:select { won = count { stage = "won" }, closed = count() }:each() do
    if row.owner ~= nil then out[row.owner] = row.won / row.closed end
    won, all = won + row.won, all + row.closed
  end
  return out, all > 0 and won / all or nil
end

local function open_pipeline(scope)
  local names, out = {}, {}
  for _, stage in ipairs(stages_of "sale") do
    if stage.ending == "open" then names[#names + 1] = stage.name end
  end
  local open = deals:where { stage = one_of(names), expected_close = between(scope.from, scope.to),
    ["amount.currency"] = amount(0).currency }
  for row in open:group_by { owner = "owner.name" }:select { worth = sum "amount" }:each() do
    if row.owner ~= nil then out[row.owner] = row.worth end
  end
  return out
end

local function covered(name, wanted, given, pipeline, rate)
  local remaining = wanted and wanted - given
  local row = { owner = name, target = wanted, won = given, pipeline = pipeline, win_rate = rate,
    needed = rate and rate > 0 and 1 / rate or nil }
  if remaining and remaining <= 0 then
    row.state = tr "reached"
  elseif remaining then
    row.remaining, row.coverage = remaining, pipeline / remaining
    if row.needed then row.state = row.coverage >= row.needed and tr "enough" or tr "too little" end
  end
  return row
end

report "coverage" {
  title = "Pipeline coverage", title_ru = "Покрытие плана воронкой",
  help = "whether the open deals of a period are enough for what is still missing of the target",
  help_ru = "хватит ли открытых сделок периода на то, чего не хватает до плана",
  params = params,
  columns = {
    text    "owner"     { title = "Owner", title_ru = "Ответственный" },
    money   "target"    { title = "Target", title_ru = "План" },
    money   "won"       { title = "Won", title_ru = "Выиграно" },
    money   "remaining" { title = "Remaining", title_ru = "Осталось" },
    money   "pipeline"  { title = "Open pipeline", title_ru = "Открыто в воронке" },
    number  "coverage"  { title = "Coverage", title_ru = "Покрытие", decimals = 2 },
    percent "win_rate"  { title = "Win rate", title_ru = "Доля выигранных", decimals = 1 },
    number  "needed"    { title = "Needed", title_ru = "Нужно", decimals = 2 },
    text    "state"     { title = "State", title_ru = "Состояние" },
  },
  chart = { type = "bar", x = "owner", y = { "pipeline", "remaining" } },
  rows = function(p)
    local scope, sums, rows = period(p), { won = amount(0), pipeline = amount(0) }, {}
    local target, won, pipeline = targets("revenue", scope), metrics.by_owner("revenue", scope), open_pipeline(scope)
    local rates, overall = win_rates(scope)
    for _, name in ipairs(people(target, won, pipeline)) do
      local row = covered(name, target[name], won[name] or amount(0), pipeline[name] or amount(0), rates[name])
      rows[#rows + 1] = row
      for _, key in ipairs { "target", "won", "pipeline" } do add(sums, key, row[key]) end
    end
    if #rows > 1 then
      local total = covered(tr "all", sums.target, sums.won, sums.pipeline, overall)
      total.summary = true
      rows[#rows + 1] = total
    end
    return rows, {
      heading(scope),
      tr "Coverage: the open deals expected to close in the period ÷ (target − won).",
      tr "Needed: 1 ÷ win rate, which is won ÷ (won + lost) of the last twelve months.",
      metrics.left_out(),
    }
  end,
}
