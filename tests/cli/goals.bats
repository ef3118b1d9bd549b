#!/usr/bin/env bats
# Goals are SMART or refused; their reports tell target, actual, pace and where it will end.
bats_require_minimum_version 1.5.0
load support

# Ann: 12,000 won in the quarter and 5,000 lost; Bob: 7,000 won. Open: Ann 6,000, Bob 30,000 until its end.
setup_file() {
  cd "$BATS_FILE_TMPDIR" || return 1
  cat >deals.csv <<'CSV'
title,owner,amount,opened,closed,expected,state
a,Ann,10000,2025-11-01,2025-12-10,,won
b,Ann,12000,2025-12-01,2026-01-10,,won
c,Ann,5000,2025-12-01,2026-01-20,,lost
d,Bob,7000,2025-12-01,2026-02-10,,won
e,Bob,30000,2026-01-01,,2026-03-10,open
f,Ann,9000,2026-01-01,,2026-04-10,open
g,Ann,6000,2026-01-01,,2026-03-31,open
CSV
  cat >map.lua <<'LUA'
import { title = "Deals", file "deals.csv" { kind = "deal",
  column "title" { to = "title" }, column "owner" { to = "owner", by = "name" }, column "amount" { to = "amount" },
  column "opened" { to = "opened_on" }, column "closed" { to = "closed_on" }, column "expected" { to = "expected_close" },
  stages "sale" { column = "state", word "open" { reached "proof" {} },
    word "won" { reached "won" { at = "closed" } }, word "lost" { reached "lost" { at = "closed" } } } } }
LUA
  "$DEALWRIGHT" -d goals.db --now 2026-01-05T09:00:00Z >/dev/null <<'LINES'
new user Ann team=North
new user Bob team=North
new user Eve team=South
import map.lua deals.csv
LINES
}

prepare() {
  cp "$BATS_FILE_TMPDIR/goals.db" sales.db
  quarter=(starts_on=2026-01-01 ends_on=2026-03-31)
  clock=(--now 2026-02-14T10:00:00Z)
}

goals() {
  dw >/dev/null <<'LINES'
new goal "Ann Q1" owner=Ann whose=own metric=revenue amount=30000 starts_on=2026-01-01 ends_on=2026-03-31
new goal "Bob Q1" owner=Bob whose=own metric=revenue amount=20000 credible="a big deal is in proof" starts_on=2026-01-01 ends_on=2026-03-31
new goal "Three" owner=Bob whose=team metric=deals_won target=3 starts_on=2026-01-01 ends_on=2026-03-31
LINES
}

@test "a goal is accepted only when it is SMART, and what is typed as told makes it so" {
  fails 1 new goal "Ann Q1"
  says "is not accepted: specific, measurable, result, time_bound"
  says "do: add owner=… whose=own"
  fails 1 new goal "Ann Q1" owner=Ann whose=own metric=revenue amount=30001 "${quarter[@]}"
  says "is not accepted: achievable"
  says "the best of the eight periods before, 2025-10-01 to 2025-12-31, gave 10,000.00 USD"
  works new goal "Ann Q1" owner=Ann whose=own metric=revenue amount=30001 "${quarter[@]}" credible="the clinic signs in May"
  fails 1 set "Ann Q1" credible=
  works why "Ann Q1"
  shows "time-bound: it has a first and a last day"
}

@test "a metric that does not exist is refused with what was meant" {
  fails 1 new goal "Ann Q1" owner=Ann whose=own metric=revnue amount=1 "${quarter[@]}"
  says "did you mean 'revenue'?"
}

# 45 of 90 days are over on 14 February: half the target is the pace, twice the actual figure the projection.
@test "goals: target, actual, pace and projected end" {
  goals
  works "${clock[@]}" report goals -f csv --columns goal,target,actual,attainment,pace,projected,state
  [ "$output" = "goal,target,actual,attainment,pace,projected,state
Ann Q1,30000.00,12000.00,0.4,15000.00,24000.00,behind
Bob Q1,20000.00,7000.00,0.35,10000.00,14000.00,behind
Three,3,2,0.6666666666666666,1.5,4,on pace" ]
  works "${clock[@]}" report goals owner=Ann
  shows "12,000.00 USD"
  hides "Bob"
}

@test "goals: reached, missed and not begun are told with every" {
  goals
  works --now 2026-04-01T08:00:00Z report goals -f csv
  hides "Ann"
  works --now 2026-04-01T08:00:00Z report goals every=true -f csv --columns goal,state
  shows "Ann Q1,missed"
  works --now 2025-12-31T08:00:00Z report goals every=true -f csv --columns goal,projected,state
  shows "Ann Q1,,not begun"
  dw set "Ann Q1" amount=12000 >/dev/null
  works "${clock[@]}" report goals -f csv --columns goal,state
  shows "Ann Q1,reached"
}

@test "quota: each person's own goals of the period, and the total" {
  goals
  works "${clock[@]}" report quota -f csv --columns owner,target,actual,attainment,pace,projected,state
  [ "$output" = "owner,target,actual,attainment,pace,projected,state
Ann,30000.00,12000.00,0.4,15000.00,24000.00,behind
Bob,20000.00,7000.00,0.35,10000.00,14000.00,behind
all,50000.00,19000.00,0.38,25000.00,38000.00,behind" ]
}

@test "quota: goals of months make the quarter where no goal is set for it" {
  dw new goal January owner=Ann whose=own metric=revenue amount=9000 starts_on=2026-01-01 ends_on=2026-01-31 >/dev/null
  dw new goal February owner=Ann whose=own metric=revenue amount=8000 starts_on=2026-02-01 ends_on=2026-02-28 >/dev/null
  works "${clock[@]}" report quota -f csv --columns owner,target,actual
  shows "Ann,17000.00,12000.00"
  shows "Bob,,7000.00"
  works "${clock[@]}" report quota per=month on=2026-01-15 -f csv --columns owner,target,actual
  shows "Ann,9000.00,12000.00"
}

@test "quota: goals of a part of the business are no quota of the whole" {
  dw >/dev/null <<'LINES'
new segment clinics condition="industry=medical"
new goal Clinics owner=Ann whose=own metric=revenue amount=9000 segment=clinics credible=new starts_on=2026-01-01 ends_on=2026-03-31
LINES
  works "${clock[@]}" report quota -f csv --columns owner,target,actual
  shows "Ann,,12000.00"
  works "${clock[@]}" report goals -f csv --columns goal,target,actual
  shows "Clinics,9000.00,0.00"
}

# Ann lacks 18,000 and has 6,000 open in the quarter: 0.33; she won 2 of 3, so 1.5 are needed. Bob: 30,000 ÷ 13,000, 1 of 1.
@test "coverage: open deals of the period against what is missing, and 1 ÷ win rate" {
  goals
  works "${clock[@]}" report coverage -f csv
  shows "Ann,30000.00,12000.00,18000.00,6000.00,0.3333333333333333,0.6666666666666666,1.5,too little"
  shows "Bob,20000.00,7000.00,13000.00,30000.00,2.307692307692307"
  shows "all,50000.00,19000.00,31000.00,36000.00,1.16129032258064"
}

@test "revenue in another currency is told, not added up" {
  goals
  dw exec 'set(deals:where { title = "d" }:first(), { amount = amount(7000, "EUR") })' >/dev/null
  works "${clock[@]}" report goals -f csv --columns goal,actual
  shows "Bob Q1,0.00"
  works "${clock[@]}" report quota
  shows "1 won deal is not in USD and not counted as revenue."
  works "${clock[@]}" report coverage
  shows "1 won deal is not in USD"
}
