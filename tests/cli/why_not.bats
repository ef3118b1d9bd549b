#!/usr/bin/env bats
# why-not: all that is missing on the way to a stage, and that this is truly all.
bats_require_minimum_version 1.5.0
load support

prepare() {
  dw -d sales.db new user "Анна Орлова" >/dev/null
  dw new client "Acme Clinic" >/dev/null
  dw new contact "Petra Holm" client="Acme Clinic" >/dev/null
  dw new product Pump >/dev/null
  dw new value_statement statement="one line for both halls" >/dev/null
  dw new deal Scanners >/dev/null
}

# What only a person knows, by the field that it is for; $1 makes names of one deal its own.
fill() {
  sed -e 's/client=…/client="Acme Clinic"/; s/owner=…/owner="Анна Орлова"/; s/industry=…/industry=medical/; s/employees=…/employees=900/' \
    -e 's/product=…/product=Pump/; s/\(quoted\|amount\|cost\)=…/\1=900/; s/target_group=…/target_group=clinics/' \
    -e "s/\\(need\\|statement\\|value\\)=\"…\"/\\1=\"fewer calls $1\"/; s/decision_maker=\"…\"/decision_maker=\"Petra Holm\"/" \
    -e 's/share=10%/share=50%/; s/"…"/"as agreed"/g'
}

# rows WHAT ARGUMENT...: the lines of why-not of that sort.
rows() {
  local what=$1
  shift
  "$DEALWRIGHT" why-not "$@" -f json | jq -r --arg what "$what" '.rows[] | select(.what == $what) | .line // "nothing to type"'
}

# get RECORD STAGE: types what why-not says up to where it says to ask again, and then asks again. A line that is refused is a
# failure, unless a move was told to be in doubt: doubt=1.
get() {
  local line round what stage todo
  for round in 1 2 3 4 5 6; do
    todo=()
    while IFS=$'\t' read -r what line; do
      [ "$what" != "ask again" ] || break
      [ -z "$line" ] || todo+=("$(fill "$1" <<<"$line")")
    done < <("$DEALWRIGHT" why-not "$@" -f json | jq -r '.rows[] | [.what, .line // ""] | @tsv')
    printf '%s\n' "${todo[@]}" >typed.txt
    "$DEALWRIGHT" exec "${todo[@]}" >done.log 2>&1 || [ -n "${doubt:-}" ] ||
      { echo "refused in round $round:"; cat typed.txt done.log; return 1; }
    stage=$(dw show "$1" -f json | jq -r '.rows[0] | .stage // .status')
    [ "$stage" != "$2" ] || return 0
  done
  echo "$1 stands at $stage, not at $2"
  cat typed.txt done.log
  return 1
}

@test "the way is shown stage by stage, with what to type, and then the moves" {
  works why-not Scanners
  [ "${lines[0]}" = "deal #6 Scanners: prospecting → won" ]
  shows "prospecting → qualifying
  ✗ the deal names its client   stages/sale/prospecting.lua:7
      read: client = unset
      do: set #6 client=…"
  shows "closing → won
  ✗ the contract is dated   stages/sale/closing.lua:11"
  hides "we have met in person"
  shows "      do: set #6 owner=…
  advance #6
qualifying → needs_analysis"
  [ "$(grep -c 'advance #6' <<<"$output")" = 6 ]
}

@test "nothing is changed by asking" {
  local before
  before=$(dw history --limit 50)
  works why-not Scanners won
  works why-not Scanners lost
  [ "$(dw history --limit 50)" = "$before" ]
  works show Scanners
  shows "prospecting"
}

@test "from every stage, what it says is enough to win" {
  local stage forced=()
  get Scanners won
  for stage in qualifying needs_analysis presentation proof closing; do
    forced+=("advance \"A $stage\" --force --reason test")
    dw new deal "A $stage" >/dev/null
    dw exec "${forced[@]//A */A $stage\" --force --reason test}" >/dev/null 2>&1
    [ "$(dw show "A $stage" -f json | jq -r '.rows[0].stage')" = "$stage" ]
    get "A $stage" won
  done
}

@test "and to lose, or to get to a stage in between" {
  get Scanners presentation
  get Scanners lost
}

@test "a mailing and an advertisement get to their end, actions of stages on the way included" {
  dw set "Acme Clinic" industry=medical email=a@acme.example >/dev/null
  dw new client "Bee Clinic" industry=medical email=b@bee.example >/dev/null
  dw new segment clinics condition="industry=medical" >/dev/null
  dw new campaign Spring type=mailing >/dev/null
  doubt=1 get Spring closed # what is sent is only known once the sample is drawn
  dw new campaign Ad type=advertising >/dev/null
  get Ad closed
}

@test "what an action of a stage on the way does is counted" {
  dw set "Acme Clinic" industry=medical email=a@acme.example >/dev/null
  dw new client "Bee Clinic" industry=medical email=b@bee.example >/dev/null
  dw new segment clinics condition="industry=medical" >/dev/null
  dw new campaign Spring type=mailing message=Hello target_group=clinics trial_rate=5% correction=none >/dev/null
  dw exec 'trial Spring share=50%' 'sent Spring' >/dev/null
  dw advance Spring >/dev/null
  works why-not Spring closed
  shows "full → closed
  ✗ it was sent to everyone"
  shows "1 recipient is left"
  shows "known only in 'full': ask again when it is there"
}

@test "a line that several criteria ask for is said once" {
  [ "$(rows do Scanners won | sort | uniq -d)" = "" ]
  [ "$(rows do Scanners won | grep -c 'client=…')" = 1 ]
}

@test "what depends on an answer is asked again" {
  works why-not Scanners won
  shows "then ask again: what else it takes depends on that"
  [ "$(rows "ask again" Scanners won | sort -u)" = "why-not #6 won" ]
  dw set Scanners client="Acme Clinic" >/dev/null
  works why-not Scanners won
  hides "what else it takes"
  shows "do: set #2 industry=… employees=…"
  shows "do: score fit #2"
}

@test "a criterion that is for the record only once something is done is told" {
  works why-not Scanners won
  shows "– the benefit came first: a need was confirmed before the price was told   stages/sale/presentation.lua:21
      read: quoted = unset
      may be asked for once that is done: ask again then"
  works why-not Scanners presentation
  hides "the benefit came first"
}

@test "criteria of saving come first" {
  mkdir -p own/criteria own/processes
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Accepting" }' >own/workspace.lua
  echo 'process "sale" { kind = "deal", field = "stage", stages = { "first", "second" }, ends = { won = "won" } }' >own/processes/sale.lua
  cat >own/criteria/deal.lua <<'LUA'
accept "deal" { must "amount" { "it is known for how much", since = date "2026-01-01",
  check = function(deal) return deal.amount ~= nil end, fix = "set {deal} amount=…" } }
LUA
  dw -d own.db -w own new deal Pump amount=5 >/dev/null
  sqlite3 own.db "update deal set amount = null, amount_currency = null"
  works -d own.db -w own why-not Pump
  shows "before anything of it is saved
  ✗ it is known for how much   criteria/deal.lua:1
      read: amount = unset
      do: set #1 amount=…
first → second"
}

@test "with nothing missing only the moves are left" {
  get Scanners closing
  dw set Scanners contract_date=today amount=900 decision_maker="Petra Holm" >/dev/null
  works why-not Scanners
  [ "$output" = "deal #6 Scanners: closing → won
closing → won
  advance #6" ]
}

@test "a way back and a way out say that they need a reason" {
  get Scanners qualifying
  [ "$(rows move Scanners prospecting)" = 'back #6 --reason "…"' ]
  [ "$(rows move Scanners lost)" = 'lose #6 --reason "…"' ]
}

@test "from one end to another it goes back to the stage that was left" {
  get Scanners qualifying
  get Scanners lost
  works why-not Scanners won
  shows "move #6 qualifying --reason"
  shows "qualifying → needs_analysis"
  hides "→ qualifying
  ✗"
  get Scanners won
}

@test "where there is no way it is said" {
  works why-not Scanners prospecting
  shows "there is no such way: it is in 'prospecting' already"
  fails 1 why-not Scanners prooof
  says "did you mean 'proof'?"
  fails 1 why-not "Анна Орлова"
  says "no process moves a user"
  mkdir -p own
  cat >own/workspace.lua <<'LUA'
-- dealwright: api=1
workspace { name = "One way" }
LUA
  mkdir -p own/processes
  cat >own/processes/sale.lua <<'LUA'
process "sale" { kind = "deal", field = "stage", stages = { "first", "second", "third" }, ends = { won = "won", lost = "lost" },
  back = "never", skip = true }
stage "sale.first" { leave = { must "broken" { "it works", check = function(deal) return deal.title + 1 end } } }
stage "sale.second" { leave = { must "second" { "not on this way", check = function() return false end } } }
LUA
  dw -d own.db -w own new deal Straight >/dev/null
  works -d own.db -w own why-not Straight
  shows "first → won"
  shows "its script has to be mended first"
  shows "processes/sale.lua:3"
  hides "not on this way"
  works -d own.db -w own advance Straight --force --reason test
  works -d own.db -w own why-not Straight first
  shows "there is no such way: process 'sale' never goes back from 'second' to 'first'"
  [ "$(dw -d own.db -w own why-not Straight first -f csv --columns what,detail)" = "what,detail
refused,process 'sale' never goes back from 'second' to 'first'" ]
}

@test "what becomes so by itself needs no move" {
  works why-not "Acme Clinic" prospect
  shows "  by itself"
  works set "Acme Clinic" email=a@acme.example industry=medical
  shows "(automatic)"
  works back "Acme Clinic" --reason "not yet"
  [ "$(rows move "Acme Clinic" prospect)" = "advance #2" ]
}

@test "scripts ask the same" {
  works exec 'local r = deals:first():why_not "presentation"
for _, item in ipairs(r.items) do print(item.stage, item.id, item.need, item.fix) end
print(table.concat(r.moves, " "), r.structural)
print(#deals:first():why_not().moves, deals:first():why_not "prospecting".structural)'
  shows "qualifying"$'\t'"client"$'\t'"missing"$'\t'"set #6 client=…"
  shows "presentation"$'\t'"confirmed_need"$'\t'"missing"
  shows "qualifying needs_analysis presentation"$'\t'"nil"
  shows "6"$'\t'"it is in 'prospecting' already"
}

@test "a book that can't be written, or shows another day, is asked as well" {
  works --read-only why-not Scanners won
  shows "do: set #6 client=…"
  works why-not Scanners won --as-of today
  shows "do: set #6 client=…"
}
