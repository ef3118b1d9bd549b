-- What the purchase gives the client. Found in needs analysis, in the client's own words.

kind "need" {
  plural = "needs",
  belongs_to = "deal",
  name_field = "statement",
  title = "Need", title_ru = "Потребность",
  text    "statement"    { required = true, title_ru = "Формулировка", help = "in the client's own words" },
  choice  "benefit"      { "revenue", "cost", "ease", "image", required = true, title_ru = "Выгода",
                           help = "more revenue, less cost, easier work, or image" },
  money   "amount"       { title_ru = "Выгода в деньгах", help = "what it is worth to the client per year" },
  integer "priority"     { min = 1, max = 9, title_ru = "Приоритет", help = "1 is the most important" },
  boolean "confirmed"    { default = false, title_ru = "Подтверждена", help = "the client said: yes, that is it" },
  instant "confirmed_at" { title_ru = "Когда подтверждена", help = "set when it is confirmed" },
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

rollup "deal.confirmed_needs"  { count "need" { confirmed = true } }
rollup "deal.first_confirmed"  { minimum "need.confirmed_at" { confirmed = true } }
rollup "deal.benefit"          { sum "need.amount" { confirmed = true } }
