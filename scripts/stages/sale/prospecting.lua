stage "sale.prospecting" {
  title = "Prospecting", title_ru = "Поиск",
  purpose = "Who might need what we sell?", purpose_ru = "Кому может быть нужно то, что мы продаём?",
  probability = 0.05, rot = days(30),

  leave = {
    must "client" {
      "the deal names its client",
      text_ru = "у сделки указан клиент",
      check = function(deal) return deal.client ~= nil end,
      fix = "set {deal} client=…",
    },
    must "owner" {
      "somebody is responsible",
      text_ru = "есть ответственный",
      check = function(deal) return deal.owner ~= nil end,
      fix = "set {deal} owner=…",
    },
    should "contact" {
      "we know somebody there",
      text_ru = "мы знаем там хотя бы одного человека",
      needs = { "client" },
      check = function(deal) return deal.client.contacts:count() > 0 end,
      fix = 'new contact client={deal.client} name="…"',
    },
  },
}
