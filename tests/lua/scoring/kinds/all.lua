-- A field of every type, rollups of several sorts, a formula over them.
extend "client" {
  text "motto",
  integer "floors",
  number "rating" { min = 0, max = 10 },
  money "budget",
  percent "share",
  minutes "visit",
  boolean "known",
  date "met_on",
  instant "seen_at",
  choice "form" { "large", "small", "own" },
  choices "tags" { "big", "old", "far" },
  ref "rival" { to = "client" },
}

rollup "client.deals_there" { count "deal" {} }
rollup "client.worth" { sum "deal.amount" { amount = over(10) } }
rollup "client.latest" { maximum "deal.expected_close" {} }
rollup "client.mean" { average "deal.deal_rank" { source = is_set } }
extend "deal" { integer "deal_rank" }
formula "client.per_floor" { "number", function(client) return client.employees / client.floors end }
