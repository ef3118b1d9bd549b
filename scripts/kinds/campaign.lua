-- What a campaign aims at, and what its trial taught. Recipients and invitations say whom it reached.

extend "campaign" {
  ref     "target_group" { to = "segment", title_ru = "Целевая группа", help = "the segment that it is for",
    help_ru = "сегмент, для которого она" },
  text    "message_b"    { long = true, title = "Message B", title_ru = "Сообщение Б", help = "the other variant of a trial",
    help_ru = "другой вариант пробы" },
  integer "population"   { min = 0, title_ru = "Всего в группе",
                           help = "how many the target group held when the trial was drawn",
                             help_ru = "сколько было в целевой группе, когда делалась выборка" },
  percent "trial_rate"   { min = 0, title_ru = "Отклик пробы", help = "the response rate of the trial when it was reviewed",
    help_ru = "доля откликов пробы, когда её разобрали" },
  text    "correction"   { long = true, title_ru = "Поправка", help = "what is changed after the trial, or why nothing is",
    help_ru = "что изменено после пробы или почему ничего" },
  choice  "variant"      { "A", "B", titles_ru = { "А", "Б" }, title_ru = "Вариант", help = "the one that goes to all",
    help_ru = "тот, что идёт всем" },
}

kind "recipient" {
  belongs_to = "campaign",
  title = "Recipient", title_ru = "Получатель",
  ref    "client"  { to = "client", title_ru = "Клиент" },
  ref    "contact" { to = "contact", title_ru = "Контакт" },
  choice "wave"    { "trial", "full", titles_ru = { "проба", "полная" }, required = true, title_ru = "Волна" },
  choice "variant" { "A", "B", titles_ru = { "А", "Б" }, default = "A", title_ru = "Вариант" },
  date   "sent_on" { title_ru = "Отправлено" },
}

rollup "campaign.recipients_count" { count "recipient", title = "Recipients", title_ru = "Получателей" }
rollup "campaign.sample"  { count "recipient" { wave = "trial" }, title_ru = "В пробе",
  help = "how many are in the trial",
  help_ru = "сколько в пробе" }
rollup "campaign.unsent"  { count "recipient" { sent_on = unset }, title_ru = "Не отправлено" }

kind "invitation" {
  belongs_to = "campaign",
  title = "Invitation", title_ru = "Приглашение",
  ref    "client"     { to = "client", title_ru = "Клиент" },
  ref    "contact"    { to = "contact", title_ru = "Контакт" },
  choice "state"      { "invited", "accepted", "declined", "came", default = "invited", title_ru = "Состояние",
    titles_ru = { "приглашён", "согласился", "отказался", "пришёл" } },
  date   "invited_on" { title_ru = "Приглашён" },
}

rollup "campaign.invited" { count "invitation", title_ru = "Приглашено" }
