-- The clock of tests stands at 2026-01-01.
local quarter = { starts_on = date "2026-01-01", ends_on = date "2026-03-31" }

local function smart(more)
  local options = { name = "Q1", owner = user { name = "Ann", team = "North" }, whose = "own", metric = "deals_won",
    target = 3, starts_on = quarter.starts_on, ends_on = quarter.ends_on }
  for key, value in pairs(more) do options[key] = value end
  return options
end

local function won(day, more)
  local options = { stage = "won", closed_on = day }
  for key, value in pairs(more or {}) do options[key] = value end
  return deal(options)
end

test "a goal that is only wished for tells all that is missing" {
  given = function(t) t.goal = goal { name = "Sell more" } end,
  expect_refused = { "goal", by = { "specific", "measurable", "result", "time_bound" } },
}

test "a goal without a word whose results count is not specific" {
  given = function(t)
    local options = smart { credible = "a new product" }
    options.whose = nil
    t.goal = goal(options)
  end,
  expect_refused = { "goal", by = { "specific" } },
}

test "a team's goal needs an owner who is in a team" {
  given = function(t) t.goal = goal(smart { whose = "team", owner = user { name = "Bob" } }) end,
  expect_refused = { "goal", by = { "specific" } },
}

test "a goal that can't be counted by product is not measurable" {
  given = function(t) t.goal = goal(smart { metric = "customers", product = product { name = "Pump" } }) end,
  expect_refused = { "goal", by = { "measurable" } },
}

test "revenue is money: a bare number is no target for it" {
  given = function(t) t.goal = goal(smart { metric = "revenue" }) end,
  expect_refused = { "goal", by = { "measurable" } },
}

test "a goal far above history needs a reason" {
  given = function(t)
    local options = smart { target = 4 }
    won(date "2025-05-05", { owner = options.owner })
    t.goal = goal(options)
  end,
  expect_refused = { "goal", by = { "achievable" } },
}

test "with the reason it is accepted" {
  given = function(t) t.goal = goal(smart { target = 4, credible = "two contracts are nearly signed" }) end,
  expect_accepted = { "goal" },
}

test "three times the best comparable period is credible" {
  given = function(t)
    local options = smart { target = 3 }
    won(date "2025-05-05", { owner = options.owner })
    t.goal = goal(options)
  end,
  expect_accepted = { "goal" },
}

test "what others won, or too long ago, makes nothing credible" {
  given = function(t)
    local options = smart { target = 1 }
    won(date "2025-05-05", { owner = user { name = "Bob" } })
    won(date "2023-12-31", { owner = options.owner })
    t.goal = goal(options)
  end,
  expect_refused = { "goal", by = { "achievable" } },
}

test "a team is compared with what the team won" {
  given = function(t)
    local options = smart { target = 3, whose = "team" }
    won(date "2025-05-05", { owner = user { name = "Bob", team = "North" } })
    t.goal = goal(options)
  end,
  expect_accepted = { "goal" },
}

test "money is compared with money" {
  given = function(t)
    local options = smart { metric = "revenue", amount = amount(30000) }
    won(date "2025-12-31", { owner = options.owner, amount = amount(9999) })
    t.goal = goal(options)
  end,
  expect_refused = { "goal", by = { "achievable" } },
}

test "a segment's goal is compared with what its clients brought" {
  given = function(t)
    local options = smart { target = 3, segment = segment { name = "clinics", condition = "industry=medical" } }
    won(date "2025-05-05", { owner = options.owner, client = client { name = "Clinic", industry = "medical" } })
    t.goal = goal(options)
  end,
  expect_accepted = { "goal" },
}

test "what other segments brought does not count for it" {
  given = function(t)
    local options = smart { target = 1, segment = segment { name = "schools", condition = "industry=education" } }
    won(date "2025-05-05", { owner = options.owner, client = client { name = "Clinic", industry = "medical" } })
    t.goal = goal(options)
  end,
  expect_refused = { "goal", by = { "achievable" } },
}

test "an effort is no goal" {
  given = function(t) t.goal = goal(smart { metric = "calls", credible = "we have time" }) end,
  expect_refused = { "goal", by = { "result" } },
}

test "an effort for a result is one" {
  given = function(t)
    local options = smart { credible = "two contracts are nearly signed" }
    local result = goal(options)
    t.goal = goal { name = "Calls", owner = options.owner, whose = "own", metric = "calls", target = 50, credible = "five a week",
      starts_on = quarter.starts_on, ends_on = quarter.ends_on, supports = result }
  end,
  expect_accepted = { "goal" },
}

test "an effort for another effort is none" {
  given = function(t)
    local effort = goal(smart { metric = "calls", credible = "five a week" })
    t.goal = goal(smart { metric = "meetings", credible = "two a week", supports = effort })
  end,
  expect_refused = { "goal", by = { "result" } },
}

test "a goal without an end is not time-bound" {
  given = function(t)
    local options = smart { credible = "x" }
    options.ends_on = nil
    t.goal = goal(options)
  end,
  expect_refused = { "goal", by = { "time_bound" } },
}

test "months are compared with months, other lengths with the days before" {
  expect = function()
    won(date "2025-11-30", { amount = amount(10) })
    won(date "2025-12-25", { amount = amount(30) })
    local metrics = require "metrics"
    local best, period = metrics.best("revenue", { from = date "2026-02-01", to = date "2026-02-28" })
    local month = best == amount(30) and period.from == date "2025-12-01" and period.to == date "2025-12-31"
    best, period = metrics.best("revenue", { from = date "2026-01-02", to = date "2026-01-08" })
    return month and best == amount(30) and period.from == date "2025-12-19" and period.to == date "2025-12-25", period.from
  end,
}
