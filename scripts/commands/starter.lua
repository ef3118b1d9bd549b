-- starter: the records that the workspace ships.

command "starter" {
  summary = "add the records that the workspace ships: question guides, competences",
  summary_ru = "добавить поставляемые записи: памятки вопросов, компетенции",
  title = "Added", title_ru = "Добавлено", writes = true,
  params = {
    text    "kind"  { title_ru = "Вид", help = "only those of this kind", help_ru = "только этого вида" },
    boolean "again" { named = true, default = false, title_ru = "Снова",
      help = "also those that were deleted or renamed", help_ru = "и те, что удалены или переименованы" },
  },
  examples = { "starter", "starter competence", "starter question_guide again=yes" },
  columns = { text "kind" { title = "Kind", title_ru = "Вид" }, text "name" { title = "Name", title_ru = "Название" } },
  run = function(p, ctx)
    local rows = {}
    for i, record in ipairs(ctx:install(p.kind, { again = p.again })) do
      rows[i] = { record = record, kind = record.kind, name = name_of(record) }
    end
    if #rows == 0 then return rows, { tr "all of it was added before; again=yes brings back what was deleted" } end
    return rows
  end,
}
