local segments = require "segments"

stage "mailing.draft" {
  title = "Draft", title_ru = "Черновик",
  purpose = "What to say, and to whom.", purpose_ru = "Что сказать и кому.",

  leave = {
    must "message" {
      "it is written what we say", text_ru = "написано, что мы скажем",
      check = function(campaign) return campaign.message ~= nil end,
      fix = 'set {campaign} message="…"',
    },
    must "target_group" {
      "it is known to whom: a target group that is not empty", text_ru = "известно, кому: целевая группа не пуста",
      check = function(campaign)
        if campaign.target_group == nil then return false end
        return segments.members(campaign.target_group):count() > 0, tr "nobody belongs to the segment"
      end,
      fix = "set {campaign} target_group=…",
    },
    must "sample" {
      "a sample for the trial is drawn", text_ru = "выборка для пробы сделана",
      check = function(campaign) return campaign.sample > 0 end,
      fix = "trial {campaign} share=10%",
    },
  },
}
