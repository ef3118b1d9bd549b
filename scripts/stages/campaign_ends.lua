-- The two ends of each process of a campaign. Neither is reached while a response waits.

local campaign_rules = require "campaign_rules"

local ends = {
  { name = "closed", title = "Closed", title_ru = "Закрыта" },
  { name = "cancelled", title = "Cancelled", title_ru = "Отменена" },
}

for _, process in ipairs { "mailing", "exhibition", "promotion" } do
  for _, ending in ipairs(ends) do
    stage(process .. "." .. ending.name) {
      title = ending.title, title_ru = ending.title_ru,
      enter = {
        must "worked" {
          "every response has an outcome", text_ru = "у каждого отклика есть итог",
          check = campaign_rules.is_worked,
          fix = "report followup campaign={campaign}",
        },
      },
    }
  end
end
