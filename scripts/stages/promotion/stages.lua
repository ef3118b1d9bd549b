stage "promotion.planned" {
  title = "Planned", title_ru = "Запланирована",
  purpose = "What we say, where, and what it costs.",

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

stage "promotion.running" { title = "Running", title_ru = "Идёт", purpose = "Requests come in; take each one in." }

stage "promotion.following_up" {
  title = "Following up", title_ru = "Обработка откликов",
  purpose = "Every request reaches an outcome.",
}
