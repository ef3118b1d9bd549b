process "sale" {
  kind = "deal", field = "stage",
  stages = { "prospecting", "qualifying", "closing" },
  ends = { won = "won", lost = "lost" },
  back = "with reason",
}

stage "sale.prospecting" {
  rot = days(30), probability = 0.1,
  leave = {
    must "client" { "the deal names its client", check = function(deal) return deal.client ~= nil end, fix = "set {deal} client=…" },
    must "industry" {
      "the industry is known", needs = { "client" },
      check = function(deal) return deal.client.industry ~= nil, "ask them" end,
      fix = "set {deal.client} industry=…",
    },
    should "amount" { "an amount is known", check = function(deal) return deal.amount > 0 end },
  },
  on_leave = function(deal, ctx) ctx:create("offer", { deal = deal, label = "first", price = amount(5) }) end,
}

stage "sale.qualifying" {
  leave = {
    must "broken" { "this one is broken", only_for = function(deal) return deal.amount == amount(13) end,
      check = function(deal) return deal.client.name.nothing.at_all end },
    must "new" { "only newer deals are asked", since = date "2030-01-01", check = function() return false end },
    must "offers" { "an offer was made", check = function(deal) return deal.offers:count() > 0 end },
  },
}

stage "sale.won" { probability = 1, on_enter = function(deal, ctx) ctx:set(deal, { closed_on = ctx.today }) end }

on "deal.won" (function(deal, ctx) ctx:set(deal.client, { rating = 9 }) end)
on "client.changed.rating" (function(client, old, new, ctx)
  ctx:plan { type = "call", about = client, subject = "rating " .. tostring(old) .. " → " .. tostring(new) }
end)
