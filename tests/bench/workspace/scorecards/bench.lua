-- Ten rules over nine fields.

local wins = { medical = true, retail = true, software = true, finance = true, education = true }

scorecard "bench" {
  kind = "client",
  grades = { A = 70, B = 45, C = 0 },

  rule "industry" {
    "an industry we win in", points = 25,
    when = function(client) return wins[client.industry or ""] end,
  },
  rule "known_industry" {
    "we know the industry", points = 5,
    when = function(client) return client.industry ~= nil end,
  },
  rule "size" {
    "enough people to need us", points = between(0, 30),
    function(client) return (client.employees or 0) / 100 end,
  },
  rule "revenue" {
    "can pay", points = 20,
    when = function(client) return client.revenue ~= nil and client.revenue >= 100000000 end,
  },
  rule "established" {
    "in business for ten years", points = 5,
    when = function(client) return client.founded ~= nil and 2026 - client.founded >= 10 end,
  },
  rule "reachable" {
    "we can write or call", points = 10,
    when = function(client) return client.email ~= nil or client.phone ~= nil end,
  },
  rule "german" {
    "in Germany", points = 5,
    when = function(client) return client.country == "Germany" end,
  },
  rule "fair" {
    "we met at a fair", points = 5,
    when = function(client) return client.source == "fair" end,
  },
  rule "website" {
    "has a website", points = 2,
    when = function(client) return client.website ~= nil end,
  },
  rule "free_mail" {
    "writes from a free mail box", points = -10,
    when = function(client) return client.email ~= nil and client.email:sub(-10) == "@gmail.com" end,
  },
}
