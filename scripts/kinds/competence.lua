-- What a professional seller is able to do. The source names it RISKPRO and breaks off after three letters: these three
-- are shipped, the others are not invented. Add your own: new competence "…".

kind "competence" {
  plural = "competences", title = "Competence", title_ru = "Компетенция",
  text "name"        { required = true, title_ru = "Название" },
  text "description" { title_ru = "Описание" },
}

kind "rating" {
  belongs_to = "competence", plural = "ratings", title = "Rating", title_ru = "Оценка",
  ref     "owner"    { to = "user", title_ru = "Кто", help = "whose competence", help_ru = "чья компетенция" },
  ref     "activity" { to = "activity", title_ru = "Встреча", help = "where it was seen", help_ru = "где проявилась" },
  integer "score"    { required = true, min = 1, max = 5, title_ru = "Балл",
    help = "1 poor, 5 excellent", help_ru = "1 – плохо, 5 – отлично" },
  date    "rated_on" { title_ru = "Когда", indexed = true },
}

records "competence" {
  { "competence.solves", name = "solves problems", name_ru = "решает проблемы" },
  { "competence.investigates", name = "investigates", name_ru = "исследует" },
  { "competence.serves", name = "serves", name_ru = "служит" },
}
