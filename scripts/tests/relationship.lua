test "a suspect that nobody can reach stays a suspect" {
  given = function(t) t.client = client { status = "suspect" } end,
  expect_blocked = { "client", to = "prospect", by = { "reachable", "industry" } },
}

test "a contact makes a client reachable" {
  given = function(t)
    t.client = client { status = "suspect", industry = "medical" }
    contact { client = t.client, name = "Anna" }
  end,
  expect_allowed = { "client", to = "prospect" },
}

test "who never bought is no customer" {
  given = function(t) t.client = client { status = "prospect" } end,
  expect_blocked = { "client", to = "customer", by = { "bought" } },
}

test "a loyal client bought twice and is satisfied" {
  given = function(t)
    t.client = client { status = "customer", satisfaction = 3 }
    deal { client = t.client, stage = "won" }
    deal { client = t.client, stage = "won" }
  end,
  expect_blocked = { "client", to = "loyal", by = { "satisfied" } },
}
