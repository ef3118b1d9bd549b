stage "mailing.review" {
  title = "Review", title_ru = "Разбор пробы",
  purpose = "Correct it by the answers.", purpose_ru = "Поправить по ответам.",

  leave = {
    must "reviewed" {
      "the response rate of the trial was looked at", text_ru = "доля откликов пробы рассмотрена",
      check = function(campaign) return campaign.trial_rate ~= nil end,
      fix = 'report trial campaign={campaign}, then: assess {campaign} "…"',
      fix_ru = 'report trial campaign={campaign}, затем: assess {campaign} "…"',
    },
    must "correction" {
      "what is changed is noted, or why nothing is", text_ru = "записано, что изменено, или почему ничего",
      check = function(campaign) return campaign.correction ~= nil end,
      fix = 'assess {campaign} "…"',
    },
  },
}
