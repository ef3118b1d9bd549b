-- What the purchase gives the client. Found in needs analysis, in the client's own words.

kind "need" {
  plural = "needs",
  belongs_to = "deal",
  title = "Need", title_ru = "Потребность",
  text    "statement" { required = true, title_ru = "Формулировка", help = "in the client's own words" },
  choice  "benefit"   { "revenue", "cost", "ease", "image", required = true, title_ru = "Выгода" },
  money   "worth"     { title_ru = "Ценность", help = "what it is worth to the client per year" },
  integer "priority"  { min = 1, max = 9, title_ru = "Приоритет", help = "1 is the most important" },
  boolean "confirmed" { default = false, title_ru = "Подтверждена", help = "the client said: yes, that is it" },
}

rollup "deal.confirmed_needs" { count "need" { confirmed = true } }
