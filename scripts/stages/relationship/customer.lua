local relationship = require "relationship"

stage "relationship.customer" {
  title = "Customer", title_ru = "Клиент",
  purpose = "Has bought from us.", purpose_ru = "Уже покупал у нас.",
  auto = true,

  leave = {
    must "again" {
      "they have bought more than once",
      text_ru = "купили больше одного раза",
      check = function(client) return client.won_deals >= 2 end,
      fix = relationship.win_hint,
    },
    must "satisfied" {
      "they are satisfied (4 or 5)",
      text_ru = "они довольны (4 или 5)",
      check = function(client) return client.satisfaction >= 4 end,
      fix = "set {client} satisfaction=…",
    },
  },
}
