#!/usr/bin/env bats
# What `accept` asks of a record, it asks whenever the record is saved.
bats_require_minimum_version 1.5.0
load support

prepare() {
  mkdir -p criteria commands
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of accept" }' >workspace.lua
  cat >criteria/client.lua <<'LUA'
accept "client" {
  must "industry" { "the industry is known", text_ru = "отрасль известна",
    check = function(client) return client.industry ~= nil, "no industry" end, fix = "set {client} industry=medical" },
  must "crowd" { "no more than two of a name's first word",
    check = function() return clients:where { country = "XX" }:count() <= 1 end },
  should "mail" { "there is an address to write to",
    check = function(client) return client.email ~= nil end, fix = "set {client} email=…" },
}
accept "user" {
  must "broken" { "never asked of Ann", only_for = function(user) return user.name ~= "Ann" end,
    check = function(user) return user.nmae end },
  must "young" { "records from before need nothing", since = date "2999-01-01", check = function() return false end },
}
on "client.created" (function(client, ctx) if client.name == "Followed" then ctx:set(client, { industry = "medical" }) end end)
LUA
  cat >commands/two.lua <<'LUA'
command "two" { summary = "two clients at once", writes = true, examples = { "two medical" }, params = { text "industry" },
  run = function(p, ctx)
    ctx:create("client", { name = "One", industry = "medical", email = "a@b.com" })
    local later = ctx:create("client", { name = "Two", email = "a@b.com" })
    if p.industry then ctx:set(later, { industry = p.industry }) end
    return "made"
  end }
LUA
}

@test "a record that is not accepted is not created, and all that is missing is told" {
  fails 1 new client Acme
  says "client Acme is not accepted: industry"
  says "the industry is known   criteria/client.lua:2"
  says "no industry"
  says "do: add industry=medical"
  says "there is an address to write to (advice)"
  works list client -f csv --columns name
  hides "Acme"
  works history -f csv
  hides "Acme"
}

@test "what only should be is told and saved" {
  works new client Acme industry=medical
  shows "new client #1 Acme"
  [[ $stderr == *"there is an address to write to (advice)"* ]]
  [[ $stderr == *"do: set #1 email="* ]]
  works new client Full industry=medical email=a@b.com
  [ -z "$stderr" ]
}

@test "set is judged, for each record, all or nothing" {
  works new client Acme industry=medical email=a@b.com
  works new client Beta industry=medical email=a@b.com
  fails 1 set 1 industry=
  says "client #1 Acme is not accepted: industry"
  says "do: set #1 industry=medical"
  fails 1 set 1 2 industry= --yes
  says "industry; and 1 more"
  works list client -f csv --columns name,industry
  shows "Acme,medical"
  shows "Beta,medical"
}

@test "the record is judged as it would be: queries see it" {
  works new client One industry=medical country=XX
  fails 1 new client Two industry=medical country=XX
  says "client Two is not accepted: crowd"
}

@test "a new record and what its actions add are judged together" {
  works new client Followed email=a@b.com
  works show client Followed
  shows "medical"
}

@test "a command's records are judged once, at its end" {
  works new user Ann
  fails 1 two
  says "client Two is not accepted: industry"
  works list client -f csv --columns name
  hides "One"
  works two medical
  works list client -f csv --columns name
  shows "Two"
}

@test "a broken criterion refuses, an exempt one does not" {
  works new user Ann
  fails 1 new user Bob
  says "user Bob is not accepted: broken (broken)"
  says "did you mean 'name'?"
}

@test "a dry run is judged too" {
  fails 1 new client Acme -n
  says "is not accepted"
  works new client Acme industry=medical -n
  shows "nothing was changed"
}

@test "undo brings back what was accepted once" {
  works new client Acme industry=medical email=a@b.com
  works set 1 email=
  sed -i 's/return client.email ~= nil/return false/; s/should "mail"/must "mail"/' criteria/client.lua
  works undo --yes
  works show 1
  shows "a@b.com"
}

@test "a Lua function is refused like the command" {
  works new user Ann
  fails 1 exec 'new("client", { name = "Acme" })'
  says "is not accepted"
  says "the industry is known"
  works exec 'new("client", { name = "Acme", industry = "medical" })'
  [[ $stderr == *"there is an address to write to"* ]]
  works exec 'print(select(2, pcall(new, "client", { name = "Beta" })).code)'
  shows "refused"
}

@test "an import rejects the row with the reason and counts what should be better" {
  printf '%s\n' 'name,industry,email' 'Good,medical,a@b.com' 'Bare,,a@b.com' 'Silent,medical,' >clients.csv
  cat >map.lua <<'LUA'
import { title = "Clients", file "clients.csv" { kind = "client", match = "name",
  column "name" { to = "name" }, column "industry" { to = "industry" }, column "email" { to = "email" } } }
LUA
  fails 65 import map.lua clients.csv
  says "clients.csv:3"
  says "not accepted: the industry is known (no industry)"
  works import map.lua clients.csv --skip-rejected --rejects bad.csv
  shows "3 rows: 2 created, 0 updated, 0 unchanged, 1 rejected"
  shows "1 rows are not all they should be"
  grep -q 'Bare,,a@b.com,.*the industry is known' bad.csv
  works list client -f csv --columns name
  hides "Bare"
}

@test "why shows the criteria of acceptance, with what they read" {
  works new client Acme industry=medical
  works why 1
  shows "client #1 Acme is accepted"
  shows "read: industry = medical"
  shows "there is an address to write to (advice)"
  works why 1 -f json
  shows '"criterion":"industry"'
}

@test "why names the record that a reference leads to" {
  cat >criteria/user.lua <<'LUA'
accept "deal" {
  must "whose" { "the client is known",
    check = function(deal) return deal.client ~= nil and deal.client.name ~= "" end },
}
LUA
  works new client Акме industry=medical email=a@b.com
  works new deal Pumps client=1
  works why 2
  shows "read: client = Акме (#1), client.name = Акме"
  works why 2 -f csv
  shows "client = Акме (#1)"
}

@test "rules list and rules show know them" {
  works rules list -f csv
  shows "must,accept.client.industry,the industry is known,criteria/client.lua:2"
  works rules show accept.client.mail
  shows 'should "mail"'
}

@test "rules test judges acceptance" {
  mkdir tests
  cat >tests/accept.lua <<'LUA'
test "no industry" { given = function(t) t.c = client {} end, expect_refused = { "c", by = { "industry" } } }
test "with industry" { given = function(t) t.c = client { industry = "medical" } end, expect_accepted = { "c" } }
LUA
  works rules test
  sed -i 's/by = { "industry" }/by = { "crowd" }/' tests/accept.lua
  fails 1 rules test
  shows "blocked by industry, not by crowd"
}

@test "Russian users read the Russian sentence" {
  fails 1 new client Acme --lang ru
  says "отрасль известна"
}

@test "all that is wrong with a declaration is told at its place" {
  cat >criteria/wrong.lua <<'LUA'
accept "clent" { must "x" { "y", check = function() return true end } }
accept "client" { must "industry" { "again", check = function() return true end } }
accept "deal" { must "a" { check = 5, fxi = "x" }, rule "b" { "c" }, oops = 1 }
accept "goal" {}
accept "goal" { should "s" { "t", check = function() return true end, fix = "set {gaol} x={goal.nmae}", needs = { "ownr" } } }
LUA
  fails 3 rules check
  says "criteria/wrong.lua:1: accept 'clent' is for no kind; did you mean 'client'?"
  says "criteria/wrong.lua:2: criterion 'industry' is declared twice; the first is at criteria/client.lua:2"
  says "criteria/wrong.lua:3: accept 'deal' has no option 'oops'"
  says "criteria/wrong.lua:4: accept 'goal' asks nothing"
  says "criteria/wrong.lua:5: should 's': needs:"
  says "criteria/wrong.lua:5: should 's': fix: '{gaol}'"
  sed -i 's/, oops = 1//' criteria/wrong.lua
  fails 3 rules check
  says "criteria/wrong.lua:3: must 'a' has no option 'fxi'; did you mean 'fix'?"
  says "criteria/wrong.lua:3: accept 'deal': entry 2 is a 'rule', not one of: must, should"
}
