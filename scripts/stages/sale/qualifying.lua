stage "sale.qualifying" {
  title = "Qualifying", title_ru = "Квалификация",
  purpose = "Is this client worth our time, and are we worth theirs?",
  probability = 0.15, rot = days(14),

  leave = {
    must "fit" {
      "the client fits us (grade A, B or C)",
      text_ru = "клиент нам подходит (оценка A, B или C)",
      needs = { "client" },
      check = function(deal)
        local grade = deal.client:grade "fit"
        return grade ~= nil and grade <= "C"
      end,
      fix = "score {deal.client}: add industry, employees, country – or: lose {deal}",
    },
    must "value" {
      "our added value for this client is written down",
      text_ru = "наша ценность для этого клиента записана",
      check = function(deal) return deal.value_statement ~= nil end,
      fix = 'set {deal} value_statement="…"',
    },
    should "met" {
      "we have met in person",
      text_ru = "мы встречались лично",
      needs = { "client" },
      check = function(deal) return deal.client.meetings > 0 end,
      fix = 'new activity type=meeting state=held client={deal.client} deal={deal}',
    },
  },
}
