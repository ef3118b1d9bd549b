-- Added value: what we add that others do not, for a product and a group of clients. It is built and believed in before
-- it is cited by a deal.

kind "value_statement" {
  plural = "value_statements",
  name_field = "statement",
  title = "Value statement", title_ru = "Формула ценности",
  text "statement" { required = true, title_ru = "Формулировка", help = "what we add that others do not, in one sentence",
    help_ru = "что даём мы и не дают другие, одной фразой" },
  ref  "product"   { to = "product", title_ru = "Продукт", help = "unset: any", help_ru = "не задано – любой" },
  ref  "segment"   { to = "segment", title_ru = "Сегмент", help = "the group of clients that it is for; unset: any",
    help_ru = "группа клиентов, для которой это; не задано – любая" },
  text "evidence"  { long = true, title_ru = "Чем подтверждается", help = "why we believe it ourselves",
    help_ru = "почему мы сами в это верим" },
  ref  "owner"     { to = "user", title_ru = "Ответственный" },
}
