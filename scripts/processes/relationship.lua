-- How close a client is to us. Moved by criteria, never by editing the field.

process "relationship" {
  title = "Relationship", title_ru = "Отношения",
  kind = "client", field = "status",
  stages = { "suspect", "prospect", "customer", "loyal" },
  skip = false, back = "with reason",
}
