stage "relationship.loyal" {
  title = "Loyal customer", title_ru = "Лояльный клиент",
  purpose = "Buys again and recommends us.", purpose_ru = "Покупает снова и рекомендует нас.",
  auto = true,
}
