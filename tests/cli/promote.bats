#!/usr/bin/env bats
# What the engine promotes by itself, when, and what keeps it from doing so.
bats_require_minimum_version 1.5.0
load support

# A client is a prospect when its industry is known, a customer when it has a deal with an amount.
make_rules() {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of promotion" }' >workspace.lua
  mkdir -p stages processes kinds
  cat >processes/status.lua <<'LUA'
process "status" { kind = "client", field = "status", stages = { "suspect", "prospect", "customer", "loyal" } }
LUA
  cat >kinds/figures.lua <<'LUA'
kind "wish" { plural = "wishes", belongs_to = "deal", text "words" }
rollup "client.priced" { count "deal" { amount = over(0) } }
LUA
  cat >stages/all.lua <<'LUA'
stage "status.suspect" { leave = { must "industry" { "the industry is known",
  check = function(client) return client.industry ~= nil end } } }
stage "status.prospect" { auto = true, leave = { must "priced" { "a deal has an amount",
  check = function(client) return client.priced > 0 end } } }
stage "status.customer" { auto = true, leave = { must "wish" { "somebody wishes something",
  check = function(client)
    for deal in client.deals:each() do if deal.wishes:count() > 0 then return true end end
    return false
  end } } }
stage "status.loyal" { auto = true }
LUA
}

prepare() {
  make_rules
}

@test "a record is promoted by the command that makes its criteria pass, and the answer tells it" {
  works new client Acme
  hides "automatic"
  works set Acme industry=medical
  shows "client #1 Acme: suspect → prospect (automatic)"
  works list client -f csv --columns status
  shows "prospect"
  works history Acme
  shows "status: suspect → prospect [promoted]"
}

@test "a new record that is ready is promoted at once, over several stages in a row" {
  works new client Acme industry=medical
  shows "client #1 Acme: suspect → prospect (automatic)"
  works new client Beta
  works new deal One client=Beta amount=5
  hides "automatic"
  works set Beta industry=medical
  shows "client #2 Beta: suspect → prospect (automatic)"
  shows "client #2 Beta: prospect → customer (automatic)"
}

@test "what refers to a record promotes it: a deal, and a wish of a deal" {
  works new client Acme industry=medical
  works new deal One client=Acme amount=5
  shows "client #1 Acme: prospect → customer (automatic)"
  works new wish deal=One words="more light"
  shows "client #1 Acme: customer → loyal (automatic)"
}

@test "what a deal referred to before is looked at too" {
  sed -i 's/client.priced > 0/client.priced == 0/; s/suspect" {/suspect" { enter = {},/' stages/all.lua
  works new client Acme
  works new client Beta
  works new deal One client=Acme amount=5
  works set Acme industry=medical
  works list client name=Acme -f csv --columns status
  shows "prospect"
  works set One client=Beta
  shows "client #1 Acme: prospect → customer (automatic)"
}

@test "who a deleted record referred to is looked at" {
  sed -i 's/client.priced > 0/client.priced == 0/' stages/all.lua
  works new client Acme
  works new deal One client=Acme amount=5
  works set Acme industry=medical
  shows "suspect → prospect (automatic)"
  hides "customer"
  works delete One --yes
  shows "client #1 Acme: prospect → customer (automatic)"
}

@test "undo takes the promotion back with what caused it, and promotes nothing itself" {
  works new client Acme
  works set Acme industry=medical
  works undo --yes
  hides "automatic"
  works list client -f csv --columns status,industry
  shows "suspect,"
  works redo --yes
  works list client -f csv --columns status,industry
  shows "prospect,medical"
}

@test "who was taken back by hand stays until moved on by hand" {
  works new client Acme industry=medical
  fails 1 back Acme
  says "needs a reason"
  works back Acme --reason "they closed the clinic"
  hides "automatic"
  works set Acme city=Paris
  hides "automatic"
  works promote
  hides "automatic"
  works why Acme
  shows "is allowed"
  shows "it was taken back to 'suspect' on"
  shows "they closed the clinic"
  works advance Acme
  works new deal One client=Acme amount=5
  shows "prospect → customer (automatic)"
}

@test "a broken criterion is told and breaks nobody's command" {
  sed -i 's/client.industry ~= nil/client.industri ~= nil/' stages/all.lua
  works new client Acme industry=medical
  shows "new client #1 Acme"
  [[ $stderr == *"client #1 Acme: suspect → prospect (automatic) was not possible: stages/all.lua:1: criterion 'industry' is broken"* ]]
  [[ $stderr == *"did you mean 'industry'"* ]]
  works list client -f csv --columns status
  shows "suspect"
}

@test "a failing action undoes the promotion and not the command" {
  cat >stages/zz.lua <<'LUA'
on "client.prospect" (function(client, ctx) ctx:set(client, { city = "Paris" }) error "no room" end)
LUA
  works new client Acme industry=medical
  [[ $stderr == *"was not possible: "*"no room"* ]]
  works list client -f csv --columns status,city,industry
  shows "suspect,,medical"
}

@test "promotions without end are an error that names them" {
  cat >stages/zz.lua <<'LUA'
on "client.loyal" (function(client, ctx)
  ctx:create("client", { name = "Again", industry = "x" })
end)
LUA
  sed -i 's/client.priced > 0/true/; s/for deal in.*/if true then return true end/' stages/all.lua
  fails 1 new client Acme industry=medical
  says "promotions go on and on; the last one: client #"
  works list client -f csv --columns name
  hides "Acme"
}

@test "promote does what no command could notice: rules that became milder" {
  sed -i 's/return client.industry ~= nil/return client.city ~= nil/' stages/all.lua
  works new client Acme industry=medical
  works new client Beta
  make_rules
  works promote --dry-run
  shows "client #1 Acme: suspect → prospect (automatic)"
  shows "dry run"
  works list client name=Acme -f csv --columns status
  shows "suspect"
  works promote client
  shows "client #1 Acme: suspect → prospect (automatic)"
  shows "2 looked at"
  works promote
  hides "automatic"
  fails 1 promote clint
  says "did you mean 'client'"
}

@test "an import promotes what it brought, inside its own unit" {
  cat >import.lua <<'LUA'
import { title = "clients", file "clients.csv" { kind = "client",
  column "Name" { to = "name" }, column "Industry" { to = "industry" } } }
LUA
  printf 'Name,Industry\nAcme,medical\nBeta,\n' >clients.csv
  works import import.lua clients.csv
  shows "client #1 Acme: suspect → prospect (automatic)"
  works undo --yes
  works list client -f csv
  hides "Acme"
}

@test "a stage that nothing leads to can't be automatic" {
  sed -i 's/stage "status.suspect" {/stage "status.suspect" { auto = true,/' stages/all.lua
  fails 3 rules check
  says "every record begins in the first stage"
}

@test "winning a deal promotes its client with the shipped rules, and losing the status needs a reason" {
  rm -r workspace.lua stages processes kinds
  works new client Acme industry=medical email=a@b.example
  works new user Ann
  works new deal One client=Acme owner=Ann
  works move One qualifying --force --reason "a test"
  for stage in needs_analysis presentation proof closing won; do
    works move One "$stage" --force --reason "a test"
  done
  shows "client #1 Acme: prospect → customer (automatic)"
  fails 1 back Acme
  works back Acme --reason "the contract was cancelled"
}
