local sale = require "sale"

stage "sale.proof" {
  title = "Proof", title_ru = "Доказательство",
  purpose = "Give evidence for what was claimed.", purpose_ru = "Докажите то, что обещали.",
  probability = 0.7, rot = days(21),

  leave = {
    must "accepted_proof" {
      "the client accepted a proof for the need that matters most",
      text_ru = "клиент принял доказательство по самой важной потребности",
      check = function(deal)
        if deal.confirmed_needs == 0 then return false, tr "no need is confirmed" end
        local need = sale.unproven_need(deal)
        return need == nil, need and tr("nothing accepted proves: {need}", { need = name_of(need) })
      end,
      fix = function(deal)
        local need = sale.unproven_need(deal)
        if need then
          local shown = need.proofs:first()
          if shown then return "set #" .. shown.id .. " accepted=true" end
          return "new proof deal=#" .. deal.id .. " need=#" .. need.id .. ' claim="…" type=reference accepted=true'
        end
        return "new need deal=#" .. deal.id .. ' statement="…" benefit=cost confirmed=true, then: new proof deal=#' .. deal.id
          .. ' need="…" claim="…" type=reference accepted=true'
      end,
    },
  },
}
