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

-- From here on they want to know, and dislike to wait for it.
local late = { presentation = true, proof = true, closing = true, won = true }

local function held_prepared(activity)
  return activity.type == "meeting" and activity.state == "held" and activity.minutes_prepared > 0
    and activity.client ~= nil and activity.deal ~= nil and late[activity.deal.stage] == true
end

-- The first question of the client that nobody can answer.
local function unanswered(client) return client.questions:where { answered = 0 }:order_by "id":first() end

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
  should "questions_answered" {
    "who comes prepared has an answer to every question of this client",
    text_ru = "кто подготовился, может ответить на каждый вопрос этого клиента",
    only_for = held_prepared,
    check = function(activity)
      local question = unanswered(activity.client)
      if question == nil then return true end
      return false, tr("#{id} has no answer: {text}", { id = question.id, text = question.text })
    end,
    fix = "prepare {activity.client}",
  },
}
