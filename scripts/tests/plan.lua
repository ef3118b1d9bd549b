local function plan(more)
  local values = { name = "Spring", side = "marketing", metric = "responses", target = 40, starts_on = date "2026-01-01",
    ends_on = date "2026-03-31" }
  for name, value in pairs(more) do values[name] = value end
  return plan_item(values)
end

test "a plan that promises nothing, at no time, is a wish" {
  given = function(t) t.plan = plan_item { name = "More of everything", side = "sales" } end,
  expect_refused = { "plan", by = { "promise", "period" }, advice = { "segment" } },
}

test "a plan with a promise, a period and somebody it is for is accepted" {
  given = function(t) t.plan = plan { segment = segment { name = "clinics", condition = "industry=medical" } } end,
  expect_accepted = { "plan", advice = {} },
}

test "a promise of money names the sum" {
  given = function(t) t.plan = plan { metric = "revenue" } end,
  expect_refused = { "plan", by = { "promise" } },
}

test "a plan does not end before it begins" {
  given = function(t) t.plan = plan { ends_on = date "2025-12-31" } end,
  expect_refused = { "plan", by = { "period" } },
}
