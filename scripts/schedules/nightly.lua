-- What no command can notice: time that went by, and rules that became milder.

every "day 03:00" { "promote who is ready", title_ru = "повысить тех, кто готов", run = function(ctx)
  return ctx:command "promote"
end }
