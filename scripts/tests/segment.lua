local segments = require "segments"

test "a segment is a condition with a name" {
  given = function(t)
    t.large = client { industry = "medical", employees = 200 }
    t.small = client { industry = "medical", employees = 20 }
    t.other = client { industry = "retail", employees = 200 }
    t.clinics = segment { name = "clinics", condition = "industry=medical employees>100" }
  end,
  expect = function(t)
    local members = segments.members(t.clinics)
    return members:count() == 1 and members:first() == t.large
      and segments.holds(t.clinics, t.large) and not segments.holds(t.clinics, t.small)
  end,
}

test "a segment of deals follows references" {
  given = function(t)
    t.deal = deal { stage = "prospecting", client = client { industry = "medical" } }
    deal { stage = "prospecting", client = client { industry = "retail" } }
    t.medical = segment { name = "medical deals", of = "deal", condition = "client.industry=medical" }
  end,
  expect = function(t) return segments.members(t.medical):count() == 1 and segments.members(t.medical):first() == t.deal end,
}

test "a segment whose condition can be read is accepted" {
  given = function(t) t.segment = segment { name = "clinics", condition = "industry=medical" } end,
  expect_accepted = { "segment" },
}

test "a segment with a misspelt field is refused" {
  given = function(t) t.segment = segment { name = "clinics", condition = "country=Poland industri=medical" } end,
  expect_refused = { "segment", by = { "condition" } },
}

test "a segment of no known kind is refused" {
  given = function(t) t.segment = segment { name = "clinics", of = "clinic", condition = "industry=medical" } end,
  expect_refused = { "segment", by = { "condition" } },
}

test "two segments have two names" {
  given = function(t)
    segment { name = "clinics", condition = "industry=medical" }
    t.segment = segment { name = "clinics", condition = "industry=health" }
  end,
  expect_refused = { "segment", by = { "name" } },
}
