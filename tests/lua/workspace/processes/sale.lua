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
    must "fresh" { "what the action wrote is seen", only_for = function(deal) return deal.title == "Express" end,
      check = function(deal)
        return deal.amount == amount(42) and deal.double == amount(84) and deal.client.rating == 8 and deal.offers_accepted == 1
      end },
    must "offers" { "an offer was made", check = function(deal) return deal.offers:count() > 0 end },
  },
}

-- Reads, writes and moves on: the criteria of that second move must not see what was read before.
on "deal.qualifying" (function(deal, ctx)
  if deal.title ~= "Express" or deal.amount == amount(42) or deal.client.rating == 8 or deal.offers_accepted > 0 then return end
  ctx:set(deal, { amount = amount(42) })
  ctx:set(deal.client, { rating = 8 })
  ctx:create("offer", { deal = deal, label = "second", accepted = true })
  ctx:move(deal, "closing")
end)

stage "sale.won" { probability = 1, on_enter = function(deal, ctx) ctx:set(deal, { closed_on = ctx.today }) end }

on "deal.won" (function(deal, ctx) ctx:set(deal.client, { rating = 9 }) end)
on "client.changed.rating" (function(client, old, new, ctx)
  ctx:plan { type = "call", about = client, subject = "rating " .. tostring(old) .. " → " .. tostring(new) }
end)
