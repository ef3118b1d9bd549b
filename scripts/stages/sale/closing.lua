stage "sale.closing" {
  title = "Closing", title_ru = "Заключение договора",
  purpose = "The contract.",
  probability = 0.9, rot = days(14),

  leave = {
    must "contract" {
      "the contract is dated",
      text_ru = "договор датирован",
      check = function(deal) return deal.contract_date ~= nil end,
      fix = "set {deal} contract_date=today",
    },
    must "amount" {
      "the amount is above zero",
      text_ru = "сумма больше нуля",
      check = function(deal) return deal.amount > 0 end,
      fix = "set {deal} amount=…",
    },
    must "decision_maker" {
      "the decision maker is named",
      text_ru = "назван тот, кто принимает решение",
      check = function(deal) return deal.decision_maker ~= nil end,
      fix = 'new contact client={deal.client} name="…" decision_maker=true, then: set {deal} decision_maker=…',
    },
  },
}
