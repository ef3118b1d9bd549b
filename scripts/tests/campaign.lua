-- Mailings --------------------------------------------------------------------------------------------------------

test "a mailing without message, target group and sample stays a draft" {
  given = function(t) t.mailing = campaign { name = "Spring", type = "mailing" } end,
  expect_blocked = { "mailing", to = "trial", by = { "message", "target_group", "sample" } },
}

test "a target group to which nobody belongs is none" {
  given = function(t)
    t.mailing = campaign { name = "Рассылка", type = "mailing", message = "Hello",
      target_group = segment { name = "empty", condition = "industry=medical" } }
  end,
  expect_blocked = { "mailing", to = "trial", by = { "target_group", "sample" } },
}

test "a mailing with a message, somebody to write to and a sample goes on trial" {
  given = function(t)
    local clinic = client { industry = "medical" }
    t.mailing = campaign { name = "Spring", type = "mailing", message = "Hello",
      target_group = segment { name = "clinics", condition = "industry=medical" } }
    recipient { campaign = t.mailing, client = clinic, wave = "trial" }
  end,
  expect_allowed = { "mailing", to = "trial" },
}

test "a trial is not over before it was sent" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "trial" }
    recipient { campaign = t.mailing, client = client {}, wave = "trial" }
  end,
  expect_blocked = { "mailing", to = "review", by = { "sent" } },
}

local function trial_sent(t, day)
  t.mailing = campaign { name = "Spring", type = "mailing", stage = "trial" }
  recipient { campaign = t.mailing, client = client {}, wave = "trial", sent_on = day }
end

test "a trial that had its week is reviewed" {
  given = function(t) trial_sent(t, date "2025-12-25") end,
  expect_allowed = { "mailing", to = "review", advice = {} },
}

test "a trial that was sent yesterday had no time to be answered" {
  given = function(t) trial_sent(t, date "2025-12-31") end,
  expect_allowed = { "mailing", to = "review", advice = { "time" } },
}

test "the full mailing is refused before the trial was reviewed and the correction noted" {
  given = function(t) t.mailing = campaign { name = "Spring", type = "mailing", stage = "review" } end,
  expect_blocked = { "mailing", to = "full", by = { "reviewed", "correction" } },
}

test "a reviewed and corrected trial opens the full mailing" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "review", trial_rate = 0.04,
      correction = "a shorter subject" }
  end,
  expect_allowed = { "mailing", to = "full" },
}

test "a mailing with an unworked response can't be closed" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "full" }
    response { campaign = t.mailing, email = "ivan@acme.example" }
  end,
  expect_blocked = { "mailing", to = "closed", by = { "worked" } },
}

test "a mailing is not closed before everybody got it" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "full" }
    recipient { campaign = t.mailing, client = client {}, wave = "full" }
  end,
  expect_blocked = { "mailing", to = "closed", by = { "sent" } },
}

test "a mailing whose responses are worked is closed" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "full" }
    response { campaign = t.mailing, email = "ivan@acme.example", outcome = "dismissed", reason = "a student" }
  end,
  expect_allowed = { "mailing", to = "closed" },
}

-- Exhibitions -----------------------------------------------------------------------------------------------------

local function prepared(t)
  t.fair = campaign { name = "Выставка", type = "exhibition", starts_on = date "2025-12-20", ends_on = date "2025-12-31",
    cost = amount(5000, "USD"), message = "half the waiting" }
  t.ann = user { name = "Ann Lee" }
  t.item = checklist_item { campaign = t.fair, what = "book the stand", stage = "preparing", who = t.ann,
    due = date "2025-12-01" }
end

test "an exhibition is prepared with dates, cost, message and a checklist" {
  given = function(t) t.fair = campaign { name = "Expo", type = "exhibition" } end,
  expect_blocked = { "fair", to = "inviting", by = { "dates", "cost", "message", "checklist" } },
}

test "an item of the checklist that is not done holds the exhibition" {
  given = function(t) prepared(t) end,
  expect_blocked = { "fair", to = "inviting", by = { "prepared" } },
}

test "an item without who or until when is no checklist" {
  given = function(t)
    prepared(t)
    checklist_item { campaign = t.fair, what = "напечатать каталоги", stage = "preparing", done = true }
  end,
  expect_blocked = { "fair", to = "inviting", by = { "checklist", "prepared" } },
}

test "somebody is invited before it runs" {
  given = function(t)
    prepared(t)
    t.late = campaign { name = "Expo", type = "exhibition", stage = "inviting", starts_on = date "2026-02-01" }
  end,
  expect_blocked = { "late", to = "running", by = { "invited" } },
}

-- Ann was invited on that day to a fair on 1 February.
local function inviting(t, day)
  prepared(t)
  t.fair = campaign { name = "Expo", type = "exhibition", stage = "inviting", starts_on = date "2026-02-01" }
  invitation { campaign = t.fair, contact = contact { client = client {} }, invited_on = day }
end

test "who was invited two weeks before can plan to come" {
  given = function(t) inviting(t, date "2026-01-01") end,
  expect_allowed = { "fair", to = "running", advice = {} },
}

test "an invitation in the last week comes late" {
  given = function(t) inviting(t, date "2026-01-28") end,
  expect_allowed = { "fair", to = "running", advice = { "in_time" } },
}

test "what is to be done to invite them holds the exhibition" {
  given = function(t)
    inviting(t, date "2026-01-01")
    checklist_item { campaign = t.fair, what = "call who did not answer", stage = "inviting", who = t.ann, due = date "2026-01-20" }
  end,
  expect_blocked = { "fair", to = "running", by = { "invitations_done" } },
}

test "an exhibition is over when it ends, and when the stand is down" {
  given = function(t)
    prepared(t)
    t.fair = campaign { name = "Expo", type = "exhibition", stage = "running", ends_on = date "2026-01-02" }
    response { campaign = t.fair, email = "ivan@acme.example" }
    checklist_item { campaign = t.fair, what = "take the stand down", stage = "running", who = t.ann, due = date "2026-01-02" }
  end,
  expect_blocked = { "fair", to = "following_up", by = { "over", "stand_done" } },
}

test "an exhibition that ran without writing down one card does not go on" {
  given = function(t)
    t.fair = campaign { name = "Expo", type = "exhibition", stage = "running", starts_on = date "2025-12-20",
      ends_on = date "2025-12-31" }
  end,
  expect_blocked = { "fair", to = "following_up", by = { "cards" } },
}

test "follow-up that began in time and reached everyone closes the exhibition" {
  given = function(t)
    t.fair = campaign { name = "Expo", type = "exhibition", stage = "following_up", ends_on = date "2025-12-31" }
    response { campaign = t.fair, email = "a@acme.example", outcome = "dismissed", reason = "a competitor" }
  end,
  expect_allowed = { "fair", to = "closed" },
}

test "follow-up that began a week after the end is signed for or not closed" {
  given = function(t)
    t.fair = campaign { name = "Expo", type = "exhibition", stage = "following_up", ends_on = date "2025-12-25" }
    response { campaign = t.fair, email = "a@acme.example", outcome = "dismissed", reason = "a competitor" }
  end,
  expect_blocked = { "fair", to = "closed", by = { "prompt" } },
}

test "what is to be done after the exhibition keeps it open" {
  given = function(t)
    prepared(t)
    t.fair = campaign { name = "Expo", type = "exhibition", stage = "following_up", ends_on = date "2025-12-31" }
    checklist_item { campaign = t.fair, what = "thank the helpers", stage = "following_up", who = t.ann, due = date "2026-01-05" }
  end,
  expect_blocked = { "fair", to = "closed", by = { "followed_up" } },
}

test "an exhibition with an unworked response can't be closed" {
  given = function(t)
    t.fair = campaign { name = "Expo", type = "exhibition", stage = "following_up", ends_on = date "2025-12-31" }
    response { campaign = t.fair, email = "a@acme.example", outcome = "dismissed", reason = "a competitor" }
    response { campaign = t.fair, email = "b@acme.example" }
  end,
  expect_blocked = { "fair", to = "closed", by = { "worked" } },
}

-- Others ----------------------------------------------------------------------------------------------------------

test "an advertisement runs when it is known what it says and costs" {
  given = function(t) t.advert = campaign { name = "Газета", type = "advertising" } end,
  expect_blocked = { "advert", to = "running", by = { "message", "cost" } },
}

test "an advertisement that says something for a price runs" {
  given = function(t)
    t.advert = campaign { name = "Газета", type = "advertising", message = "Hello", cost = amount(300, "USD") }
  end,
  expect_allowed = { "advert", to = "running" },
}

test "an advertisement that nobody answered is closed" {
  given = function(t) t.advert = campaign { name = "Газета", type = "advertising", stage = "following_up" } end,
  expect_allowed = { "advert", to = "closed" },
}

-- Each of the three processes may be left for good, but not past a response that waits.
for _, type in ipairs { "mailing", "exhibition", "advertising" } do
  test("a campaign without responses may be cancelled: " .. type) {
    given = function(t) t.campaign = campaign { name = "Spring", type = type } end,
    expect_allowed = { "campaign", to = "cancelled" },
  }
  test("a response that waits forbids to cancel: " .. type) {
    given = function(t)
      t.campaign = campaign { name = "Spring", type = type }
      response { campaign = t.campaign, email = "ivan@acme.example" }
    end,
    expect_blocked = { "campaign", to = "cancelled", by = { "worked" } },
  }
end

test "an advertisement with an unworked response can't be closed" {
  given = function(t)
    t.advert = campaign { name = "Газета", type = "advertising", stage = "following_up" }
    response { campaign = t.advert, type = "request", phone = "+7 495 123-45-67" }
  end,
  expect_blocked = { "advert", to = "closed", by = { "worked" } },
}

-- Trials ----------------------------------------------------------------------------------------------------------

local trials = require "trials"

-- Wilson's interval of 1 in 10: 1.79 % to 40.42 % (Wilson 1927; the same in R's prop.test(1, 10, correct = FALSE)).
test "an answer counts for the recipient it is of, and the interval is Wilson's" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "trial" }
    for i = 1, 10 do
      local acme = client { name = "Clinic " .. i, email = "info@c" .. i .. ".example" }
      recipient { campaign = t.mailing, client = acme, wave = "trial", sent_on = today() }
    end
    response { campaign = t.mailing, type = "reply", email = "Info+x@C3.example" }
    response { campaign = t.mailing, type = "reply", email = "info@c4.example", outcome = "dismissed", reason = "out of office" }
    response { campaign = t.mailing, type = "reply", email = "nobody@known.example" }
  end,
  expect = function(t)
    local rows, all = trials.rates(t.mailing, "trial")
    local function near(a, b) return math.abs(a - b) < 0.0001 end
    return #rows == 1 and all.sent == 10 and all.answered == 1
      and near(all.rate, 0.1) and near(all.low, 0.0179) and near(all.high, 0.4042),
      tostring(all.answered) .. " of " .. tostring(all.sent) .. ", " .. tostring(all.low) .. " to " .. tostring(all.high)
  end,
}

-- A pooled z of 15/100 against 5/100: z = 2.357, p = 0.0184 (Agresti, Categorical Data Analysis, 3.1).
test "two variants that differ more than chance explains are told apart" {
  expect = function()
    local said = trials.comparison {
      trials.with_rate { variant = "A", sent = 100, answered = 5 }, trials.with_rate { variant = "B", sent = 100, answered = 15 },
    }
    return contains(said, "B − A = 10.0") and contains(said, "p = 0.018") and contains(said, "hardly chance"), said
  end,
}

test "a difference that chance explains is called so" {
  expect = function()
    local said = trials.comparison {
      trials.with_rate { variant = "A", sent = 50, answered = 3 }, trials.with_rate { variant = "B", sent = 50, answered = 4 },
    }
    return contains(said, "chance alone"), said
  end,
}
