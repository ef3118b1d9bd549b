test "fit adds up the reasons" { scorecard = "fit", cases = {
  { "a large clinic", { industry = "medical", employees = 2000, revenue = amount(150000000, "USD"), founded = 1980, email = "a@clinic.example" },
    points = 85, grade = "A", fired = { "industry", "known_industry", "size", "revenue", "established", "reachable" } },
  { "size is capped", { industry = "fishing", employees = 100000 }, points = 35, grade = "C", fired = { "known_industry", "size" } },
  { "a student", { email = "x@gmail.com" }, points = 0, fired = { "reachable", "free_mail" } },
  { "nothing known", {}, points = 0, fired = {} },
  { "an angry customer", { satisfaction = 1 }, points = -20, fired = { "dissatisfied" } },
} }

test "who met us and bought from us fits better" {
  given = function(t)
    t.client = client {}
    activity { type = "meeting", state = "held", client = t.client }
    deal { stage = "won", client = t.client }
  end,
  expect = function(t)
    local parts, points = t.client:parts "fit"
    return parts.met == 10 and parts.bought == 15 and points == 25
  end,
}
