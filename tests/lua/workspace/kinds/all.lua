kind "offer" {
  belongs_to = "deal",
  title = "Offer", title_ru = "Предложение",
  text "label" { required = true },
  money "price",
  percent "discount" { min = 0, max = 0.5 },
  boolean "accepted" { default = false },
  date "valid_until",
  choice "form" { "letter", "mail", default = "mail" },
}

extend "client" {
  number "rating" { min = 0, max = 10, title_ru = "Оценка" },
  choices "tags" { "big", "old", "far" },
  date "met_on",
}

rollup "deal.offers_accepted" { count "offer" { accepted = true } }
rollup "deal.best_offer" { maximum "offer.price" }
formula "deal.double" { "money", function(deal) return deal.amount * 2 end }
rollup "deal.arrivals" { count "transition" {} }

-- rollups in no order, over lists, parts, paths and one another
rollup "client.live" { count "deal" { ["client.loud"] = over(0), stage = one_of { "prospecting", "qualifying" } } }
rollup "client.loud" { count "activity" { type = one_of { "call", "meeting" }, subject = is_not "x" } }
rollup "client.mid" { sum "deal.amount" { amount = between(50, 500), title = starts_with "pu" } }
rollup "client.kinds_of_work" { count_distinct "activity.type" { subject = ends_with "WORK" } }
formula "client.per_head" { "money", function(client) return client.mid / client.employees end, title = "Per head" }
