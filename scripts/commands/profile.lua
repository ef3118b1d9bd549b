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
  columns = answer.columns,
  run = answer.rows,
}
