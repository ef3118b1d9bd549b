stage "sale.presentation" {
  title = "Presentation", title_ru = "Презентация",
  purpose = "Show what they gain; the price comes second.",
  probability = 0.5, rot = days(14),

  leave = {
    must "product" {
      "the deal says what is sold",
      text_ru = "указано, что продаётся",
      check = function(deal) return deal.product ~= nil end,
      fix = "set {deal} product=…",
    },
    must "amount" {
      "an amount is quoted",
      text_ru = "названа сумма",
      check = function(deal) return deal.amount ~= nil end,
      fix = "set {deal} amount=…",
    },
    should "expected_close" {
      "we know when they want to decide",
      text_ru = "известно, когда они решат",
      check = function(deal) return deal.expected_close ~= nil end,
      fix = "set {deal} expected_close=eom",
    },
  },
}
