-- What is written down about a meeting, a call, a letter: the palest ink is better than the best memory.

extend "activity" {
  minutes "minutes_prepared" { min = 0, title_ru = "Подготовка",
    help = "how long it was prepared", help_ru = "сколько готовились" },
  boolean "important"        { default = false, title_ru = "Важно",
    help = "brings us nearer to a goal", help_ru = "приближает к цели" },
  boolean "urgent"           { default = false, title_ru = "Срочно", help = "can't wait", help_ru = "не терпит" },
  text    "next_step"        { title_ru = "Следующий шаг" },
  integer "self_score"       { min = 1, max = 5, title_ru = "Самооценка",
    help = "how we judge ourselves: 1 poor, 5 excellent", help_ru = "как мы себя оцениваем: 1 – плохо, 5 – отлично" },
  percent "talk_share"       { min = 0, max = 1, decimals = 0, title_ru = "Доля нашей речи",
    help = "how much of the talking was ours", help_ru = "какую часть времени говорили мы" },
  integer "questions_asked"  { min = 0, title_ru = "Задано вопросов" },
  text    "learned"          { long = true, title_ru = "Что узнали",
    help = "what we know now and did not before", help_ru = "что мы теперь знаем, чего не знали" },
  ref     "follows"          { to = "activity", title_ru = "Следует из",
    help = "the activity whose next step this is", help_ru = "действие, следующий шаг которого – это" },
}

-- What was done has a time, also when nobody said one.
local function date_it(activity, ctx)
  if activity.state == "held" and activity.done_at == nil then
    local at = activity.due
    if at == nil or at > ctx.now then at = ctx.now end
    ctx:set(activity, { done_at = at })
  end
end

on "activity.created"       (function(activity, ctx) date_it(activity, ctx) end)
on "activity.changed.state" (function(activity, _, _, ctx) date_it(activity, ctx) end)
