local campaign_rules = require "campaign_rules"

stage "exhibition.inviting" {
  title = "Inviting", title_ru = "Приглашение",
  purpose = "The right people know where we stand, and when.", purpose_ru = "Нужные люди знают, где мы стоим и когда.",

  leave = {
    must "invited" {
      "somebody is invited", text_ru = "кто-то приглашён",
      check = function(campaign) return campaign.invited > 0 end,
      fix = "invite {campaign} …",
    },
    must "invitations_done" {
      "what is to be done to invite them is done", text_ru = "всё, что нужно для приглашения, сделано",
      check = function(campaign) return campaign_rules.is_done(campaign, "inviting") end,
      fix = "checklist {campaign}",
    },
    should "in_time" {
      "the invitations went out two weeks before", text_ru = "приглашения ушли за две недели",
      needs = { "starts_on" },
      check = function(campaign)
        local last = campaign.invitations:value(maximum "invited_on")
        return last ~= nil and campaign.starts_on - last >= 14
      end,
    },
  },
}
