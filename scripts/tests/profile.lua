local profile = require "profile"

-- Ten loyal clients, all medical; thirty others, two of them medical, the rest retail.
local function population()
  for i = 1, 40 do
    client { status = i <= 10 and "loyal" or "suspect", industry = i <= 12 and "medical" or "retail", employees = i }
  end
end

local function entry(found, field, label)
  for _, each in ipairs(found) do
    if each.field == field and each.label == label then return each end
  end
end

-- 10 of 10 against 12 of 40: lift 1 / 0.3. The chance that 10 drawn of 40 hold 10 of the 12: C(12,10) / C(40,10) = 66 / 847660528.
test "what the best clients have in common stands out" {
  given = population,
  expect = function()
    local group, words = profile.best()
    local found, sizes = profile.compare(clients, group, profile.fields("client", "industry,employees"))
    local medical, retail = entry(found, "industry", "medical"), entry(found, "industry", "retail")
    return words == tr "loyal clients" and sizes.group == 10 and sizes.base == 40
      and medical.group == 10 and medical.base == 12 and math.abs(medical.lift - 10 / 3) < 1e-12 and medical.sure
      and retail.group == 0 and retail.lift == 0 and retail.sure and medical.p < 1e-6 and medical.p > 7.7e-8
  end,
}

test "numbers are compared in quarters" {
  given = population,
  expect = function()
    local found = profile.compare(clients, clients:where { status = "loyal" }, profile.fields("client", "employees"))
    local lowest = found[1]
    return #found == 4 and lowest.label == "< 11" and lowest.group == 10 and lowest.base == 10, "lowest: " .. lowest.label
  end,
}

test "a handful of cases proves nothing" {
  given = function()
    for i = 1, 12 do client { status = i <= 2 and "loyal" or "suspect", industry = i <= 6 and "medical" or "retail" } end
  end,
  expect = function()
    local found = profile.compare(clients, clients:where { status = "loyal" }, profile.fields("client", "industry"))
    return #found == 2 and not found[1].sure and not found[2].sure
  end,
}

test "buyers stand for the best while nobody is loyal" {
  given = function()
    for i = 1, 8 do
      deal { client = client { status = "customer" }, stage = "won", amount = amount(100 * i, "USD") }
    end
    client { status = "suspect" }
  end,
  expect = function()
    local group = profile.best()
    return group:count() >= 2 and group:count() <= 3 and group:where { won_amount = over(500) }:count() == group:count()
  end,
}

-- Among 43 clients 10 are the best. Medical, with 10 records as usual added: (10 + 10 × 10/43) of (13 + 10) are 2.304 times
-- the usual, 12.0 points; retail: (10 × 10/43) of (29 + 10) are 0.256 times, -19.6 points.
test "who resembles the best clients gets points for it, part by part" {
  given = function(t)
    population()
    t.like, t.unlike, t.unknown = client { industry = "medical" }, client { industry = "retail" }, client {}
  end,
  expect = function(t)
    local parts, points, grade = t.like:parts "lookalike"
    local sum = 0
    for _, given in pairs(parts) do sum = sum + given end
    local _, unlike, low = t.unlike:parts "lookalike"
    local _, unknown = t.unknown:parts "lookalike"
    return parts.industry == 12.0 and sum == points and grade == "A" and unlike == -19.6 and low == "D" and unknown == 0,
      "points " .. points .. ", " .. unlike
  end,
}

-- Ten loyal clients alike in everything, thirty others alike in everything else.
test "every field that the best clients have in common gives points" {
  given = function(t)
    local best = { industry = "medical", size = "large", employees = 900, revenue = amount(9000000, "USD"), country = "DE", city = "Bonn",
      source = "exhibition", founded = 1980 }
    local others = { industry = "retail", size = "small", employees = 9, revenue = amount(90000, "USD"), country = "FR", city = "Lyon",
      source = "website", founded = 2015 }
    local function made(values, status)
      local copy = { status = status }
      for name, value in pairs(values) do copy[name] = value end
      return client(copy)
    end
    for i = 1, 40 do made(i <= 10 and best or others, i <= 10 and "loyal" or "suspect") end
    t.like, t.unlike = made(best, "suspect"), made(others, "suspect")
  end,
  expect = function(t)
    local like, unlike = t.like:parts "lookalike", t.unlike:parts "lookalike"
    for field, points in pairs(like) do
      if points <= 0 or unlike[field] >= 0 then return false, field .. ": " .. points .. ", " .. unlike[field] end
    end
    return true
  end,
}

test "without best clients nobody resembles them" { scorecard = "lookalike", cases = {
  { "a clinic", { industry = "medical", employees = 500 }, points = 0, grade = "C", fired = {} },
} }
