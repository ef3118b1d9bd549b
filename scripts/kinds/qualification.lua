-- What the frameworks of qualification ask about a deal, beyond what every deal says of itself.

extend "deal" {
  money "budget"            { min = 0, title = "Budget", title_ru = "Бюджет", help = "what the client has set aside for it",
    help_ru = "сколько клиент на это отложил" },
  text  "metrics"           { title = "Measure of success", title_ru = "Мерило успеха",
    help = "the figure by which the client will see that it paid", help_ru = "число, по которому клиент увидит, что это окупилось" },
  text  "decision_criteria" { long = true, title = "Decision criteria", title_ru = "Критерии решения",
    help = "by what the offers are compared", help_ru = "по чему сравнивают предложения" },
  text  "decision_process"  { long = true, title = "Decision process", title_ru = "Порядок решения",
    help = "who has to agree, in which order, by when", help_ru = "кто, в каком порядке и к какому сроку должен согласиться" },
  ref   "champion"          { to = "contact", title = "Champion", title_ru = "Сторонник",
    help = "who speaks for us when we are not there", help_ru = "кто говорит за нас, когда нас нет" },
  text  "competitor"        { title = "Competitor", title_ru = "Конкурент",
    help = "whom else the client considers, doing nothing included", help_ru = "кого ещё рассматривает клиент, включая «ничего не делать»" },
}
