#!/usr/bin/env bats
# What the tests of a workspace saw of its rules.
bats_require_minimum_version 1.5.0
load support

# Two criteria, two scoring rules, an action, a report and a command; the tests see some of it.
prepare() {
  mkdir -p processes stages scorecards reports commands tests
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of coverage" }' >workspace.lua
  cat >processes/sale.lua <<'LUA'
process "sale" { kind = "deal", field = "stage", stages = { "first", "second" }, ends = { won = "won" } }
on "deal.second" (function(deal, ctx) end)
LUA
  cat >stages/first.lua <<'LUA'
stage "sale.first" { leave = {
  must "client" { "there is a client", check = function(deal) return deal.client ~= nil end },
  should "owner" { "there is an owner", only_for = function(deal) return deal.amount ~= nil end,
    check = function(deal) return deal.owner ~= nil end },
} }
stage "sale.second" {}
LUA
  cat >scorecards/fit.lua <<'LUA'
scorecard "fit" { kind = "client",
  rule "size" { "large", points = 5, where = { employees = over(10) } },
  rule "kind" { "medical", points = 5, where = { industry = "medical" } },
}
LUA
  cat >reports/all.lua <<'LUA'
report "big" { title = "Big", params = { integer "over" { default = 5 } }, columns = { text "name", integer "employees" },
  rows = function(p) return clients:where { employees = over(p.over) }:select { "name", "employees" } end }
LUA
  cat >commands/all.lua <<'LUA'
command "greet" { summary = "greet somebody", params = { text "who" { required = true } }, examples = { "greet Ann" },
  run = function(p) return "hello " .. p.who end }
command "grow" { summary = "by a command", writes = true, examples = { "grow" },
  run = function(p, ctx) ctx:command "new client More" end }
LUA
  cat >tests/all.lua <<'LUA'
test "a client is needed" {
  given = function(t) t.deal = deal {} end,
  expect_blocked = { "deal", to = "second", by = { "client" } },
}
test "scores" { scorecard = "fit", cases = {
  { "large", { employees = 50 }, points = 5, fired = { "size" } },
  { "small", { employees = 5 }, points = 0 },
} }
LUA
}

# more TEST...: these tests too.
more() {
  cat >tests/more.lua
}

@test "each criterion and rule is told how it was seen, with its place" {
  works rules coverage --each -f csv --columns what,id,seen,place
  [ "$output" = "what,id,seen,place
stage,sale.first,seen,stages/first.lua:1
must,sale.first.client,only false,stages/first.lua:2
should,sale.first.owner,never,stages/first.lua:3
stage,sale.second,unentered,stages/first.lua:6
rule,fit.size,seen,scorecards/fit.lua:2
rule,fit.kind,only false,scorecards/fit.lua:3
report,big,idle,reports/all.lua:1
command,greet,idle,commands/all.lua:1
command,grow,idle,commands/all.lua:3
on,deal.second,idle,processes/sale.lua:2" ]
}

@test "each file has its share, and what was not seen stands below" {
  works rules coverage
  shows "scorecards/fit.lua"
  shows "75.0 %"
  shows "stages/first.lua:2: must sale.first.client: never seen true"
  shows "stages/first.lua:3: should sale.first.owner: never asked"
  shows "stages/first.lua:6: stage sale.second: never entered"
  shows "scorecards/fit.lua:3: rule fit.kind: never seen true"
  shows "commands/all.lua:1: command greet: never run"
  hides "fit.size"
  works rules coverage -f csv
  shows "scorecards/fit.lua,2,1,0.75"
  works rules coverage -f json
  [ "$(jq -r '.rows[-1] | "\(.file) \(.declared) \(.missing)"' <<<"$output")" = "total 10 8" ]
}

@test "tests that see the rest make it whole" {
  more <<'LUA'
test "with a client it moves on" {
  given = function(t)
    t.deal = deal { client = client { industry = "medical" } }
    t:move(t.deal, "second")
  end,
  expect = function(t) return t.deal.stage == "second" end,
}
test "an owner is good to have" {
  given = function(t) t.deal = deal { client = client {}, amount = amount(5) } end,
  expect_allowed = { "deal", to = "second" },
}
test "and so is a deal that has one" {
  given = function(t) t.deal = deal { client = client {}, amount = amount(5), owner = user {} } end,
  expect_allowed = { "deal", to = "second" },
}
test "medical" { scorecard = "fit", cases = { { "clinic", { industry = "medical" }, points = 5 } } }
test "the report and the command answer" {
  given = function(t) t.client = client { name = "Acme", employees = 20 } end,
  expect = function(t)
    local rows = t:report("big", { over = 10 })
    return #rows == 1 and rows[1].name == "Acme" and #t:report("big", { over = 30 }) == 0
      and t:command("greet", { who = "Ann" }) == "hello Ann", "something else"
  end,
}
LUA
  works rules test
  works rules coverage --fail-under 90
  shows "commands/all.lua:3: command grow: never run"
  hides "sale.first.owner"
  hides "deal.second"
  hides "report big"
  works rules coverage --only criteria,rules,actions,stages,reports --fail-under 100
  shows "100.0 %"
}

@test "less than was asked for exits 3 and says so" {
  fails 3 rules coverage --fail-under 80
  says "the tests saw 35.7 % of the rules, less than 80 %"
  works rules coverage --fail-under 35
  works rules coverage fit --fail-under 75
  works rules coverage --only rules --fail-under 75
  fails 3 rules coverage --only rules,criteria --fail-under 75
  fails 2 rules coverage --fail-under most
  says "--fail-under is a number of percent from 0 to 100, not 'most'"
}

@test "rules test --coverage says it below its rows" {
  works rules test --coverage
  shows "passed"
  shows "coverage: 35.7 %, of 10 declared 8 not wholly seen"
  shows "rule fit.kind: never seen true"
  works rules test
  hides "coverage"
  fails 3 rules test --coverage --fail-under 80
}

@test "a failing test is told, whatever the share" {
  more <<'LUA'
test "wrong" { given = function(t) t.deal = deal {} end, expect_allowed = { "deal", to = "second" } }
LUA
  fails 1 rules coverage --fail-under 99
  says "1 of 3 tests failed"
}

@test "a test says which advice is given, or that none is" {
  more <<'LUA'
local function with(t) t.deal = deal { client = client {}, amount = amount(5) } end
test "advised" { given = with, expect_allowed = { "deal", to = "second", advice = { "owner" } } }
test "not advised" { given = with, expect_allowed = { "deal", to = "second", advice = {} } }
test "of both" { given = function(t) t.deal = deal { amount = amount(5) } end,
  expect_blocked = { "deal", to = "second", by = { "client" }, advice = { "owner" } } }
LUA
  fails 1 rules test -f csv --columns outcome,test,message
  shows "passed,advised,"
  shows 'failed,not advised,"advised by (owner), not by ()"'
  shows "passed,of both,"
}

@test "what there is not to be seen gets a suggestion" {
  fails 2 rules coverage --only criterias
  says "did you mean 'criteria'?"
  fails 1 rules coverage nonsense
  says "no file and no id has 'nonsense' in it"
}

@test "tests run reports and commands by their parameters, and nothing of the session" {
  more <<'LUA'
test "no such report" { expect = function(t) return t:report "bg" end }
test "no such parameter" { expect = function(t) return t:report("big", { over_ = 1 }) end }
test "no such command" { expect = function(t) return t:command "met" end }
test "a parameter is missing" { expect = function(t) return t:command "greet" end }
test "a list" { expect = function(t) return t:command("greet", { "Ann" }) end }
test "a command of the prompt" { expect = function(t) return t:command "grow" end }
LUA
  dw -d sales.db new client One >/dev/null
  fails 1 rules test -f csv --columns test,message
  shows "did you mean 'big'?"
  shows "did you mean 'over'?"
  shows "the workspace declares no command 'met'"
  shows "who"
  shows "parameters are given by name"
  shows "there are no commands here to run"
  works list client -f csv --columns name
  [ "$output" = "name
One" ]
}

@test "the tests that are shipped see every criterion and scoring rule true and false" {
  works -w "$BATS_TEST_DIRNAME/../../scripts" rules coverage --only criteria,rules --fail-under 100
}
