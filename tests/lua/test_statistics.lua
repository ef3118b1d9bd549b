-- stats as scripts see it; the figures themselves are tested in tests/core/test_statistics.c
local function near(a, b) return math.abs(a - b) < 5e-5 end
local function refused(part, call, ...)
  local fine, message = pcall(call, ...)
  assert(not fine and tostring(message):find(part, 1, true), tostring(message))
end

local low, high = stats.wilson(81, 263)
assert(near(low, 0.2553) and near(high, 0.3662))
local narrow_low, narrow_high = stats.wilson(81, 263, 0.5)
assert(narrow_low > low and narrow_high < high)
assert(select("#", stats.wilson(0, 0)) == 0 and stats.two_proportions(0, 0, 1, 2) == nil)
refused("6 of 5 is no share", stats.wilson, 6, 5)
refused("number expected", stats.wilson, nil, 5)
refused("no integer representation", stats.wilson, 0.5, 5)
refused("level 95 is not between 0 and 1", stats.wilson, 1, 2, 95)

low, high = stats.difference(56, 70, 48, 80)
assert(near(low, 0.0524) and near(high, 0.3339))
local difference, z, p, exact = stats.two_proportions(3, 4, 1, 4)
assert(difference == 0.5 and near(z, math.sqrt(2)) and near(p, 0.485714) and exact)
assert(p == stats.fisher(3, 4, 1, 4) and near(stats.hypergeometric(3, 4, 4, 8), 0.242857))
assert(near(stats.chi_square(3.841459, 1), 0.05) and near(stats.normal(stats.normal_quantile(0.3)), 0.3))
refused("ends excluded", stats.normal_quantile, 1)

local r, chance = stats.correlation({ 1, 2, 3, 4 }, { 1, 8, 27, 64 })
assert(r < 1 and r > 0.9 and chance < 0.06)
assert(stats.correlation({ 1, 2, 3, 4 }, { 1, 8, 27, 64 }, "ranks") == 1)
assert(stats.correlation({ 1, 2 }, { 3, 3 }) == nil)
refused("one has 2 entries, the other 1", stats.correlation, { 1, 2 }, { 3 })
refused("entry 2 of the list is a money: take its .amount", stats.correlation, { 1, amount(2, "EUR") }, { 3, 4 })
refused("no finite number", stats.correlation, { 1, 0 / 0 }, { 3, 4 })
refused("invalid option 'rank'", stats.correlation, { 1 }, { 1 }, "rank")
local slope, intercept, explained = stats.line({ 1, 2, 3 }, { 3, 5, 7 })
assert(slope == 2 and intercept == 1 and explained == 1 and stats.line({ 1, 1 }, { 1, 2 }) == nil)

assert(stats.quantile({ 4, 1, 3, 2 }, 0.5) == 2.5 and stats.quantile({}, 0.5) == nil)
local corrected = stats.correct { 0.01, 0.04, 0.03 }
assert(near(corrected[1], 0.03) and near(corrected[2], 0.04) and near(corrected[3], 0.04))
assert(near(stats.correct({ 0.01, 0.04, 0.03 }, "holm")[3], 0.06) and #stats.correct {} == 0)
refused("no probability", stats.correct, { 2 })

assert(table.concat(stats.sample(100, 5, "spring"), " ") == "11 23 48 51 71")
assert(table.concat(stats.sample({ "a", "b", "c", "d" }, 2, 7)) == table.concat(stats.sample({ "a", "b", "c", "d" }, 2, "7")))
assert(#stats.sample({ "a", "b" }, 5, 1) == 2 and #stats.sample(0, 0, 1) == 0)
refused("string expected", stats.sample, 100, 5)
refused("size of 0 or more", stats.sample, 100, -1, 1)
local draw, again = stats.draws "year", stats.draws "year"
for _ = 1, 100 do
  local share, face = draw(), draw(6)
  assert(share >= 0 and share < 1 and face >= 1 and face <= 6)
  assert(again() == share and again(6) == face)
end
refused("largest number", draw, 0)
refused("can't be changed", function() stats.wilson = 1 end)
