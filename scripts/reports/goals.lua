-- How far the goals are: what should be there by today, what is, and what it will come to at this speed.
local metrics = require "metrics"
local progress = require "progress"

local function is_wanted(goal, p)
  return metrics.named(goal.metric) ~= nil and goal.starts_on ~= nil and goal.ends_on ~= nil
    and (p.every or goal.starts_on <= today() and goal.ends_on >= today())
end

report "goals" {
  title = "Goals", title_ru = "Цели",
  help = "target, actual, pace and projected end of the goals that run today",
  help_ru = "план, факт, темп и прогноз целей, которые идут сегодня",
  params = {
    ref "owner" { to = "user", help = "only this person's goals", help_ru = "цели только этого сотрудника" },
    boolean "every" { default = false,
                      help = "also those that are over or not begun", help_ru = "и те, что закончились или не начались" },
  },
  columns = {
    text    "goal"       { title = "Goal", title_ru = "Цель" },
    text    "owner"      { title = "Owner", title_ru = "Ответственный" },
    text    "metric"     { title = "Metric", title_ru = "Показатель" },
    date    "till"       { title = "Till", title_ru = "До" },
    number  "target"     { title = "Target", title_ru = "План", decimals = 0 },
    number  "actual"     { title = "Actual", title_ru = "Факт", decimals = 0 },
    percent "attainment" { title = "Attained", title_ru = "Выполнено", decimals = 1 },
    number  "pace"       { title = "Pace", title_ru = "Должно быть", decimals = 1 },
    number  "projected"  { title = "Projected", title_ru = "Прогноз", decimals = 1 },
    text    "state"      { title = "State", title_ru = "Состояние" },
  },
  chart = { type = "bar", x = "goal", y = "attainment" },
  rows = function(p)
    local rows = {}
    for goal in goals:where { owner = p.owner }:order_by("ends_on", "name"):each() do
      if is_wanted(goal, p) then
        local row = progress.of(goal)
        row.goal, row.owner, row.metric, row.till = goal.name, goal.owner, metrics.named(goal.metric).title, goal.ends_on
        row.state, row.record = progress.states[row.state], goal
        rows[#rows + 1] = row
      end
    end
    return rows, {
      tr "Pace: the share of the target that the days so far should have given.",
      tr "Projected: the figure at the end, at the speed so far.",
      metrics.left_out(),
    }
  end,
}
