#!/usr/bin/env bats
# The shipped sale: what its hints say to type does what they say; its reports count what happened.
bats_require_minimum_version 1.5.0
load support

# A hint with what only a person knows filled in.
filled() {
  sed -e 's/email=…/email=a@b.example/' -e 's/industry=…/industry=medical/' -e 's/employees=…/employees=2000/' \
    -e 's/client=…/client=Acme/' -e 's/owner=…/owner=Ann/' -e 's/product=…/product=Pump/' -e 's/priority=…/priority=1/' \
    -e 's/\(amount\|quoted\)=…/\1=900/' -e 's/satisfaction=…/satisfaction=5/' -e "s/\"…\"/\"Words $2\"/g" <<<"$1"
}

# The first criterion that fails, and its hint, separated by a tab; nothing when all pass.
next_hint() {
  dw why "$1" "$2" -f json --columns outcome,criterion,fix | jq -r --arg skipped "$skipped" '
    first(.rows[] | select(.outcome == "fail" and .criterion != "process" and .criterion != $skipped))
    | .criterion + "\t" + (.fix // "")'
}

# Types the hints of all that a move is missing, one after the other; none may still fail then.
follow_hints() {
  local before='' criterion hint line
  while IFS=$'\t' read -r criterion hint < <(next_hint "$1" "$2") && [ -n "$criterion" ]; do
    [ "$criterion" != "$before" ] || { echo "$criterion: '$hint' does not make it pass" >&2; return 1; }
    [ -n "$hint" ] || { echo "$criterion has no hint" >&2; return 1; }
    count=$((count + 1))
    hint=$(filled "$hint" "$count")
    set -- "$1" "$2"
    while IFS= read -r line; do set -- "$@" "$line"; done <<<"${hint//, then: /$'\n'}"
    dw exec "${@:3}" >/dev/null || { echo "$criterion: '$hint' failed" >&2; return 1; }
    echo "$criterion" >>followed
    before=$criterion
  done
}

skipped='-' count=0

@test "every hint of the shipped criteria, typed as it stands, makes its criterion pass" {
  dw -d sales.db new user Ann >/dev/null
  dw new product Pump >/dev/null
  dw new client Acme >/dev/null
  follow_hints Acme prospect
  dw new deal One >/dev/null
  for stage in qualifying needs_analysis presentation proof closing; do
    follow_hints One "$stage"
    works advance One
    case $stage in
      needs_analysis) # a statement about another product
        dw new product Fan >/dev/null
        dw new value_statement statement=Quiet product=Fan >/dev/null
        dw set One product=Pump value=Quiet >/dev/null
        dw back One --reason "a test" >/dev/null
        follow_hints One needs_analysis
        works advance One
        dw set One product= >/dev/null
        dw new need deal=One statement=Comfort benefit=ease confirmed=true >/dev/null ;;
      proof) # a price that was told too early
        dw set One quoted_at=2020-01-01 >/dev/null
        dw back One --reason "a test" >/dev/null
        follow_hints One proof
        works advance One ;;
    esac
  done
  dw new objection deal=One statement="Too far" type=other must_have=true >/dev/null
  dw new objection deal=One statement="Too blue" type=other >/dev/null
  dw set One amount= >/dev/null
  follow_hints One won
  follow_hints One lost
  skipped=satisfied follow_hints Acme customer # wins the deal, and the client is a customer by that
  skipped=again follow_hints Acme loyal
  works show Acme -f json
  shows '"customer"'
  dw rules list -f csv --columns what,id | grep '^criterion,\(sale\|relationship\)\.' | sed 's/.*\.//' | sort -u >declared
  sort -u followed >typed
  printf '%s\n' again >known
  run comm -23 declared <(sort -u typed known)
  [ -z "$output" ] || { echo "no hint was typed for: $output" >&2; return 1; }
}

@test "a hint that leads through what is unset says to set that first" {
  dw -d sales.db new deal Bare >/dev/null
  dw advance Bare --force --reason "met at the fair" >/dev/null
  run dw advance Bare
  [[ $output == *"do: set #1 client=…"* ]]
}

@test "no step is skipped, and going back needs a reason" {
  dw -d sales.db new user Ann >/dev/null
  dw new client Acme >/dev/null
  dw new deal One client=Acme owner=Ann >/dev/null
  fails 1 move One presentation
  says "'qualifying' comes before 'presentation'"
  works advance One
  fails 1 back One
  says "needs a reason"
}

@test "a price told before a confirmed need is warned of at once" {
  dw -d sales.db new client Acme >/dev/null
  dw new deal One client=Acme >/dev/null
  works set One quoted=900
  [[ $stderr == *"benefit first, price second"* ]]
  works list deal -f csv --columns amount,quoted
  shows "900"
}

# Two deals with needs before the price, one of them objected to; one without, objected to.
make_quotes() {
  dw -d sales.db new client Acme >/dev/null
  for deal in One Two Three; do dw new deal $deal client=Acme >/dev/null; done
  for deal in One Two; do dw new need deal=$deal statement=Speed benefit=cost confirmed=true >/dev/null; done
  for deal in One Two Three; do dw set $deal quoted=900 >/dev/null 2>&1; done
  for deal in Two Three; do dw new objection deal=$deal statement=Dear type=price >/dev/null; done
}

@test "the report of objections compares prices told after a need with others" {
  make_quotes
  works report objections -f csv --columns group,deals,objected,share
  [ "$output" = "group,deals,objected,share
after a confirmed need,2,1,0.5
without one,1,1,1.0" ] || [ "$output" = "group,deals,objected,share
after a confirmed need,2,1,0.5
without one,1,1,1" ]
  works report objection_types -f csv --columns type,raised,resolved
  shows "price,2,0"
}

@test "gates counts refusals and overrides by criterion, overrides tells who and why" {
  dw -d sales.db new client Acme >/dev/null
  dw new deal One client=Acme >/dev/null
  fails 1 advance One
  fails 1 advance One
  fails 2 advance One --force
  works advance One --force --reason "the boss knows them"
  works report gates -f csv --columns from_stage,criterion,asked,refused,overridden
  shows "prospecting,owner,3,2,1"
  shows "prospecting,client,3,0,0"
  works report overrides -f csv --columns record,from,to,criteria,reason
  shows "One,prospecting,qualifying,owner,the boss knows them"
  works undo --yes
  works report overrides -f csv --columns record
  hides "One"
}

@test "a refusal counts although what was set with the move is taken back" {
  dw -d sales.db new client Acme >/dev/null
  dw new deal One client=Acme >/dev/null
  fails 1 advance One notes="they are keen"
  works list deal -f csv --columns notes
  hides "keen"
  works report gates -f csv --columns criterion,refused
  shows "owner,1"
  works history One
  shows "prospecting → qualifying [refused]"
}

@test "a client who is taken back is in the report of steps back with the reason" {
  dw -d sales.db new client Acme industry=medical email=a@b.example >/dev/null
  works back Acme --reason "the clinic closed"
  works report demotions -f csv --columns record,from,to,reason
  shows "Acme,prospect,suspect,the clinic closed"
}

# Won deals whose time to decide grows with the benefit, one a line: number, days, benefit.
make_decisions() {
  local i
  dw -d sales.db new client Acme >/dev/null
  {
    echo "number;title;opened;closed"
    for i in $(seq 1 "$1"); do
      echo "D-$i;Deal $i;2026-01-01;$(date -u -d "2026-01-01 + $((10 + 5 * i)) days" +%F)"
    done
  } >deals.csv
  cat >import.lua <<'LUA'
import { title = "deals", file "deals.csv" { kind = "deal",
  column "number" { to = "external_id" }, column "title" { to = "title" },
  column "opened" { to = "opened_on" }, column "closed" { to = "closed_on" } } }
LUA
  dw import import.lua deals.csv >/dev/null
  for i in $(seq 1 "$1"); do
    echo "new need deal=D-$i statement=Speed benefit=cost confirmed=true amount=$((1000 * i))"
    for stage in qualifying needs_analysis presentation proof closing won; do
      echo "move D-$i $stage --force --reason test"
    done
  done >lines
}

@test "decision_time finds that the time grows with the benefit, and open deals are foretold by it" {
  make_decisions 14
  while IFS= read -r line; do set -- "$@" "$line"; done <lines
  dw exec "$@" >/dev/null
  for i in $(seq 1 14); do echo "set D-$i closed_on=$(date -u -d "2026-01-01 + $((10 + 5 * i)) days" +%F)"; done >lines
  set --
  while IFS= read -r line; do set -- "$@" "$line"; done <lines
  dw exec "$@" >/dev/null
  works report decision_time -f csv --columns benefit,won,quantified,correlation
  shows "all,14,14,1"
  works report decision_time
  shows "Days = 10.0 + 5.00 for each 1000 USD of benefit."
  dw new deal Open client=Acme opened_on=2026-06-01 >/dev/null
  dw new need deal=Open statement=Speed benefit=cost confirmed=true amount=4000 >/dev/null
  works report decision_dates -f csv --columns deal,days,foretold,from
  shows "Open,30,2026-07-01,the benefit"
}

@test "nothing is foretold from too few won deals" {
  dw -d sales.db new client Acme >/dev/null
  dw new deal Open client=Acme opened_on=2026-06-01 >/dev/null
  works report decision_dates -f csv --columns deal,days
  shows "Open,"
  works report decision_dates
  shows "Nothing is foretold from fewer than 12 won deals; there are 0."
}
