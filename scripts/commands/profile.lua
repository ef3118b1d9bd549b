local answer = require "profile_rows"

command "profile" {
  summary = "what a group has in common", summary_ru = "что общего у группы",
  title = "What they have in common", title_ru = "Что у них общего",
  params = {
    text "condition" { rest = true, help = "the group, as behind list; alone: the best clients",
      help_ru = "группа, условием как после list; без него – лучшие клиенты" },
    ref "segment" { to = "segment", named = true, help = "the group", help_ru = "группа" },
    text "of" { named = true, help = "the kind of records; client when not said",
      help_ru = "вид записей; если не сказано – client" },
    text "among" { named = true, help = "compared with these only, as behind list",
      help_ru = "сравнивать только с этими, условием как после list" },
    text "fields" { named = true, help = "these fields only: industry,country",
      help_ru = "только эти поля: industry,country" },
    boolean "all" { named = true, help = "what is not over-represented too",
      help_ru = "и то, что встречается не чаще обычного" },
  },
  examples = { "profile", "profile won_deals>2", "profile segment=clinics", "profile of=deal stage=won" },
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
  run = answer.rows,
}
