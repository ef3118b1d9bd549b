local usd = function(number) return amount(number, "USD") end

test "BANT asks for money, a name, a need and a date" { scorecard = "bant", cases = {
  { "nothing known", {}, points = 0, fired = {} },
  { "money for all of it", { amount = usd(100), budget = usd(100) }, points = 25, grade = nil, fired = { "budget" } },
  { "money for some of it", { amount = usd(100), budget = usd(60) }, points = 10, fired = { "budget" } },
  { "money in another currency can't be compared", { amount = usd(100), budget = amount(100, "EUR") }, points = 15, fired = { "budget" } },
  { "a budget of nothing is none", { budget = usd(0) }, points = 0, fired = {} },
  { "a date that is near", { expected_close = date "2026-03-01" }, points = 25, fired = { "timeline" } },
  { "a date that is far", { expected_close = date "2027-03-01" }, points = 10, fired = { "timeline" } },
  { "a date that has passed", { expected_close = date "2025-12-31" }, points = 0, fired = {} },
} }

test "BANT is full when all four are answered" {
  given = function(t)
    local buyer = client {}
    t.deal = deal { client = buyer, amount = usd(100), budget = usd(120), expected_close = date "2026-02-01",
      decision_maker = contact { client = buyer } }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true }
  end,
  expect = function(t)
    local _, points, grade = t.deal:parts "bant"
    return points == 100 and grade == "A"
  end,
}

test "MEDDICC has no points for what is not known" { scorecard = "meddicc", cases = {
  { "nothing known", {}, points = 0, fired = {} },
} }

test "MEDDICC counts what is known about the decision" {
  given = function(t)
    local buyer = client {}
    t.half = deal { client = buyer, metrics = "calls a day", decision_criteria = "price, then service", competitor = "doing nothing" }
    t.deal = deal { client = buyer, metrics = "calls a day", decision_criteria = "price, then service", decision_process = "board in May",
      competitor = "doing nothing", decision_maker = contact { client = buyer }, champion = contact { client = buyer } }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true }
  end,
  expect = function(t)
    local _, half, low = t.half:parts "meddicc"
    local _, full, high = t.deal:parts "meddicc"
    return half == 40 and low == "C" and full == 100 and high == "A"
  end,
}
