scorecard "fit" {
  kind = "client", title = "Fit", grades = { A = 40, B = 20 },
  rule "industry" { "an industry we win in", points = 25, where = { industry = one_of { "medical", "education" } } },
  rule "size" { "enough people", points = between(0, 20), function(client) return client.employees / 25 end },
  rule "free_mail" { "a free mail box", points = -10, when = function(client) return ends_with(client.email, "@mail.ru", "@gmail.com") end },
  rule "owner" { "looked after by Ann", points = 3, when = function(client) return client.owner ~= nil and client.owner.name == "Ann" end },
  rule "deals" { "has deals", points = 1, when = function(client) return client.deals:count() > 0 end },
  rule "rated" { "rated 5 or more", points = 2, where = { rating = from(5), name = contains "гам" } },
  rule "odd" { "breaks for some", points = 1, when = function(client) return client.employees ~= 13 or client.name.x.y end },
}
scorecard "worth" {
  kind = "deal",
  rule "amount" { "by amount", points = function(deal) return deal.amount.amount / 100 end, when = function(deal) return deal.amount ~= nil end },
  rule "client" { "a rated client", points = 5, where = { ["client.rating"] = over(3) } },
}
