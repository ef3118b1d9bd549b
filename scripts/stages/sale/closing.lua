local function open_must_have(deal)
  return deal.objections:where { must_have = true, resolved = false }:first()
end

stage "sale.closing" {
  title = "Closing", title_ru = "Заключение договора",
  purpose = "The contract.", purpose_ru = "Договор.",
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
      fix = function(deal)
        local contact = deal.client ~= nil and deal.client.contacts:first()
        if contact then return "set #" .. deal.id .. " decision_maker=#" .. contact.id end
        local client = deal.client ~= nil and " client=#" .. deal.client.id or ""
        return "new contact" .. client .. ' name="…", then: set #' .. deal.id .. ' decision_maker="…"'
      end,
    },
    must "must_haves" {
      "no objection stands that rules the contract out",
      text_ru = "нет неснятых возражений, которые исключают договор",
      check = function(deal)
        local objection = open_must_have(deal)
        return objection == nil, name_of(objection)
      end,
      fix = function(deal) return "set #" .. open_must_have(deal).id .. ' resolved=true answer="…"' end,
    },
    should "objections" {
      "every objection is answered",
      text_ru = "на каждое возражение есть ответ",
      check = function(deal) return deal.objections:where { answer = unset }:count() == 0 end,
      fix = function(deal) return "set #" .. deal.objections:where { answer = unset }:first().id .. ' answer="…"' end,
    },
  },
}
