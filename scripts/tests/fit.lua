test "fit adds up the reasons" { scorecard = "fit", cases = {
  { "a large clinic", { industry = "medical", employees = 2000, revenue = amount(150000000, "USD"), founded = 1980, email = "a@clinic.example" },
    points = 85, grade = "A", fired = { "industry", "known_industry", "size", "revenue", "established", "reachable" } },
  { "size is capped", { industry = "fishing", employees = 100000 }, points = 35, grade = "C", fired = { "known_industry", "size" } },
  { "a student", { email = "x@gmail.com" }, points = 0, fired = { "reachable", "free_mail" } },
  { "nothing known", {}, points = 0, fired = {} },
  { "an angry customer", { satisfaction = 1 }, points = -20, fired = { "dissatisfied" } },
} }
