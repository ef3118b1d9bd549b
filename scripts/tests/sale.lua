test "a deal without client and owner stays in prospecting" {
  given = function(t) t.deal = deal { stage = "prospecting" } end,
  expect_blocked = { "deal", to = "qualifying", by = { "client", "owner" } },
}

test "a deal with both moves on, with the advice to find out whom to talk to" {
  given = function(t) t.deal = deal { stage = "prospecting", client = client {}, owner = user {} } end,
  expect_allowed = { "deal", to = "qualifying", advice = { "contact" } },
}

test "a deal whose client we know somebody at needs no advice" {
  given = function(t)
    t.deal = deal { stage = "prospecting", client = client {}, owner = user {} }
    contact { client = t.deal.client }
  end,
  expect_allowed = { "deal", to = "qualifying", advice = {} },
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

-- A deal about a pump whose value statement is about that product; we have met as often as said.
local function pump_deal(t, about, meetings)
  t.deal = deal { stage = "qualifying", client = client { industry = "medical", email = "a@b.example" },
    product = t.pump, value = value_statement { statement = "one line for both halls", product = about } }
  for _ = 1, meetings do activity { type = "meeting", state = "held", client = t.deal.client } end
end

test "a value of another product, and a client nobody met, are pointed out" {
  given = function(t)
    t.pump = product { name = "Pump" }
    pump_deal(t, product { name = "Насос" }, 0)
  end,
  expect_allowed = { "deal", to = "needs_analysis", advice = { "value_fits", "met" } },
}

test "a value of the product itself, told in person, is not" {
  given = function(t)
    t.pump = product { name = "Pump" }
    pump_deal(t, t.pump, 1)
  end,
  expect_allowed = { "deal", to = "needs_analysis", advice = {} },
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

local function two_needs(t, second)
  t.deal = deal { stage = "needs_analysis" }
  need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true, amount = amount(900, "USD"), priority = 1 }
  need { deal = t.deal, statement = "less noise", benefit = "ease", confirmed = true, amount = amount(100, "USD"), priority = second }
end

test "of two needs it is asked which matters most" {
  given = function(t) two_needs(t, nil) end,
  expect_allowed = { "deal", to = "presentation", advice = { "priorities" } },
}

test "needs with their worth and their order need no advice" {
  given = function(t) two_needs(t, 2) end,
  expect_allowed = { "deal", to = "presentation", advice = {} },
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
    t.deal = deal { stage = "presentation", product = product {}, quoted = amount(900, "USD"), expected_close = date "2026-02-01" }
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true, confirmed_at = now() - days(1) }
  end,
  expect_allowed = { "deal", to = "proof", advice = {} },
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

test "a loss with both is told and over" {
  given = function(t)
    t.deal = deal { stage = "presentation", lost_reason = "price", lost_note = "a cheaper offer" }
    t:move(t.deal, "lost", { reason = "price" })
  end,
  expect = function(t) return t.deal.stage == "lost" and t.deal.closed_on == today() end,
}

test "a price before a confirmed need is pointed out as soon as it is told" {
  given = function(t) t.deal = deal { quoted = amount(900, "USD") } end,
  expect_accepted = { "deal", advice = { "benefit_first" } },
}

test "a price after it is not" {
  given = function(t)
    t.deal = deal {}
    need { deal = t.deal, statement = "fewer phone calls", benefit = "cost", confirmed = true }
    t:set(t.deal, { quoted = amount(900, "USD") })
  end,
  expect_accepted = { "deal", advice = {} },
}

test "winning a deal promotes its client" {
  given = function(t)
    t.client = client { status = "prospect" }
    deal { stage = "won", client = t.client }
  end,
  expect_promoted = { "client", to = "customer" },
}
