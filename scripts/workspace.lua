-- dealwright: api=1
-- The default workspace: a sales process that has been used, as a start for your own.

workspace {
  name = "Dealwright default",
  currency = "USD",
  languages = { "en", "ru" },
}
