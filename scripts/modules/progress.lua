-- How far something is on its way to a target between two days: for goals, quotas and plans alike.
local metrics = require "metrics"

local progress = {}

--- What counts for a goal or a plan item, as the scope that metrics take.
function progress.scope(record)
  return {
    from = record.starts_on, to = record.ends_on, product = record.product, campaign = record.campaign,
    segment = record.segment,
    owner = record.whose == "own" and record.owner or nil,
    team = record.whose == "team" and record.owner.team or nil,
  }
end

--- The target as the metric counts: money or a number; nil when it is not set.
function progress.target(record)
  if metrics.named(record.metric).money then return record.amount end
  return record.target
end

--- The share of the days from..to that are over, today included: 0 before, 1 after.
function progress.elapsed(from, to)
  local days = to - from + 1
  local over = today() - from + 1
  return math.max(0, math.min(over, days)) / days
end

local function state(value, target, elapsed)
  if value >= target then return "reached" end
  if elapsed >= 1 then return "missed" end
  if elapsed <= 0 then return "not begun" end
  return value >= target * elapsed and "on pace" or "behind"
end

progress.states = {
  ["reached"] = tr "reached", ["missed"] = tr "missed", ["not begun"] = tr "not begun", ["on pace"] = tr "on pace",
  ["behind"] = tr "behind",
}

--- actual, attainment (of the target), pace (what should be there by today), projected (by the end, at the speed
-- so far) and a state, which progress.states says in the reader's language.
function progress.measure(value, target, from, to)
  local elapsed = progress.elapsed(from, to)
  return {
    target = target, actual = value,
    pace = target and target * elapsed, projected = elapsed > 0 and value / elapsed or nil,
    attainment = target and target > 0 and value / target or nil,
    state = target and state(value, target, elapsed),
  }
end

function progress.of(goal)
  local scope = progress.scope(goal)
  return progress.measure(metrics.value(goal.metric, scope), progress.target(goal), scope.from, scope.to)
end

return progress
