-- Does a client resemble our best ones? The points are learned from the data each time before scoring: how much more often
-- clients with that value are among the best than clients are at all. Ten points are twice as often, minus ten half as
-- often; they add up as if the fields had nothing to do with each other. `profile` compares the same group with all.

local profile = require "profile"

local compared = { "industry", "size", "employees", "revenue", "country", "city", "source", "founded" }

scorecard "lookalike" {
  title = "Lookalike", title_ru = "Похожесть на лучших",
  kind = "client",
  grades = { A = 10, B = 3, C = -5, D = -1000 },
  learn = function() return profile.learn(compared) end,

  rule "industry" {
    "the industry of our best clients", text_ru = "отрасль наших лучших клиентов",
    points = function(client, learned) return profile.resemblance(learned, "industry", client.industry) end,
  },
  rule "size" {
    "their class of size", text_ru = "их класс размера",
    points = function(client, learned) return profile.resemblance(learned, "size", client.size) end,
  },
  rule "employees" {
    "as many people", text_ru = "столько же сотрудников",
    points = function(client, learned) return profile.resemblance(learned, "employees", client.employees) end,
  },
  rule "revenue" {
    "as large a revenue", text_ru = "такая же выручка",
    points = function(client, learned) return profile.resemblance(learned, "revenue", client.revenue) end,
  },
  rule "country" {
    "from where they are", text_ru = "оттуда же, откуда они",
    points = function(client, learned) return profile.resemblance(learned, "country", client.country) end,
  },
  rule "city" {
    "from their cities", text_ru = "из их городов",
    points = function(client, learned) return profile.resemblance(learned, "city", client.city) end,
  },
  rule "source" {
    "came to us as they did", text_ru = "пришёл к нам тем же путём",
    points = function(client, learned) return profile.resemblance(learned, "source", client.source) end,
  },
  rule "founded" {
    "as old as they are", text_ru = "того же возраста",
    points = function(client, learned) return profile.resemblance(learned, "founded", client.founded) end,
  },
}
