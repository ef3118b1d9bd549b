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

test "a suspect whom we can reach and know becomes a prospect by itself" {
  given = function(t)
    t.client = client { status = "suspect", industry = "medical", email = "a@b.example" }
  end,
  expect_promoted = { "client", to = "prospect" },
}

test "a new contact makes the client a prospect by itself" {
  given = function(t)
    t.client = client { status = "suspect", industry = "medical" }
    contact { client = t.client, name = "Anna" }
  end,
  expect_promoted = { "client", to = "prospect" },
}

test "a won deal makes the client a customer by itself, several stages in a row" {
  given = function(t)
    t.client = client { status = "suspect", industry = "medical", email = "a@b.example" }
    deal { client = t.client, stage = "won" }
  end,
  expect_promoted = { "client", to = "customer" },
}

test "who bought twice and is satisfied is loyal by itself" {
  given = function(t)
    t.client = client { status = "customer", satisfaction = 5 }
    deal { client = t.client, stage = "won" }
    deal { client = t.client, stage = "won" }
  end,
  expect_promoted = { "client", to = "loyal" },
}

test "nobody is promoted whose criteria do not pass" {
  given = function(t) t.client = client { status = "suspect", industry = "medical" } end,
  expect_promoted = { "client", to = "suspect" },
}

test "who bought can be reached" {
  given = function(t)
    t.client = client { status = "suspect", industry = "medical" }
    deal { client = t.client, stage = "won" }
  end,
  expect_allowed = { "client", to = "prospect" },
}
