-- A plan that can't be compared with the other side's is only a wish.
local metrics = require "metrics"
local progress = require "progress"

accept "plan_item" {
  must "promise" {
    "it says what is promised and how much",
    text_ru = "указано, что обещано и сколько",
    needs = { "metric" },
    check = function(plan_item)
      local target = progress.target(plan_item)
      if target == nil and metrics.named(plan_item.metric).money then
        local title = metrics.named(plan_item.metric).title
        return false, tr("{metric} is money: its target is the field 'amount'", { metric = title })
      end
      return target ~= nil
    end,
    fix = "set {plan_item} metric=responses target=… (of revenue: metric=revenue amount=…)",
    fix_ru = "set {plan_item} metric=responses target=… (для выручки: metric=revenue amount=…)",
  },
  must "period" {
    "it has a first and a last day",
    text_ru = "есть начало и конец",
    needs = { "starts_on", "ends_on" },
    check = function(plan_item) return plan_item.starts_on <= plan_item.ends_on end,
    fix = "set {plan_item} starts_on=today ends_on=eom",
  },
  should "segment" {
    "it says whom it aims at",
    text_ru = "указано, на кого он рассчитан",
    check = function(plan_item) return plan_item.segment ~= nil end,
    fix = "set {plan_item} segment=…",
  },
}
