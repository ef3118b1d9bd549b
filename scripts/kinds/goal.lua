-- What someone is to reach by a day. Accepted when it is SMART: criteria/goal.lua.
local metrics = require "metrics"

extend "goal" {
  choice "metric"   { title_ru = "Показатель", titles_ru = metrics.titles,
                      help = "what is counted", help_ru = "что считается", table.unpack(metrics.names) },
  choice "whose"    { "own", "team", "company", titles_ru = { "свои", "команды", "компании" }, title_ru = "Чьи результаты",
                      help = "whose results count", help_ru = "чьи результаты считаются" },
  money  "amount"   { min = 0, title = "Target amount", title_ru = "План в деньгах",
                      help = "the target of a metric in money", help_ru = "план показателя в деньгах" },
  ref    "product"  { to = "product", title_ru = "Продукт",
                      help = "only this product counts", help_ru = "считается только этот продукт" },
  ref    "campaign" { to = "campaign", title_ru = "Кампания",
                      help = "only what came of this campaign counts",
                      help_ru = "считается только то, что дала эта кампания" },
  ref    "segment"  { to = "segment", title_ru = "Сегмент",
                      help = "only clients of this segment count", help_ru = "считаются только клиенты этого сегмента" },
  ref    "supports" { to = "goal", title_ru = "Ради цели",
                      help = "the result that this effort is for", help_ru = "результат, ради которого усилие" },
  text   "credible" { title_ru = "Почему достижимо",
                      help = "why more than history shows is within reach", help_ru = "почему возможно больше, чем было" },
}
