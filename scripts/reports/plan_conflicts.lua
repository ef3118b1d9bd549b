local plans = require "plans"

report "plan_conflicts" {
  title = "Conflicts between plans", title_ru = "Противоречия в планах",
  help = "where the plans of sales and marketing contradict one another, and what to do",
  help_ru = "где планы продаж и маркетинга противоречат друг другу и что сделать",
  params = { date "since" { default = "today",
             help = "plan items that end on this day or later",
             help_ru = "пункты, которые кончаются в этот день или позже" } },
  columns = {
    text "conflict" { title = "Conflict", title_ru = "Противоречие" },
    text "what"     { title = "What", title_ru = "В чём" },
    text "items"    { title = "Concerns", title_ru = "Касается" },
    text "fix"      { title = "What to do", title_ru = "Что сделать" },
  },
  chart = { type = "bar", x = "conflict", y = "count" },
  rows = function(p)
    local rows = plans.conflicts(p.since)
    return rows, { #rows == 0 and plans.peace(p.since) or nil }
  end,
}
