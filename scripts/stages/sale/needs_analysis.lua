stage "sale.needs_analysis" {
  title = "Needs analysis", title_ru = "Анализ потребностей",
  purpose = "What does the purchase give the client: money, ease, or image?",
  probability = 0.3, rot = days(14),

  leave = {
    must "confirmed_need" {
      "at least one need is confirmed by the client",
      text_ru = "хотя бы одна потребность подтверждена клиентом",
      check = function(deal) return deal.confirmed_needs >= 1 end,
      fix = 'new need deal={deal} statement="…" benefit=cost confirmed=true',
    },
  },
}
