local sale = require "sale"

stage "sale.presentation" {
  title = "Presentation", title_ru = "Презентация",
  purpose = "Show what they gain; the price comes second.", purpose_ru = "Покажите выгоду; цена – потом.",
  probability = 0.5, rot = days(14),

  leave = {
    must "product" {
      "the deal says what is sold",
      text_ru = "указано, что продаётся",
      check = function(deal) return deal.product ~= nil end,
      fix = "set {deal} product=…",
    },
    must "quoted" {
      "the client was told the price",
      text_ru = "клиенту названа цена",
      check = function(deal) return deal.quoted ~= nil end,
      fix = "set {deal} quoted=…",
    },
    must "benefit_first" {
      "the benefit came first: a need was confirmed before the price was told",
      text_ru = "сначала выгода, потом цена: потребность подтверждена до того, как названа цена",
      only_for = function(deal) return deal.quoted ~= nil end,
      check = function(deal)
        if deal.first_confirmed == nil then return false, tr "no need is confirmed" end
        return sale.benefit_came_first(deal)
      end,
      fix = sale.benefit_first_hint,
    },
    should "expected_close" {
      "we know when they want to decide",
      text_ru = "известно, когда они решат",
      check = function(deal) return deal.expected_close ~= nil end,
      fix = "set {deal} expected_close=eom",
    },
  },
}
