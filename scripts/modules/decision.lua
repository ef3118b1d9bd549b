-- How long clients take to decide, and what follows from it for open deals. The time to decide is taken to grow with the
-- benefit: days = intercept + slope × benefit, by least squares over won deals, used only where it was found to hold.

local sale = require "sale"

local decision = {}

decision.enough = 12          -- won deals that a figure needs
local certain = 0.05          -- how probable the correlation may be by chance alone

--- The benefit that matters most to the client of the deal: "cost"; nil when no need is confirmed.
function decision.benefit_of(deal)
  local first = sale.first_needs(deal)[1]
  return first and first.benefit
end

-- Won deals with how long they took: {days, benefit = number, currency, kind}.
local function decided(scope)
  local out = {}
  for deal in deals:where { stage = "won", closed_on = between(scope.since, scope.till) }:order_by "id":each() do
    local from = deal.opened_on or (deal.began_at and deal.began_at.date)
    if from ~= nil and deal.closed_on >= from then
      out[#out + 1] = { days = deal.closed_on - from, benefit = deal.benefit and deal.benefit.amount,
        currency = deal.benefit and deal.benefit.currency, kind = decision.benefit_of(deal) }
    end
  end
  return out
end

-- The benefits in the currency that most of them are in: sums of different money can't be compared.
local function in_one_currency(rows)
  local counts, best = {}, nil
  for _, row in ipairs(rows) do
    if row.currency then
      counts[row.currency] = (counts[row.currency] or 0) + 1
      if not best or counts[row.currency] > counts[best] then best = row.currency end
    end
  end
  local days, benefits = {}, {}
  for _, row in ipairs(rows) do
    if row.currency and row.currency == best then days[#days + 1], benefits[#benefits + 1] = row.days, row.benefit end
  end
  return days, benefits, best
end

local function days_of(rows)
  local days = {}
  for i, row in ipairs(rows) do days[i] = row.days end
  return days
end

--- What the won deals of a scope (since, till) say: {rows, median, r, p, count, currency, line = {slope, intercept}}.
function decision.study(scope, kind)
  local rows = {}
  for _, row in ipairs(decided(scope)) do
    if kind == nil or row.kind == kind then rows[#rows + 1] = row end
  end
  local days, benefits, currency = in_one_currency(rows)
  local study = { rows = rows, count = #days, currency = currency, median = stats.quantile(days_of(rows), 0.5) }
  if #days >= 3 then study.r, study.p = stats.correlation(benefits, days, "ranks") end
  if study.p and study.p <= certain and #days >= decision.enough then
    local slope, intercept = stats.line(benefits, days)
    study.line = slope and { slope = slope, intercept = intercept }
  end
  return study
end

--- How many days a deal will take and from what that is known: "benefit", "kind" or "all"; nil without enough data.
--- studies: {all = study, [kind] = study}.
function decision.expected(deal, studies)
  local line, benefit = studies.all.line, deal.benefit
  if line and benefit ~= nil and benefit.currency == studies.all.currency then
    return math.max(1, math.floor(line.intercept + line.slope * benefit.amount + 0.5)), "benefit"
  end
  local kind = decision.benefit_of(deal)
  local own = kind and studies[kind]
  if own and #own.rows >= decision.enough then return math.floor(own.median + 0.5), "kind" end
  if #studies.all.rows >= decision.enough then return math.floor(studies.all.median + 0.5), "all" end
  return nil
end

decision.kinds = { "revenue", "cost", "ease", "image" }

function decision.studies(scope)
  local studies = { all = decision.study(scope) }
  for _, kind in ipairs(decision.kinds) do studies[kind] = decision.study(scope, kind) end
  return studies
end

return decision
