-- What the purchase gives the client. Found in needs analysis, in the client's own words.

kind "need" {
  plural = "needs",
  belongs_to = "deal",
  name_field = "statement",
  title = "Need", title_ru = "Потребность",
  text    "statement"    { required = true, title_ru = "Формулировка", help = "in the client's own words",
    help_ru = "словами клиента" },
  choice  "benefit"      { "revenue", "cost", "ease", "image",
    titles_ru = { "доход", "расходы", "удобство", "имидж" }, required = true, title_ru = "Выгода",
                           help = "more revenue, less cost, easier work, or image",
                           help_ru = "больше доход, меньше расходы, легче работа или имидж" },
  money   "amount"       { title_ru = "Выгода в деньгах", help = "what it is worth to the client per year",
    help_ru = "сколько это даёт клиенту в год" },
  integer "priority"     { min = 1, max = 9, title_ru = "Приоритет", help = "1 is the most important",
    help_ru = "1 – самое важное" },
  boolean "confirmed"    { default = false, title_ru = "Подтверждена", help = "the client said: yes, that is it",
    help_ru = "клиент сказал: да, именно так" },
  instant "confirmed_at" { title_ru = "Когда подтверждена", help = "set when it is confirmed",
    help_ru = "ставится при подтверждении" },
}

on "need.created" (function(need, ctx)
  if need.confirmed and need.confirmed_at == nil then ctx:set(need, { confirmed_at = ctx.now }) end
end)

on "need.changed.confirmed" (function(need, _, confirmed, ctx)
  if not confirmed then
    ctx:set(need, { confirmed_at = unset })
  elseif need.confirmed_at == nil then
    ctx:set(need, { confirmed_at = ctx.now })
  end
end)

rollup "deal.confirmed_needs"  { count "need" { confirmed = true }, title_ru = "Подтверждённых потребностей" }
rollup "deal.first_confirmed"  { minimum "need.confirmed_at" { confirmed = true }, title_ru = "Первое подтверждение" }
rollup "deal.benefit"          { sum "need.amount" { confirmed = true }, title_ru = "Выгода клиента" }
