stage "sale.proof" {
  title = "Proof", title_ru = "Доказательство",
  purpose = "Give evidence for what was claimed.",
  probability = 0.7, rot = days(21),

  leave = {
    must "accepted_proof" {
      "the client accepted at least one proof",
      text_ru = "клиент принял хотя бы одно доказательство",
      check = function(deal) return deal.accepted_proofs >= 1 end,
      fix = 'new proof deal={deal} claim="…" type=reference accepted=true',
    },
  },
}
