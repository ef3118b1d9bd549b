-- What sales and marketing plan to do for each other, so that one plan comes of two: report plan_conflicts.
local metrics = require "metrics"

kind "plan_item" {
  title = "Plan item", title_ru = "Пункт плана",
  text   "name"      { required = true, title_ru = "Название" },
  choice "side"      { "sales", "marketing", required = true, title_ru = "Сторона", titles_ru = { "продажи", "маркетинг" },
                       help = "whose plan it is", help_ru = "чей это план" },
  ref    "segment"   { to = "segment", title_ru = "Сегмент",
                       help = "whom it aims at", help_ru = "на кого рассчитан" },
  choice "metric"    { title_ru = "Показатель", titles_ru = metrics.titles,
                       help = "what is promised", help_ru = "что обещано", table.unpack(metrics.names) },
  number "target"    { min = 0, title_ru = "План", help = "how much of it", help_ru = "сколько" },
  money  "amount"    { min = 0, title = "Target amount", title_ru = "План в деньгах",
                       help = "how much, of a metric in money", help_ru = "сколько, если показатель в деньгах" },
  date   "starts_on" { title_ru = "Начало" },
  date   "ends_on"   { title_ru = "Конец" },
  ref    "campaign"  { to = "campaign", title_ru = "Кампания",
                       help = "by which campaign", help_ru = "какой кампанией" },
  ref    "goal"      { to = "goal", title_ru = "Цель",
                       help = "the goal that it is for", help_ru = "цель, ради которой" },
  ref    "owner"     { to = "user", title_ru = "Ответственный" },
  text   "notes"     { long = true, title_ru = "Заметки" },
}
