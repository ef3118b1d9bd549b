-- How a campaign goes, by its type. None of them ends, not even cancelled, while a response waits.

process "mailing" {
  title = "Mailing", title_ru = "Рассылка",
  kind = "campaign", field = "stage", where = { type = "mailing" },
  stages = { "draft", "trial", "review", "full" },
  ends = { won = "closed", closed = "cancelled" },
  skip = false, back = "with reason",
}

process "exhibition" {
  title = "Exhibition", title_ru = "Выставка",
  kind = "campaign", field = "stage", where = { type = "exhibition" },
  stages = { "preparing", "inviting", "running", "following_up" },
  ends = { won = "closed", closed = "cancelled" },
  skip = false, back = "with reason",
}

process "promotion" {
  title = "Promotion", title_ru = "Продвижение",
  kind = "campaign", field = "stage", where = { type = one_of { "advertising", "other" } },
  stages = { "planned", "running", "following_up" },
  ends = { won = "closed", closed = "cancelled" },
  skip = false, back = "with reason",
}
