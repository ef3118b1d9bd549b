-- What a group has in common, against all of its kind. Lift: the share in the group ÷ the share among all.

local answer = require "profile_rows"

report "profile" {
  title = "What they have in common", title_ru = "Что у них общего",
  help = "which field values are over-represented in a group: the best clients, a segment or a condition",
  help_ru = "какие значения полей встречаются в группе чаще: у лучших клиентов, в сегменте или по условию",
  params = {
    text "condition" { help = "the group, as behind list: won_deals>2",
      help_ru = "группа, условием как после list: won_deals>2" },
    ref "segment" { to = "segment", help = "the group", help_ru = "группа" },
    text "of" { help = "the kind of records; client when not said", help_ru = "вид записей; если не сказано – client" },
    text "among" { help = "compared with these only, as behind list",
      help_ru = "сравнивать только с этими, условием как после list" },
    text "fields" { help = "these fields only: industry,country", help_ru = "только эти поля: industry,country" },
    boolean "all" { help = "what is not over-represented too", help_ru = "и то, что встречается не чаще обычного" },
  },
  columns = {
    text    "title"       { title = "Field", title_ru = "Поле" },
    text    "value"       { title = "Value", title_ru = "Значение" },
    integer "group"       { title = "In the group", title_ru = "В группе" },
    percent "group_share" { title = "Share", title_ru = "Доля", decimals = 1 },
    integer "base"        { title = "Among all", title_ru = "Среди всех" },
    percent "base_share"  { title = "Share", title_ru = "Доля", decimals = 1 },
    number  "lift"        { title = "Lift", title_ru = "Кратность", decimals = 2 },
    number  "p"           { title = "Chance", title_ru = "Случайность", decimals = 4 },
    boolean "sure"        { title = "Sure", title_ru = "Надёжно" },
  },
  rows = answer.rows,
}
