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
