-- A task is done when something came of it. That a mail went out is nothing that came of it.

local sending = { "sent", "mailed", "e-mailed", "emailed", "forwarded", "answered", "replied", "passed",
  "отправил", "отправила", "отправили", "отправлено", "переслал", "переслала", "переслали", "переслано",
  "ответил", "ответила", "ответили", "выслал", "выслала", "выслали", "выслано", "написал", "написала" }
local most_words = 3 -- "forwarded to Ann"; who writes more has something to say

local function only_sent(outcome)
  local first, count = nil, 0
  for word in outcome:gmatch "[^%s,.!;]+" do
    count = count + 1
    first = first or word:lower()
  end
  if count > most_words then return false end
  for _, verb in ipairs(sending) do
    if first == verb then return true end
  end
  return false
end

local function closes_a_task(activity) return activity.type == "task" and activity.state == "held" end

accept "activity" {
  must "task_outcome" {
    "a task is done when something came of it",
    text_ru = "задача выполнена, когда есть результат",
    only_for = closes_a_task,
    check = function(activity) return activity.outcome ~= nil end,
    fix = 'done {activity} "…"',
  },
  must "more_than_a_mail" {
    "a forwarded or answered mail is not a thing done",
    text_ru = "пересланное или отвеченное письмо – ещё не сделанное дело",
    only_for = function(activity) return closes_a_task(activity) and activity.outcome ~= nil end,
    check = function(activity) return not only_sent(activity.outcome) end,
    fix = 'done {activity} "…what they answered…"',
  },
  must "in_the_past" {
    "what was held is not in the future",
    text_ru = "состоявшееся не может быть в будущем",
    only_for = function(activity) return activity.state == "held" and activity.done_at ~= nil end,
    check = function(activity) return activity.done_at <= now() end,
    fix = "set {activity} done_at=now",
  },
  should "cancelled_why" {
    "it says why it was cancelled",
    text_ru = "записано, почему отменено",
    only_for = function(activity) return activity.state == "cancelled" end,
    check = function(activity) return activity.outcome ~= nil end,
    fix = 'set {activity} outcome="…"',
  },
}
