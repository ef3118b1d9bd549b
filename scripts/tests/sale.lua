test "a deal without client and owner stays in prospecting" {
  given = function(t) t.deal = deal { stage = "prospecting" } end,
  expect_blocked = { "deal", to = "qualifying", by = { "client", "owner" } },
}

test "a deal with both moves on" {
  given = function(t) t.deal = deal { stage = "prospecting", client = client {}, owner = user {} } end,
  expect_allowed = { "deal", to = "qualifying" },
}

test "a client that does not fit is not worth a needs analysis" {
  given = function(t) t.deal = deal { stage = "qualifying", client = client {}, value_statement = "cheaper by half" } end,
  expect_blocked = { "deal", to = "needs_analysis", by = { "fit" } },
}

test "our value must be written down" {
  given = function(t)
    t.deal = deal { stage = "qualifying", client = client { industry = "medical", email = "a@b.example" } }
  end,
  expect_blocked = { "deal", to = "needs_analysis", by = { "value" } },
}

test "no presentation before a confirmed need" {
  given = function(t)
    t.deal = deal { stage = "needs_analysis" }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost" }
  end,
  expect_blocked = { "deal", to = "presentation", by = { "confirmed_need" } },
}

test "a confirmed need opens the presentation" {
  given = function(t)
    t.deal = deal { stage = "needs_analysis" }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true }
  end,
  expect_allowed = { "deal", to = "presentation" },
}

test "what is sold and for how much is said in the presentation" {
  given = function(t) t.deal = deal { stage = "presentation" } end,
  expect_blocked = { "deal", to = "proof", by = { "product", "amount" } },
}

test "a claim needs an accepted proof" {
  given = function(t)
    t.deal = deal { stage = "proof" }
    proof { deal = t.deal, claim = "half the waiting time", type = "reference" }
  end,
  expect_blocked = { "deal", to = "closing", by = { "accepted_proof" } },
}

test "a contract has a date, an amount and a name" {
  given = function(t) t.deal = deal { stage = "closing" } end,
  expect_blocked = { "deal", to = "won", by = { "contract", "amount", "decision_maker" } },
}

test "an amount of zero is no contract" {
  given = function(t)
    local buyer = client {}
    t.deal = deal { stage = "closing", client = buyer, contract_date = today(), amount = amount(0, "USD"),
      decision_maker = contact { client = buyer } }
  end,
  expect_blocked = { "deal", to = "won", by = { "amount" } },
}

test "a loss needs a reason and a note" {
  given = function(t) t.deal = deal { stage = "presentation" } end,
  expect_blocked = { "deal", to = "lost", by = { "lost_reason", "lost_note" } },
}
