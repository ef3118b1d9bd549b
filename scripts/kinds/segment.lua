-- A group of records that is worth a name: a saved condition. Campaigns and plans aim at segments; who belongs to one
-- is asked anew each time: segment clinics, list client segment=clinics, list deal client.segment=clinics.

kind "segment" {
  title = "Segment", title_ru = "Сегмент", members_of = "of", members_meet = "condition",
  text "name"      { required = true, title_ru = "Название", help = "a word that is easily typed",
    help_ru = "слово, которое легко набрать" },
  text "of"        { default = "client", title = "Kind", title_ru = "Вид записей",
    help = "what it is a group of: client, contact, deal …",
    help_ru = "группа чего: client, contact, deal …" },
  text "condition" { required = true, title = "Condition", title_ru = "Условие",
                     help = 'as typed behind list: "industry=medical employees>100"',
                       help_ru = "как пишут после list: industry=medical employees>100" },
  text "notes"     { long = true, title = "Notes", title_ru = "Заметки" },
}
