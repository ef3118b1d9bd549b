-- What the client says against buying, and what we answer.

kind "objection" {
  plural = "objections",
  belongs_to = "deal",
  name_field = "statement",
  title = "Objection", title_ru = "Возражение",
  text    "statement" { required = true, title_ru = "Формулировка", help = "in the client's own words",
    help_ru = "словами клиента" },
  choice  "type"      { "price", "timing", "competitor", "authority", "trust", "need", "other",
    titles_ru = { "цена", "сроки", "конкурент", "полномочия", "доверие", "потребность", "другое" }, required = true,
                        title_ru = "Вид" },
  text    "answer"    { long = true, title_ru = "Ответ", help = "what we say to it", help_ru = "что мы отвечаем" },
  boolean "resolved"  { default = false, title_ru = "Снято", help = "the client no longer says so",
    help_ru = "клиент больше так не говорит" },
  boolean "must_have" { default = false, title_ru = "Обязательное", help = "no contract while it stands",
    help_ru = "пока не снято, договора не будет" },
  instant "raised_at" { title_ru = "Когда высказано", help = "now unless told",
    help_ru = "сейчас, если не сказано иначе" },
}

on "objection.created" (function(objection, ctx)
  if objection.raised_at == nil then ctx:set(objection, { raised_at = ctx.now }) end
end)

rollup "deal.price_objections"  { count "objection" { type = "price" }, title_ru = "Возражений по цене" }
rollup "deal.open_must_haves"   { count "objection" { must_have = true, resolved = false }, title_ru = "Неснятых препятствий" }
