-- What goals, quotas and plans count. All of it adds up over days, so that pace and projection mean something.
-- A result is what the client did: bought, came closer. An effort is what we did for it.
local segments = require "segments"

local metrics = { credible = 3 } -- a target above so many times the best period so far needs a reason

local promoted = function(stage) return { process = "relationship", stage = stage } end

local list = {
  { name = "revenue", title = tr "revenue from won deals", result = true, money = true,
    figure = sum "amount", rows = deals:where { stage = "won", ["amount.currency"] = amount(0).currency }, at = "closed_on",
    owner = "owner", client = "client", product = "product", campaign = "campaign" },
  { name = "deals_won", title = tr "deals won", result = true,
    figure = count(), rows = deals:where { stage = "won" }, at = "closed_on",
    owner = "owner", client = "client", product = "product", campaign = "campaign" },
  { name = "new_clients", title = tr "clients that became known", result = true,
    figure = count_distinct "client", rows = transitions:where { process = "relationship", from_stage = unset },
    at = "at", owner = "client.owner", client = "client" },
  { name = "prospects", title = tr "clients promoted to prospect",
    result = true, figure = count_distinct "client", rows = transitions:where(promoted "prospect"),
    at = "at", owner = "client.owner", client = "client" },
  { name = "customers", title = tr "clients promoted to customer",
    result = true, figure = count_distinct "client", rows = transitions:where(promoted "customer"),
    at = "at", owner = "client.owner", client = "client" },
  { name = "loyal_customers", title = tr "clients promoted to loyal",
    result = true, figure = count_distinct "client", rows = transitions:where(promoted "loyal"),
    at = "at", owner = "client.owner", client = "client" },

  { name = "responses", title = tr "responses to campaigns",
    figure = count(), rows = responses, at = "received_at",
    owner = "campaign.owner", client = "client", campaign = "campaign" },
  { name = "deals_opened", title = tr "deals begun",
    figure = count_distinct "deal", rows = transitions:where { process = "sale", from_stage = unset }, at = "at",
    owner = "deal.owner", client = "deal.client", product = "deal.product", campaign = "deal.campaign" },
  { name = "presentations", title = tr "deals that reached the presentation",
    figure = count_distinct "deal", rows = transitions:where { process = "sale", stage = "presentation" }, at = "at",
    owner = "deal.owner", client = "deal.client", product = "deal.product", campaign = "deal.campaign" },
  { name = "meetings", title = tr "meetings held",
    figure = count(), rows = activities:where { type = "meeting", state = "held" }, at = "done_at",
    owner = "owner", client = "client", product = "deal.product", campaign = "deal.campaign" },
  { name = "calls", title = tr "calls made",
    figure = count(), rows = activities:where { type = "call", state = "held" }, at = "done_at",
    owner = "owner", client = "client", product = "deal.product", campaign = "deal.campaign" },
}

metrics.names, metrics.titles = {}, {}
local by_name = {}
for i, metric in ipairs(list) do
  metrics.names[i], metrics.titles[i], by_name[metric.name] = metric.name, metric.title, metric
end

--- The metric of that name; nil when there is none.
function metrics.named(name) return by_name[name] end

local function ids_of(segment)
  local ids = {}
  for row in segments.members(segment):select { "id" }:each() do ids[#ids + 1] = row.id end
  return ids
end

-- scope: { from, to, owner, team, product, campaign, segment }, each but the dates may be missing.
local function narrowed(metric, scope)
  local where = { [metric.at] = between(scope.from, scope.to) }
  if scope.owner then where[metric.owner] = scope.owner end
  if scope.team then where[metric.owner .. ".team"] = scope.team end
  if scope.product then where[metric.product] = scope.product end
  if scope.campaign then where[metric.campaign] = scope.campaign end
  if scope.segment then where[metric.client] = one_of(ids_of(scope.segment)) end
  return metric.rows:where(where)
end

-- Nothing is 0 here, not unset: a period without deals made no revenue.
local function counted(metric, figure)
  if figure == nil then return metric.money and amount(0) or 0 end
  return figure
end

--- What the scope's days gave: money or a number.
function metrics.value(name, scope)
  local metric = by_name[name]
  return counted(metric, narrowed(metric, scope):value(metric.figure))
end

--- The same for each owner, by name.
function metrics.by_owner(name, scope)
  local metric, out = by_name[name], {}
  local rows = narrowed(metric, scope):group_by { owner = metric.owner .. ".name" }:select { metric.figure:as "value" }
  for row in rows:each() do
    if row.owner ~= nil then out[row.owner] = counted(metric, row.value) end
  end
  return out
end

--- A note when there is revenue that no figure here holds: without rates of exchange only one currency adds up.
function metrics.left_out()
  local currency = amount(0).currency
  local others = deals:where { stage = "won", amount = is_set, ["amount.currency"] = is_not(currency) }:count()
  if others == 0 then return nil end
  return trn("{n} won deal is not in {currency} and not counted as revenue.",
    "{n} won deals are not in {currency} and not counted as revenue.", others, { currency = currency })
end

local function whole_months(scope)
  local last = scope.to + 1
  if scope.from.day ~= 1 or last.day ~= 1 then return nil end
  return (last.year - scope.from.year) * 12 + last.month - scope.from.month
end

local function earlier(scope, steps)
  local months, out = whole_months(scope), {}
  for name, value in pairs(scope) do out[name] = value end
  if months then
    out.from = scope.from:add_months(-steps * months)
    out.to = scope.from:add_months(-(steps - 1) * months) - 1
  else
    local length = scope.to - scope.from + 1
    out.from, out.to = scope.from - steps * length, scope.from - (steps - 1) * length - 1
  end
  return out
end

--- The best of the eight periods of the same length before the scope: its value and its scope. Whole months are
-- compared with whole months.
function metrics.best(name, scope)
  local best, period
  for steps = 1, 8 do
    local past = earlier(scope, steps)
    local value = metrics.value(name, past)
    if best == nil or value > best then best, period = value, past end
  end
  return best, period
end

return metrics
