stage "promotion.planned" {
  title = "Planned", title_ru = "Запланирована",
  purpose = "What we say, where, and what it costs.", purpose_ru = "Что мы говорим, где и сколько это стоит.",

  leave = {
    must "message" {
      "it is written what we say", text_ru = "написано, что мы скажем",
      check = function(campaign) return campaign.message ~= nil end,
      fix = 'set {campaign} message="…"',
    },
    must "cost" {
      "it is known what it costs", text_ru = "известно, во сколько она обойдётся",
      check = function(campaign) return campaign.cost ~= nil end,
      fix = "set {campaign} cost=…",
    },
  },
}

stage "promotion.running" { title = "Running", title_ru = "Идёт", purpose = "Requests come in; take each one in.",
  purpose_ru = "Приходят запросы; принять каждый." }

stage "promotion.following_up" {
  title = "Following up", title_ru = "Обработка откликов",
  purpose = "Every request reaches an outcome.", purpose_ru = "У каждого запроса есть итог.",
}
