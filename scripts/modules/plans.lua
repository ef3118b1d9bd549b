-- Where the plans of sales and marketing contradict one another. Each finder looks at the items of the plans and adds
-- what it finds: the sort of conflict, a sentence, the command that mends it and the items concerned.
local metrics = require "metrics"
local progress = require "progress"

local plans = {}

local function overlap(a, b) return a.starts_on <= b.ends_on and b.starts_on <= a.ends_on end

local function other(side) return side == "sales" and "marketing" or "sales" end

local sides = { sales = tr "sales", marketing = tr "marketing" }

local function dates(item) return tostring(item.starts_on) .. " " .. tostring(item.ends_on) end

-- 5, not 5.0; money as it is.
local function plain(figure) return math.tointeger(figure) or figure end

-- Items under a key, in the order of their first.
local function grouped(items, key_of)
  local groups, by_key = {}, {}
  for _, item in ipairs(items) do
    local key = key_of(item)
    if key and not by_key[key] then
      by_key[key] = { key = key }
      groups[#groups + 1] = by_key[key]
    end
    if key then table.insert(by_key[key], item) end
  end
  return groups
end

local function total(items)
  local sum
  for _, item in ipairs(items) do
    local target = progress.target(item)
    sum = sum and sum + target or target
  end
  return sum
end

local function on_side(items, side)
  local out = {}
  for _, item in ipairs(items) do
    if item.side == side then out[#out + 1] = item end
  end
  return out
end

local function joined(a, b)
  local out = {}
  for _, list in ipairs { a, b } do table.move(list, 1, #list, #out + 1, out) end
  return out
end

-- The part of what an item promises that falls into the days of another, evenly spread over its own.
local function share(item, window)
  if not overlap(item, window) then return 0 end
  local first = item.starts_on < window.starts_on and window.starts_on or item.starts_on
  local last = item.ends_on > window.ends_on and window.ends_on or item.ends_on
  return progress.target(item) * (last - first + 1) / (item.ends_on - item.starts_on + 1)
end

local counterpart = template
  'new plan_item "…" side={side} segment="{segment}" metric={metric} target=… starts_on={from} ends_on={to}'

local function aimed_at_alone(items, add)
  local groups = grouped(items, function(item) return item.segment and item.side .. " " .. item.segment.id end)
  for _, group in ipairs(groups) do
    local alone = {}
    for _, item in ipairs(group) do
      local answered = false
      for _, answer in ipairs(on_side(items, other(item.side))) do
        answered = answered or answer.segment == item.segment and overlap(answer, item)
      end
      if not answered then alone[#alone + 1] = item end
    end
    local first = alone[1]
    if first then
      local segment, silent = first.segment.name, other(first.side)
      add { conflict = tr "one side alone", items = alone,
        what = tr("{side} aims at '{segment}', {other} does not",
          { side = sides[first.side], segment = segment, other = sides[silent] }),
        fix = counterpart { side = silent, segment = segment, metric = silent == "sales" and "meetings" or "responses",
          from = first.starts_on, to = first.ends_on } }
    end
  end
end

local function with_metric(items, metric)
  local out = {}
  for _, item in ipairs(items) do
    if item.metric == metric then out[#out + 1] = item end
  end
  return out
end

local function falling_into(items, window)
  local found, sum = {}, 0
  for _, item in ipairs(items) do
    local part = share(item, window)
    if part > 0 then found[#found + 1], sum = item, sum + part end
  end
  return found, sum
end

local more_meetings = template 'new plan_item "…" side=sales metric=meetings target={missing} starts_on={from} ends_on={to}'

-- Each response is worth one meeting: what marketing brings in and nobody can meet is wasted.
local function more_than_can_be_met(items, add)
  local promises = with_metric(on_side(items, "marketing"), "responses")
  local meetings = with_metric(on_side(items, "sales"), "meetings")
  for _, window in ipairs(grouped(promises, dates)) do
    local first = window[1]
    local promised, responses = falling_into(promises, first)
    local able, capacity = falling_into(meetings, first)
    if responses > capacity then
      add { conflict = tr "more than can be met", items = joined(promised, able),
        what = tr("{from} to {to}: marketing promises {responses} responses, sales plans {meetings} meetings",
          { from = first.starts_on, to = first.ends_on, responses = math.ceil(responses), meetings = math.floor(capacity) }),
        fix = more_meetings { missing = math.ceil(responses - capacity), from = first.starts_on, to = first.ends_on } }
    end
  end
end

local function campaigns_with_goals(items, since)
  local pairs_found = {}
  for _, item in ipairs(items) do
    if item.campaign and item.goal then
      pairs_found[#pairs_found + 1] = { item = item, campaign = item.campaign, goal = item.goal }
    end
  end
  for goal in goals:where { campaign = is_set, ends_on = from(since) }:order_by("ends_on", "id"):each() do
    pairs_found[#pairs_found + 1] = { item = goal, campaign = goal.campaign, goal = goal }
  end
  return grouped(pairs_found, function(pair) return pair.campaign.id .. " " .. pair.goal.id end)
end

local in_time, earlier = template "set #{id} ends_on={till}", template "set #{id} starts_on=… ends_on={till}"

local function campaigns_too_late(items, add, since)
  for _, group in ipairs(campaigns_with_goals(items, since)) do
    local campaign, goal, concerned = group[1].campaign, group[1].goal, {}
    local last = campaign.ends_on or campaign.starts_on
    for _, pair in ipairs(group) do concerned[#concerned + 1] = pair.item end
    if last ~= nil and goal.ends_on ~= nil and last > goal.ends_on then
      add { conflict = tr "too late for the goal", items = concerned,
        what = tr("campaign '{campaign}' runs until {last}, but goal '{goal}' ends on {till}",
          { campaign = campaign.name, goal = goal.name, last = last, till = goal.ends_on }),
        fix = campaign.starts_on ~= nil and campaign.starts_on > goal.ends_on
          and earlier { id = campaign.id, till = goal.ends_on } or in_time { id = campaign.id, till = goal.ends_on } }
    end
  end
end

local agree = template "set #{id} {field}=…"

local function same_target(item)
  return agree { id = item.id, field = metrics.named(item.metric).money and "amount" or "target" }
end

local function sides_differ(items, add)
  local groups = grouped(items, function(item)
    return item.metric .. " " .. (item.segment and item.segment.id or "-") .. " " .. dates(item)
  end)
  for _, group in ipairs(groups) do
    local sales, marketing = on_side(group, "sales"), on_side(group, "marketing")
    local ours, theirs = total(sales), total(marketing)
    if ours ~= nil and theirs ~= nil and ours ~= theirs then
      local first = marketing[1]
      add { conflict = tr "different targets", items = joined(sales, marketing), fix = same_target(first),
        what = tr("{metric}, {from} to {to}: sales plans {sales}, marketing {marketing}", {
          metric = metrics.named(first.metric).title, from = first.starts_on, to = first.ends_on, sales = plain(ours),
          marketing = plain(theirs),
        }) }
    end
  end
end

local function goals_differ(items, add)
  local groups = grouped(items, function(item)
    return item.goal and item.goal.metric == item.metric and item.side .. " " .. item.goal.id
  end)
  for _, group in ipairs(groups) do
    local first, planned = group[1], total(group)
    local goal = first.goal
    if planned ~= progress.target(goal) then
      add { conflict = tr "different targets", items = group, fix = same_target(first),
        what = tr("goal '{goal}' wants {wanted}, the plan of {side} adds up to {planned}",
          { side = sides[first.side], goal = goal.name, wanted = plain(progress.target(goal)), planned = plain(planned) }) }
    end
  end
end

local finders = { aimed_at_alone, more_than_can_be_met, campaigns_too_late, sides_differ, goals_differ }

--- The contradictions among the plan items that end on that day or later: { conflict, what, fix, items }.
function plans.conflicts(since)
  local items = plan_items:where { ends_on = from(since) }:order_by("starts_on", "id"):all()
  local found = {}
  local function add(conflict)
    local ids = {}
    for i, item in ipairs(conflict.items) do ids[i] = "#" .. item.id end
    conflict.record, conflict.items = conflict.items[1], table.concat(ids, ", ")
    found[#found + 1] = conflict
  end
  for _, find in ipairs(finders) do find(items, add, since) end
  return found
end

--- What to say when there is no contradiction.
function plans.peace(since)
  if plan_items:where { ends_on = from(since) }:count() > 0 then return tr "The plans agree." end
  return tr 'There is no plan yet; begin with: new plan_item "…" side=marketing segment=… metric=responses target=…'
end

return plans
