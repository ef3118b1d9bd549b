-- What someone is to reach by a day. Accepted when it is SMART: criteria/goal.lua.
local metrics = require "metrics"

extend "goal" {
  choice "metric"   { title_ru = "Показатель", help = "what is counted", table.unpack(metrics.names) },
  choice "whose"    { "own", "team", "company", title_ru = "Чьи результаты", help = "whose results count" },
  money  "amount"   { min = 0, title = "Target amount", title_ru = "План в деньгах", help = "the target of a metric in money" },
  ref    "product"  { to = "product", title_ru = "Продукт", help = "only this product counts" },
  ref    "campaign" { to = "campaign", title_ru = "Кампания", help = "only what came of this campaign counts" },
  ref    "supports" { to = "goal", title_ru = "Ради цели", help = "the result that this effort is for" },
  text   "credible" { title_ru = "Почему достижимо", help = "why more than history shows is within reach" },
}
