local campaign_rules = require "campaign_rules"

stage "exhibition.following_up" {
  title = "Following up", title_ru = "Обработка откликов",
  purpose = "Else we organise exhibitions, not a growing business.",
    purpose_ru = "Иначе мы устраиваем выставки, а не растим дело.",

  leave = {
    must "prompt" {
      "follow-up began within three days of the end", text_ru = "обработка началась не позже трёх дней после конца",
      only_for = function(campaign) return campaign.first_worked ~= nil end,
      needs = { "ends_on" },
      check = function(campaign)
        return campaign_rules.was_prompt(campaign) == true,
          trn("it began {n} day after the end", "it began {n} days after the end", campaign.first_worked.date - campaign.ends_on)
      end,
      fix = 'advance {campaign} --force --reason "…"',
    },
    must "followed_up" {
      "what is to be done afterwards is done", text_ru = "всё, что нужно после, сделано",
      check = function(campaign) return campaign_rules.is_done(campaign, "following_up") end,
      fix = "checklist {campaign}",
    },
  },
}
