local campaign_rules = require "campaign_rules"

stage "exhibition.preparing" {
  title = "Preparing", title_ru = "Подготовка",
  purpose = "The stand, the people, and what we want to be remembered for.",
    purpose_ru = "Стенд, люди и то, чем мы хотим запомниться.",

  leave = {
    must "dates" {
      "it is known when it is", text_ru = "известно, когда она",
      needs = { "starts_on", "ends_on" }, check = function() return true end,
      fix = "set {campaign} starts_on=… ends_on=…",
    },
    must "cost" {
      "it is known what it costs", text_ru = "известно, во сколько она обойдётся",
      check = function(campaign) return campaign.cost ~= nil end,
      fix = "set {campaign} cost=…",
    },
    must "message" {
      "it is written what we say there", text_ru = "написано, что мы там скажем",
      check = function(campaign) return campaign.message ~= nil end,
      fix = 'set {campaign} message="…"',
    },
    must "checklist" {
      "there is a checklist: who does what until when", text_ru = "есть список: кто, что и когда делает",
      check = function(campaign)
        local items = campaign.checklist_items
        if items:count() == 0 then return false end
        local unclear = items:either { who = unset, due = unset }:count()
        if unclear == 0 then return true end
        return false, trn("{n} item lacks who or until when", "{n} items lack who or until when", unclear)
      end,
      fix = "checklist {campaign} standard=true owner=…",
    },
    must "prepared" {
      "what is to be done before is done", text_ru = "всё, что нужно до, сделано",
      check = function(campaign) return campaign_rules.is_done(campaign, "preparing") end,
      fix = "checklist {campaign}",
    },
  },
}
