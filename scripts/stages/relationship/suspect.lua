stage "relationship.suspect" {
  title = "Suspect", title_ru = "Предполагаемый клиент",
  purpose = "A name that might need us.", purpose_ru = "Имя, которому мы, возможно, нужны.",

  leave = {
    must "reachable" {
      "we can reach them: e-mail, phone or a contact; who bought was reached",
      text_ru = "с ними можно связаться: почта, телефон или контактное лицо; с купившими связь есть",
      check = function(client)
        return client.email ~= nil or client.phone ~= nil or client.contacts:count() > 0 or client.won_deals > 0
      end,
      fix = "set {client} email=…",
    },
    must "industry" {
      "we know what they do",
      text_ru = "мы знаем, чем они занимаются",
      check = function(client) return client.industry ~= nil end,
      fix = "set {client} industry=…",
    },
    should "no_wall_of_mail" {
      "nobody gets mail only: we have met or called",
      text_ru = "никто не получает одни письма: мы встречались или звонили",
      check = function(client) return client.wall_of_mail == nil, client.wall_of_mail end,
      fix = 'call {client} 10m "…"',
    },
  },
}
