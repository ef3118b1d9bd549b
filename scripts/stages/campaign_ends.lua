-- The two ends of each process. Neither is reached while a response waits.

local campaign_rules = require "campaign_rules"

stage "mailing.closed" {
  title = "Closed", title_ru = "Закрыта",
  enter = {
    must "worked" {
      "every response has an outcome", text_ru = "у каждого отклика есть итог",
      check = campaign_rules.is_worked,
      fix = "report followup campaign={campaign}",
    },
  },
}

stage "mailing.cancelled" {
  title = "Cancelled", title_ru = "Отменена",
  enter = {
    must "worked" {
      "every response has an outcome", text_ru = "у каждого отклика есть итог",
      check = campaign_rules.is_worked,
      fix = "report followup campaign={campaign}",
    },
  },
}

stage "exhibition.closed" {
  title = "Closed", title_ru = "Закрыта",
  enter = {
    must "worked" {
      "every response has an outcome", text_ru = "у каждого отклика есть итог",
      check = campaign_rules.is_worked,
      fix = "report followup campaign={campaign}",
    },
  },
}

stage "exhibition.cancelled" {
  title = "Cancelled", title_ru = "Отменена",
  enter = {
    must "worked" {
      "every response has an outcome", text_ru = "у каждого отклика есть итог",
      check = campaign_rules.is_worked,
      fix = "report followup campaign={campaign}",
    },
  },
}

stage "promotion.closed" {
  title = "Closed", title_ru = "Закрыта",
  enter = {
    must "worked" {
      "every response has an outcome", text_ru = "у каждого отклика есть итог",
      check = campaign_rules.is_worked,
      fix = "report followup campaign={campaign}",
    },
  },
}

stage "promotion.cancelled" {
  title = "Cancelled", title_ru = "Отменена",
  enter = {
    must "worked" {
      "every response has an outcome", text_ru = "у каждого отклика есть итог",
      check = campaign_rules.is_worked,
      fix = "report followup campaign={campaign}",
    },
  },
}
