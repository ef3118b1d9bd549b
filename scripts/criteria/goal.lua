-- A goal is SMART or it is none: specific, measurable, achievable, result-oriented, time-bound.
local metrics = require "metrics"
local progress = require "progress"

local narrowings = { "product", "campaign" }

-- Why the goal can't be counted; nil when it can.
local function obstacle(goal)
  local metric = metrics.named(goal.metric)
  for _, narrowing in ipairs(narrowings) do
    if goal[narrowing] ~= nil and not metric[narrowing] then
      return tr("{metric} can't be counted by {field}", { metric = metric.title, field = narrowing })
    end
  end
  if goal.segment ~= nil and goal.segment.of ~= "client" then
    return tr("'{name}' is a segment of {of}, not of clients", { name = goal.segment.name, of = goal.segment.of })
  end
  local target = progress.target(goal)
  if target == nil and metric.money then
    return tr("{metric} is money: its target is the field 'amount'", { metric = metric.title })
  end
  if target == nil then return tr "the target is missing" end
  if not (target > 0) then return tr "the target is not above zero" end
end

local function is_complete(goal)
  return goal.metric ~= nil and goal.starts_on ~= nil and goal.ends_on ~= nil and obstacle(goal) == nil
    and (goal.whose ~= "team" or goal.owner ~= nil and goal.owner.team ~= nil)
end

accept "goal" {
  must "specific" {
    "specific: it says whose results count and who answers for it",
    text_ru = "конкретна: указано, чьи результаты считаются и кто за них отвечает",
    check = function(goal)
      if goal.owner == nil or goal.whose == nil then return false end
      if goal.whose == "team" and goal.owner.team == nil then return false, tr("{name} is in no team", goal.owner) end
      return true
    end,
    fix = "set {goal} owner=… whose=own",
  },
  must "measurable" {
    "measurable: the engine can count the metric, and the target is above zero",
    text_ru = "измерима: показатель можно посчитать, план больше нуля",
    needs = { "metric" },
    check = function(goal)
      local why = obstacle(goal)
      return why == nil, why
    end,
    fix = "set {goal} metric=deals_won target=… (of revenue: metric=revenue amount=…)",
    fix_ru = "set {goal} metric=deals_won target=… (для выручки: metric=revenue amount=…)",
  },
  must "achievable" {
    "achievable: at most three times the best period so far, or it says why more is within reach",
    text_ru = "достижима: не больше трёх лучших прошлых периодов, или указано, почему возможно больше",
    only_for = is_complete,
    check = function(goal)
      local best, period = metrics.best(goal.metric, progress.scope(goal))
      local seen = best > 0
        and tr("the best of the eight periods before, {from} to {to}, gave {best}",
          { from = period.from, to = period.to, best = best })
        or tr "there was nothing in the eight periods before"
      return progress.target(goal) <= best * metrics.credible or goal.credible ~= nil, seen
    end,
    fix = 'set {goal} credible="…"',
  },
  must "result" {
    "result-oriented: the metric is a result, or the goal supports one whose metric is",
    text_ru = "ориентирована на результат: показатель – результат, или цель служит такой цели",
    needs = { "metric" },
    check = function(goal)
      local metric, supported = metrics.named(goal.metric), goal.supports
      if metric.result then return true end
      if supported == nil then return false, tr("{metric} is an effort", { metric = metric.title }) end
      return metrics.named(supported.metric).result == true,
        tr("{metric} is an effort for '{goal}'", { metric = metric.title, goal = supported.name })
    end,
    fix = "set {goal} supports=…",
  },
  must "time_bound" {
    "time-bound: it has a first and a last day",
    text_ru = "ограничена во времени: есть начало и конец",
    check = function(goal) return goal.starts_on ~= nil and goal.ends_on ~= nil end,
    fix = "set {goal} starts_on=today ends_on=eom",
  },
}
