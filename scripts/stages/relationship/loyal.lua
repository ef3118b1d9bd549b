stage "relationship.loyal" {
  title = "Loyal customer", title_ru = "Лояльный клиент",
  purpose = "Buys again and recommends us.",
  auto = true,
}
