-- What came back from a campaign: cards, questionnaires, requests, replies, visits. Each must reach an outcome.

extend "response" {
  text    "role"      { title_ru = "Должность" },
  text    "notes"     { long = true, title_ru = "Заметки", help = "whatever else the card says",
    help_ru = "что ещё сказано на визитке" },
  ref     "owner"     { to = "user", title_ru = "Ответственный", help = "who is to work it", help_ru = "кто его обработает" },
  instant "worked_at" { title_ru = "Обработан", help = "when it reached its outcome", help_ru = "когда получил итог" },
}

rollup "campaign.answers"      { count "response", title = "Responses", title_ru = "Откликов" }
rollup "campaign.unworked"     { count "response" { outcome = unset }, title_ru = "Не обработано",
                                 help = "responses that nobody has looked at",
                                   help_ru = "отклики, на которые никто не посмотрел" }
rollup "campaign.first_worked" { minimum "response.worked_at", title_ru = "Первый обработан" }

on "response.created" (function(response, ctx)
  local set = {}
  if response.received_at == nil then set.received_at = ctx.now end
  if response.outcome ~= nil and response.worked_at == nil then set.worked_at = ctx.now end
  if next(set) ~= nil then ctx:set(response, set) end
end)

on "response.changed.outcome" (function(response, old, new, ctx)
  if new == nil then
    ctx:set(response, { worked_at = unset })
  elseif old == nil or response.worked_at == nil then
    ctx:set(response, { worked_at = ctx.now })
  end
end)
