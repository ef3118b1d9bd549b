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

test "a trial is not over before it was sent" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "trial" }
    recipient { campaign = t.mailing, client = client {}, wave = "trial" }
  end,
  expect_blocked = { "mailing", to = "review", by = { "sent" } },
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

test "nor can it be cancelled" {
  given = function(t)
    t.mailing = campaign { name = "Spring", type = "mailing", stage = "draft" }
    response { campaign = t.mailing, email = "ivan@acme.example" }
  end,
  expect_blocked = { "mailing", to = "cancelled", by = { "worked" } },
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

test "an exhibition with an unworked response can't be closed" {
  given = function(t)
    t.fair = campaign { name = "Expo", type = "exhibition", stage = "following_up", ends_on = date "2025-12-31" }
    response { campaign = t.fair, email = "a@acme.example", outcome = "dismissed", reason = "a competitor" }
    response { campaign = t.fair, email = "b@acme.example" }
  end,
  expect_blocked = { "fair", to = "closed", by = { "worked" } },
}

-- Others ----------------------------------------------------------------------------------------------------------

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
