local function write_to(values, count)
  for _ = 1, count do
    local mail = { type = "mail", state = "held" }
    for name, value in pairs(values) do mail[name] = value end
    activity(mail)
  end
end

local function stranger(t)
  t.client = client { status = "suspect", industry = "medical", email = "a@b.example" }
  t.ann = contact { client = t.client, name = "Ann" }
end

test "a prospect who got mail only is better met before the deal" {
  given = function(t)
    t.client = client { status = "prospect", industry = "medical", email = "a@b.example" }
    write_to({ client = t.client, contact = contact { client = t.client } }, 3)
    deal { client = t.client, stage = "won" }
  end,
  expect_allowed = { "client", to = "customer", advice = { "no_wall_of_mail" } },
}

test "three mails in a row to somebody whom nobody met or called are a wall" {
  given = function(t)
    stranger(t)
    write_to({ client = t.client, contact = t.ann }, 3)
  end,
  expect = function(t) return contains(t.client.wall_of_mail, "3 mails in a row to Ann"), t.client.wall_of_mail end,
}

test "two mails are none, and neither are mails that are only planned" {
  given = function(t)
    stranger(t)
    write_to({ client = t.client, contact = t.ann }, 2)
    write_to({ client = t.client, contact = t.ann, state = "planned" }, 2)
  end,
  expect = function(t) return t.client.wall_of_mail == nil end,
}

test "a call takes the wall down" {
  given = function(t)
    stranger(t)
    write_to({ client = t.client, contact = t.ann }, 4)
    activity { type = "call", state = "held", client = t.client, contact = t.ann }
  end,
  expect = function(t) return t.client.wall_of_mail == nil end,
}

test "who knows a colleague of theirs still writes to a stranger" {
  given = function(t)
    stranger(t)
    write_to({ client = t.client, contact = t.ann }, 3)
    activity { type = "meeting", state = "held", client = t.client, contact = contact { client = t.client, name = "Bob" } }
  end,
  expect = function(t) return contains(t.client.wall_of_mail, "Ann") end,
}

test "mails to nobody in particular build a wall too" {
  given = function(t)
    stranger(t)
    write_to({ client = t.client }, 3)
  end,
  expect = function(t)
    for _, item in ipairs(t.client:why().items) do
      if item.id == "no_wall_of_mail" then return item.outcome == "fail" and item.level == "should" and item.fix == "call #" .. t.client.id .. ' 10m "…"' end
    end
    return false, "the criterion is missing"
  end,
}
