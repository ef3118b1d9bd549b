-- BANT: budget, authority, need, timeline. Four questions for short sales; meddicc asks more.

scorecard "bant" {
  title = "BANT", title_ru = "Квалификация BANT",
  kind = "deal",
  grades = { A = 85, B = 60, C = 35 },

  rule "budget" {
    "there is money for it: all of the amount, or some", text_ru = "деньги есть: на всю сумму или часть", points = between(0, 25),
    function(deal)
      if deal.budget == nil or deal.budget.amount == 0 then return 0 end
      if deal.amount == nil or deal.amount.currency ~= deal.budget.currency then return 15 end
      return deal.budget >= deal.amount and 25 or 10
    end,
  },
  rule "authority" {
    "we know who decides", text_ru = "известно, кто решает", points = 25,
    where = { decision_maker = is_set },
  },
  rule "need" {
    "the client has confirmed a need", text_ru = "клиент подтвердил потребность", points = 25,
    where = { confirmed_needs = over(0) },
  },
  rule "timeline" {
    "it is to be decided within half a year", text_ru = "решение ожидается в течение полугода", points = between(0, 25),
    function(deal)
      local left = deal.expected_close and deal.expected_close - today()
      if left == nil or left < 0 then return 0 end
      return left <= days(183) and 25 or 10
    end,
  },
}
