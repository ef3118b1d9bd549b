local function meeting_at(t, stage, prepared)
  t.client = client {}
  t.deal = deal { client = t.client, stage = stage }
  t.question = question { client = t.client, text = "How long is the warranty?" }
  t.meeting = activity { type = "meeting", state = "held", client = t.client, deal = t.deal, minutes_prepared = prepared }
end

local function outcome_of(record, id)
  for _, item in ipairs(record:accepted().items) do
    if item.id == id then return item.outcome, item.detail end
  end
end

test "who comes prepared to a presentation can answer every question" {
  given = function(t) meeting_at(t, "presentation", 60) end,
  expect = function(t)
    local outcome, detail = outcome_of(t.meeting, "questions_answered")
    return outcome == "fail" and contains(detail, "How long is the warranty?"), tostring(outcome)
  end,
}

test "an answer is enough, earlier stages and unprepared meetings are not asked" {
  given = function(t)
    meeting_at(t, "proof", 60)
    answer { question = t.question, text = "two years", evidence = "contract, § 7" }
    t.early, t.unprepared = {}, {}
    meeting_at(t.early, "needs_analysis", 60)
    meeting_at(t.unprepared, "closing", nil)
  end,
  expect = function(t)
    return outcome_of(t.meeting, "questions_answered") == "pass" and outcome_of(t.early.meeting, "questions_answered") == "exempt"
      and outcome_of(t.unprepared.meeting, "questions_answered") == "exempt"
  end,
}

test "a prepared meeting that is about no deal is not asked" {
  given = function(t)
    t.meeting = activity { type = "meeting", state = "held", minutes_prepared = 60, client = client { name = "Clinic" } }
  end,
  expect = function(t) return outcome_of(t.meeting, "questions_answered") == "exempt" end,
}

test "the newest answer counts, and says what backs it" {
  given = function(t)
    t.question = question { text = "How long?" }
    answer { question = t.question, text = "two years", evidence = "contract", checked_on = today() }
    answer { question = t.question, text = "one year", checked_on = today() - 100 }
  end,
  expect = function(t) return t.question.answered == 2 and t.question.best_answer == "two years (backed by: contract)", t.question.best_answer end,
}
