-- Who does what until when: the items of a campaign's checklist, each for one of its stages.

kind "checklist_item" {
  belongs_to = "campaign",
  title = "Checklist item", title_ru = "Пункт списка",
  text    "what"    { required = true, title_ru = "Что" },
  text    "stage"   { required = true, title_ru = "Этап", help = "the stage that can't be left before it is done",
    help_ru = "этап, из которого нельзя выйти, пока не сделано" },
  ref     "who"     { to = "user", title_ru = "Кто" },
  date    "due"     { title_ru = "Срок" },
  boolean "done"    { default = false, title_ru = "Сделано" },
  date    "done_on" { title_ru = "Сделано когда" },
}

on "checklist_item.changed.done" (function(item, _, new, ctx)
  ctx:set(item, { done_on = new and ctx.today or unset })
end)
