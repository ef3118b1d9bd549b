-- Does a client look like one we serve well? Every rule can be argued with, and changed.

scorecard "fit" {
  title = "Fit", title_ru = "Соответствие",
  kind = "client",
  grades = { A = 70, B = 45, C = 20 },

  rule "industry" {
    "an industry we win in", text_ru = "отрасль, в которой мы выигрываем", points = 25,
    where = { industry = one_of { "medical", "retail", "software", "finance", "education", "marketing" } },
  },
  rule "known_industry" {
    "we know the industry", text_ru = "отрасль известна", points = 5,
    where = { industry = is_set },
  },
  rule "size" {
    "enough people to need us", text_ru = "достаточно людей, чтобы мы были нужны", points = between(0, 30),
    function(client) return client.employees / 100 end,
  },
  rule "revenue" {
    "can pay: 100 million a year or more", text_ru = "может платить: от 100 миллионов в год", points = 20,
    when = function(client) return client.revenue >= 100000000 end,
  },
  rule "established" {
    "in business for ten years", text_ru = "в деле десять лет", points = 5,
    when = function(client) return today().year - client.founded >= 10 end,
  },
  rule "reachable" {
    "we can write or call", text_ru = "можно написать или позвонить", points = 10,
    when = function(client) return client.email ~= nil or client.phone ~= nil end,
  },
  rule "met" {
    "we have met", text_ru = "мы встречались", points = 10,
    when = function(client) return client.meetings > 0 end,
  },
  rule "bought" {
    "has bought from us", text_ru = "уже покупал у нас", points = 15,
    when = function(client) return client.won_deals > 0 end,
  },
  rule "dissatisfied" {
    "is dissatisfied with us", text_ru = "недоволен нами", points = -20,
    when = function(client) return client.satisfaction <= 2 end,
  },
  rule "free_mail" {
    "writes from a free mail box", text_ru = "пишет с бесплатного ящика", points = -10,
    when = function(client)
      return client.email ~= nil and ends_with(client.email, "@gmail.com", "@mail.ru", "@yandex.ru")
    end,
  },
}
