-- done and cancel: what was planned is over.

local activity = require "activity"

local function check_planned(record)
  if record.kind ~= "activity" then
    error(tr("#{id} is a {kind}, not an activity; 'agenda' lists what is planned", { id = record.id, kind = record.kind }), 0)
  end
  if record.state ~= "planned" then
    error(tr("#{id} is {state} already", { id = record.id, state = activity.state_word(record.state) }), 0)
  end
end

command "done" {
  summary = "what was planned was held; a task needs its outcome",
  summary_ru = "намеченное состоялось; у задачи должен быть итог",
  writes = true,
  params = {
    instant "at"      { loose = true, title_ru = "Когда",
      help = "when it was, if not now", help_ru = "когда это было, если не сейчас" },
    minutes "spent"   { loose = true, title_ru = "Заняло", help = "how long it took", help_ru = "сколько заняло" },
    ref     "what"    { to = "activity", required = true, title_ru = "Что",
      help = "the planned activity", help_ru = "намеченное действие" },
    text    "outcome" { rest = true, title_ru = "Итог", help = "what came of it", help_ru = "что из этого вышло" },
    minutes "prepared" { named = true, title_ru = "Подготовка",
      help = "how long it was prepared", help_ru = "сколько готовились" },
  },
  examples = { 'done #81 "they want three more"', 'done #81 45m yesterday "agreed on the price"',
    "done #82 outcome=\"цена согласована\"" },
  run = function(p, ctx)
    check_planned(p.what)
    ctx:set(p.what, { state = "held", done_at = p.at or ctx.now, minutes_spent = p.spent or p.what.minutes_spent,
      outcome = p.outcome or p.what.outcome, minutes_prepared = p.prepared or p.what.minutes_prepared })
    return activity.line(p.what)
  end,
}

command "cancel" {
  summary = "what was planned will not happen", summary_ru = "намеченное не состоится",
  writes = true,
  params = {
    ref  "what" { to = "activity", required = true, title_ru = "Что",
      help = "the planned activity", help_ru = "намеченное действие" },
    text "why"  { rest = true, title_ru = "Почему" },
  },
  examples = { 'cancel #81 "the director is ill"' },
  run = function(p, ctx)
    check_planned(p.what)
    ctx:set(p.what, { state = "cancelled", outcome = p.why })
    return activity.line(p.what)
  end,
}
