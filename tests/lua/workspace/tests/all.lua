test "a client is needed" {
  given = function(t) t.deal = deal { stage = "prospecting" } end,
  expect_blocked = { "deal", to = "qualifying", by = { "client", "industry" } },
}
test "a known client may go on" {
  given = function(t) t.deal = deal { client = client { industry = "medical" } } end,
  expect_allowed = { "deal", to = "qualifying" },
}
test "scores" { scorecard = "fit", cases = {
  { "large clinic", { industry = "medical", employees = 250 }, points = 36, fired = { "industry", "size", "odd" }, grade = "B" },
  { "student", { email = "x@gmail.com" }, points = -9 },
} }
test "this one fails on purpose" {
  given = function(t) t.client = client { name = "Beta" } end,
  expect = function(t) return t.client.name == "Alpha", "it is " .. t.client.name end,
}
