-- What the client says against buying, and what we answer.

kind "objection" {
  plural = "objections",
  belongs_to = "deal",
  name_field = "statement",
  title = "Objection", title_ru = "Возражение",
  text    "statement" { required = true, title_ru = "Формулировка", help = "in the client's own words" },
  choice  "type"      { "price", "timing", "competitor", "authority", "trust", "need", "other", required = true,
                        title_ru = "Вид" },
  text    "answer"    { long = true, title_ru = "Ответ", help = "what we say to it" },
  boolean "resolved"  { default = false, title_ru = "Снято", help = "the client no longer says so" },
  boolean "must_have" { default = false, title_ru = "Обязательное", help = "no contract while it stands" },
  instant "raised_at" { title_ru = "Когда высказано", help = "now unless told" },
}

on "objection.created" (function(objection, ctx)
  if objection.raised_at == nil then ctx:set(objection, { raised_at = ctx.now }) end
end)

rollup "deal.price_objections"  { count "objection" { type = "price" } }
rollup "deal.open_must_haves"   { count "objection" { must_have = true, resolved = false } }
