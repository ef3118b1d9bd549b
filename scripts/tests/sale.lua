test "a deal without client and owner stays in prospecting" {
  given = function(t) t.deal = deal { stage = "prospecting" } end,
  expect_blocked = { "deal", to = "qualifying", by = { "client", "owner" } },
}

test "a deal with both moves on" {
  given = function(t) t.deal = deal { stage = "prospecting", client = client {}, owner = user {} } end,
  expect_allowed = { "deal", to = "qualifying" },
}

test "a client that does not fit is not worth a needs analysis" {
  given = function(t)
    t.deal = deal { stage = "qualifying", client = client {}, value = value_statement { statement = "cheaper by half" } }
  end,
  expect_blocked = { "deal", to = "needs_analysis", by = { "fit" } },
}

test "qualifying can't be left without a value statement" {
  given = function(t)
    t.deal = deal { stage = "qualifying", client = client { industry = "medical", email = "a@b.example" } }
  end,
  expect_blocked = { "deal", to = "needs_analysis", by = { "value" } },
}

test "a deal that cites our value is worth a needs analysis" {
  given = function(t)
    t.deal = deal { stage = "qualifying", client = client { industry = "medical", email = "a@b.example" },
      value = value_statement { statement = "one line for both halls" } }
  end,
  expect_allowed = { "deal", to = "needs_analysis" },
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

test "a need knows since when it is confirmed" {
  given = function(t)
    t.deal = deal {}
    t.need = need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true }
    t.open = need { deal = t.deal, statement = "less noise", benefit = "ease" }
  end,
  expect = function(t) return t.need.confirmed_at == now() and t.open.confirmed_at == nil and t.deal.first_confirmed == now() end,
}

test "the presentation says what is sold and for how much" {
  given = function(t) t.deal = deal { stage = "presentation" } end,
  expect_blocked = { "deal", to = "proof", by = { "product", "quoted" } },
}

test "no price is told before a confirmed need" {
  given = function(t)
    t.deal = deal { stage = "presentation", product = product {}, quoted = amount(900, "USD") }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost" }
  end,
  expect_blocked = { "deal", to = "proof", by = { "benefit_first" } },
}

test "a price that was told before the need was confirmed came too early" {
  given = function(t)
    t.deal = deal { stage = "presentation", product = product {}, quoted = amount(900, "USD"), quoted_at = now() - days(2) }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true }
  end,
  expect_blocked = { "deal", to = "proof", by = { "benefit_first" } },
}

test "a price behind a confirmed need is a price in its place" {
  given = function(t)
    t.deal = deal { stage = "presentation", product = product {} }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true, confirmed_at = now() - days(1) }
    t.deal = deal { stage = "presentation", product = product {}, quoted = amount(900, "USD") }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true, confirmed_at = now() - days(1) }
  end,
  expect_allowed = { "deal", to = "proof" },
  expect = function(t) return t.deal.amount == amount(900, "USD") and t.deal.first_quoted_at == now() end,
}

test "a claim that the client did not accept proves nothing" {
  given = function(t)
    t.deal = deal { stage = "proof" }
    local first = need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true }
    proof { deal = t.deal, need = first, claim = "half the waiting time", type = "reference" }
  end,
  expect_blocked = { "deal", to = "closing", by = { "accepted_proof" } },
}

test "an accepted proof of a lesser need is not enough" {
  given = function(t)
    t.deal = deal { stage = "proof" }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true, priority = 1 }
    local lesser = need { deal = t.deal, statement = "looks modern", benefit = "image", confirmed = true, priority = 2 }
    proof { deal = t.deal, need = lesser, claim = "a prize for design", type = "certificate", accepted = true }
  end,
  expect_blocked = { "deal", to = "closing", by = { "accepted_proof" } },
}

test "an accepted proof for the need that matters most opens the closing" {
  given = function(t)
    t.deal = deal { stage = "proof" }
    local first = need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true, priority = 1 }
    need { deal = t.deal, statement = "looks modern", benefit = "image", confirmed = true }
    proof { deal = t.deal, need = first, claim = "half the waiting time", type = "reference", accepted = true }
  end,
  expect_allowed = { "deal", to = "closing" },
}

test "a contract has a date, an amount and a name" {
  given = function(t) t.deal = deal { stage = "closing" } end,
  expect_blocked = { "deal", to = "won", by = { "contract", "amount", "decision_maker" } },
}

local function ready_contract(sum)
  local buyer = client {}
  return deal { stage = "closing", client = buyer, contract_date = today(), amount = amount(sum, "USD"),
    decision_maker = contact { client = buyer } }
end

test "an amount of zero is no contract" {
  given = function(t) t.deal = ready_contract(0) end,
  expect_blocked = { "deal", to = "won", by = { "amount" } },
}

test "no contract while an objection stands that rules it out" {
  given = function(t)
    t.deal = ready_contract(900)
    objection { deal = t.deal, statement = "no service in our town", type = "other", must_have = true }
  end,
  expect_blocked = { "deal", to = "won", by = { "must_haves" } },
}

test "what was resolved and what is a matter of taste stop no contract" {
  given = function(t)
    t.deal = ready_contract(900)
    objection { deal = t.deal, statement = "no service in our town", type = "other", must_have = true, resolved = true, answer = "now there is" }
    objection { deal = t.deal, statement = "not in blue", type = "other" }
  end,
  expect_allowed = { "deal", to = "won" },
}

test "a loss needs a reason and a note" {
  given = function(t) t.deal = deal { stage = "presentation" } end,
  expect_blocked = { "deal", to = "lost", by = { "lost_reason", "lost_note" } },
}

test "a loss needs a reason of the list" {
  given = function(t) t.deal = deal { stage = "presentation", lost_reason = "the weather", lost_note = "it rained" } end,
  expect_blocked = { "deal", to = "lost", by = { "lost_reason" } },
}

test "winning a deal promotes its client" {
  given = function(t)
    t.client = client { status = "prospect" }
    deal { stage = "won", client = t.client }
  end,
  expect_promoted = { "client", to = "customer" },
}
