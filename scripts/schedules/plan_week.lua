-- The plan of meetings is written every Friday morning. One that comes late is still about the week that follows that Friday.

local friday = 5

every "friday 09:00" { "plan next week", title_ru = "план встреч на следующую неделю", run = function(ctx)
  local last_friday = ctx.today - (ctx.today.weekday - friday) % 7
  return ctx:command("plan week", { on = last_friday + 3 })
end }
