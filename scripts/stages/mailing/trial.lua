stage "mailing.trial" {
  title = "Trial", title_ru = "Проба",
  purpose = "Try it on a small number.", purpose_ru = "Попробовать на немногих.",

  leave = {
    must "sent" {
      "the trial was sent to everyone in the sample", text_ru = "проба отправлена всем в выборке",
      check = function(campaign)
        local left = campaign.unsent
        return left == 0, left > 0 and trn("{n} recipient is left", "{n} recipients are left", left) or nil
      end,
      fix = "sent {campaign}",
    },
    should "time" {
      "they had a week to answer", text_ru = "на ответ была неделя",
      check = function(campaign)
        local last = campaign.recipients:where { wave = "trial" }:value(maximum "sent_on")
        return last ~= nil and today() - last >= 7
      end,
    },
  },
}
