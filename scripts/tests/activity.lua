local function task_with(values)
  values.type, values.subject = "task", "send the calculation"
  return activity(values)
end

test "a task is not done before something came of it" {
  given = function(t) t.task = task_with { state = "held" } end,
  expect_refused = { "task", by = { "task_outcome" } },
}

test "sending or forwarding a mail completes no task" {
  given = function(t) t.task = task_with { state = "held", outcome = "Forwarded to Ann" } end,
  expect_refused = { "task", by = { "more_than_a_mail" } },
}

test "отправленное письмо – не итог" {
  given = function(t) t.task = task_with { state = "held", outcome = "Отправила письмо." } end,
  expect_refused = { "task", by = { "more_than_a_mail" } },
}

test "a task is done when it says what came of it" {
  given = function(t) t.task = task_with { state = "held", outcome = "sent the contract, they signed it" } end,
  expect_accepted = { "task" },
}

test "a mail needs no outcome and a planned task none yet" {
  given = function(t)
    t.mail = activity { type = "mail", state = "held" }
    t.task = task_with { state = "planned" }
  end,
  expect_accepted = { "mail" },
  expect = function(t) return t.task.done_at == nil and t.mail.done_at == now() end,
}

test "what is still to come was not held" {
  given = function(t) t.meeting = activity { type = "meeting", state = "held", done_at = now() + 1 } end,
  expect_refused = { "meeting", by = { "in_the_past" } },
}

test "what was planned and held happened when it was planned, not later than now" {
  given = function(t)
    t.early = activity { type = "call", state = "held", due = now() - 2 }
    t.late = activity { type = "call", state = "held", due = now() + 2 }
  end,
  expect = function(t) return t.early.done_at == now() - 2 and t.late.done_at == now() end,
}

test "who cancels says why" {
  given = function(t) t.meeting = activity { type = "meeting", state = "cancelled" } end,
  expect_accepted = { "meeting", advice = { "cancelled_why" } },
}

test "a cancelled meeting with a reason is in order" {
  given = function(t) t.meeting = activity { type = "meeting", state = "cancelled", outcome = "they moved house" } end,
  expect_accepted = { "meeting", advice = {} },
}
