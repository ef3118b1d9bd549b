local campaign_rules = require "campaign_rules"

stage "exhibition.running" {
  title = "Running", title_ru = "Идёт",
  purpose = "Work the stand: talk, listen, take cards.", purpose_ru = "Работать на стенде: говорить, слушать, брать визитки.",

  leave = {
    must "over" {
      "it is over", text_ru = "она закончилась",
      needs = { "ends_on" },
      check = function(campaign)
        return today() >= campaign.ends_on, tr("it ends on {day}", { day = campaign.ends_on })
      end,
      fix = "set {campaign} ends_on=today",
    },
    must "cards" {
      "what came back is written down", text_ru = "всё, что получено, записано",
      check = function(campaign) return campaign.answers > 0 end,
      fix = 'card "…" campaign={campaign}',
    },
    must "stand_done" {
      "what is to be done at the stand is done", text_ru = "всё, что нужно на стенде, сделано",
      check = function(campaign) return campaign_rules.is_done(campaign, "running") end,
      fix = "checklist {campaign}",
    },
  },
}
