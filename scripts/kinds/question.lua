-- Which questions do clients ask, do we have the answers, and what backs them?

kind "question" {
  plural = "questions", title = "Question", title_ru = "Вопрос",
  text    "text"     { required = true, title_ru = "Вопрос",
    help = "in the words of who asked", help_ru = "словами спросившего" },
  ref     "client"   { to = "client", title_ru = "Клиент" },
  ref     "contact"  { to = "contact", title_ru = "Кто спросил" },
  ref     "deal"     { to = "deal", title_ru = "Сделка" },
  ref     "owner"    { to = "user", title_ru = "Ответственный", help = "who owes the answer", help_ru = "кто должен ответить" },
  date    "asked_on" { title_ru = "Когда", indexed = true },
  text    "segment"  { title_ru = "Сегмент", help = "clients like these ask it", help_ru = "кто из клиентов это спрашивает" },
  integer "times"    { min = 1, default = 1, title_ru = "Сколько раз",
    help = "how often it was asked", help_ru = "сколько раз спрашивали" },
}

kind "answer" {
  belongs_to = "question", plural = "answers", title = "Answer", title_ru = "Ответ",
  text "text"       { required = true, title_ru = "Ответ" },
  text "evidence"   { title_ru = "Чем подтверждён",
    help = "what backs it: a document, a reference, a test", help_ru = "чем подтверждён: документ, отзыв, испытание" },
  date "checked_on" { title_ru = "Проверен",
    help = "when somebody last made sure that it is true", help_ru = "когда в последний раз убедились, что это верно" },
}

rollup "question.answered"       { count "answer", title = "Answers", title_ru = "Ответов" }
rollup "client.questions_asked"  { count "question", title_ru = "Вопросов" }

-- The newest answer as a line, with what backs it.
formula "question.best_answer" { "text", title = "Best answer", title_ru = "Ответ", function(question)
  local answer = question.answers:order_by("-checked_on", "-id"):first()
  if answer == nil then return nil end
  if answer.evidence == nil then return tr("{text} (nothing backs it yet)", { text = answer.text }) end
  return tr("{text} (backed by: {evidence})", { text = answer.text, evidence = answer.evidence })
end }
