-- What a deal should meet whenever it is saved.

local sale = require "sale"

accept "deal" {
  should "benefit_first" {
    "the price is told after a need was confirmed: benefit first, price second",
    text_ru = "цена названа после того, как потребность подтверждена: сначала выгода, потом цена",
    only_for = function(deal) return deal.quoted ~= nil end,
    check = function(deal) return sale.benefit_came_first(deal) end,
    fix = sale.benefit_first_hint,
  },
}
