-- Who needs a meeting, how much, and why. The points only order the list; every one can be argued with, and changed.

local open_deals = require "open_deals"
local wall = require "wall"

local who_to_meet = {}

local points = {
  wall = 40,       -- mail alone is no way to a stranger
  rotten = 30,     -- longer in its stage than that allows
  never_met = 20,  -- and there is a deal already
  closing = 20,    -- they want to decide soon
  criteria = 15,   -- something is missing for the next stage
  silence = 0.5,   -- for each day, at most
  longest = 60,    -- so many days
  worth = 25,      -- for the largest amount, a share of it for smaller ones
}
local soon = 14       -- days until they decide
local quiet_after = 7 -- days

local function by_points(a, b)
  if a.points ~= b.points then return a.points > b.points end
  return a.id < b.id
end

local function largest_amount(deals_of_owner)
  local largest = 0
  for _, deal in ipairs(deals_of_owner) do
    if deal.amount ~= nil and deal.amount > largest then largest = deal.amount.amount end
  end
  return largest
end

-- A candidate with the reasons that need no criteria.
local function of_deal(deal, rot, largest)
  local candidate = { id = deal.id, client = deal.client, deal = deal, points = 0, reasons = {} }
  local function add(count, reason)
    candidate.points = candidate.points + count
    if reason then candidate.reasons[#candidate.reasons + 1] = reason end
  end
  local days, rotten = open_deals.days_untouched(deal) or 0, open_deals.days_rotten(deal, rot)
  if deal.client.wall_of_mail ~= nil then add(points.wall, tr "a wall of mail") end
  if rotten ~= nil then add(points.rotten, trn("{n} day too long in its stage", "{n} days too long in its stage", rotten)) end
  if deal.client.meetings == 0 then add(points.never_met, tr "never met") end
  if deal.expected_close ~= nil and deal.expected_close - today() <= soon then
    add(points.closing, tr("they decide by {day}", { day = deal.expected_close }))
  end
  if days > quiet_after then
    add(points.silence * math.min(days, points.longest), trn("{n} day of silence", "{n} days of silence", days))
  end
  if largest > 0 and deal.amount ~= nil then add(points.worth * deal.amount.amount / largest) end
  return candidate
end

-- What is missing for the next stage is asked of those only that have a chance: asking takes time.
local function add_criteria(candidate)
  if not candidate.deal then return end
  local missing = open_deals.missing(candidate.deal)
  if #missing == 0 then return end
  candidate.points = candidate.points + points.criteria
  candidate.reasons[#candidate.reasons + 1] = tr("missing: {text}", { text = missing[1].text })
end

local function has_meeting(client, last)
  local planned = activities:where { type = "meeting", state = "planned", client = client }
  return planned:where { due = between(now(), last:at(1439)) }:count() > 0
end

-- One meeting for each client: the most pressing deal speaks for it.
local function once_each(candidates, last, count)
  local chosen, seen = {}, {}
  for _, candidate in ipairs(candidates) do
    if #chosen == count then break end
    if not seen[candidate.client.id] then
      seen[candidate.client.id] = true
      if not has_meeting(candidate.client, last) then chosen[#chosen + 1] = candidate end
    end
  end
  return chosen
end

--- The first `count` candidates of an owner for meetings until `last`: { client, deal, points, reasons }, the most pressing
-- first.
function who_to_meet.list(owner, last, count)
  local candidates, _, rot = {}, open_deals.stages()
  local found = open_deals.of(owner or unset):where { client = is_set }:all()
  local largest = largest_amount(found)
  for _, deal in ipairs(found) do candidates[#candidates + 1] = of_deal(deal, rot, largest) end
  for _, client in ipairs(wall.clients(owner)) do
    if client.owner == owner then
      candidates[#candidates + 1] = { id = client.id, client = client, points = points.wall, reasons = { tr "a wall of mail" } }
    end
  end
  table.sort(candidates, by_points)
  local chosen = once_each(candidates, last, 2 * count)
  for _, candidate in ipairs(chosen) do add_criteria(candidate) end
  table.sort(chosen, by_points)
  return table.move(chosen, 1, math.min(count, #chosen), 1, {})
end

return who_to_meet
