-- Material is kept in parts; a kit is a concrete selection for one client with a concrete letter. That gets read.

kind "material" {
  plural = "materials", title = "Material", title_ru = "Материал",
  text   "title" { required = true, title_ru = "Название" },
  choice "type"  { "catalogue", "reference", "calculation", "comparison", "case",
    titles_ru = { "каталог", "отзыв", "расчёт", "сравнение", "пример" }, required = true, title_ru = "Вид" },
  text   "tags"  { title_ru = "Метки",
    help = "words that say whom it is for, parted by commas: medical, cost, scanner",
    help_ru = "слова, для кого это, через запятую: medical, cost, сканер" },
  text   "file"  { title_ru = "Файл", help = "where it lies", help_ru = "где лежит" },
  url    "url"   { title_ru = "Ссылка" },
  text   "gist"  { title_ru = "Суть",
    help = "one sentence for the letter: what the reader gets from it", help_ru = "фраза для письма: что это даёт читателю" },
}

kind "kit" {
  belongs_to = "client", plural = "kits", title = "Kit", title_ru = "Подборка",
  text "title"    { required = true, title_ru = "Название" },
  ref  "contact"  { to = "contact", title_ru = "Кому" },
  ref  "deal"     { to = "deal", title_ru = "Сделка" },
  ref  "owner"    { to = "user", title_ru = "Ответственный" },
  date "made_on"  { title_ru = "Составлена" },
  text "letter"   { long = true, title_ru = "Письмо" },
}

kind "kit_item" {
  belongs_to = "kit", plural = "kit_items", title = "Part of a kit", title_ru = "Часть подборки",
  ref  "material" { to = "material", required = true, title_ru = "Материал" },
  text "why"      { title_ru = "Почему", help = "the tags that chose it", help_ru = "метки, по которым выбрано" },
}

rollup "client.kits_made" { count "kit", title = "Kits", title_ru = "Подборок" }
