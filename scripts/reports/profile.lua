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
  columns = answer.columns,
  rows = answer.rows,
}
