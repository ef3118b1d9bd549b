-- dealwright: api=1
-- The default workspace: a sales process that has been used, as a start for your own.

workspace {
  name = "Dealwright default",
  currency = "USD",
  languages = { "en", "ru" },
  working_hours = { from = "9:00", till = "18:00", days = { "monday", "tuesday", "wednesday", "thursday", "friday" },
    pause = { from = "13:00", till = "14:00" } },
}
