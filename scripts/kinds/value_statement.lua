-- Added value: what we add that others do not, for a product and a group of clients. It is built and believed in before
-- it is cited by a deal.

kind "value_statement" {
  plural = "value_statements",
  name_field = "statement",
  title = "Value statement", title_ru = "Формула ценности",
  text "statement" { required = true, title_ru = "Формулировка", help = "what we add that others do not, in one sentence" },
  ref  "product"   { to = "product", title_ru = "Продукт", help = "unset: any" },
  text "segment"   { title_ru = "Сегмент", help = "the group of clients that it is for; unset: any" },
  text "evidence"  { long = true, title_ru = "Чем подтверждается", help = "why we believe it ourselves" },
  ref  "owner"     { to = "user", title_ru = "Ответственный" },
}
