#!/usr/bin/env bats
# The rules lab: rules that were put into force count, others are compared and tried without changing anything.
bats_require_minimum_version 1.5.0
load support
load pages

# A sale of two stages whose first is left with an amount; Pump has one, Saw has none.
prepare() {
  mkdir -p processes tests
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Lab" }' >workspace.lua
  cat >processes/sale.lua <<'LUA'
process "sale" {
  kind = "deal", field = "stage",
  stages = { "first", "second" },
  ends = { won = "won", lost = "lost" },
}

stage "sale.first" {
  purpose = "is it worth our time?",
  leave = {
    must "amount" {
      "an amount is known",
      check = function(deal) return deal.amount ~= nil end,
    },
  },
}
LUA
  cat >tests/sale.lua <<'LUA'
test "an amount is needed" {
  given = function(t) t.deal = deal { title = "Pump", client = client { name = "Acme" } } end,
  expect_blocked = { "deal", to = "second", by = { "amount" } },
}
LUA
  dw new client Acme >/dev/null
  dw new deal Pump client=Acme amount=900 >/dev/null
  dw new deal Saw client=Acme >/dev/null
}

# An amount is not enough any more.
ask_for_1000() {
  sed -i 's/deal.amount ~= nil/deal.amount and deal.amount >= 1000/' processes/sale.lua
}

# allowed ARGUMENT...: why says that Pump may go to the second stage; blocked: that it may not.
allowed() {
  works why Pump second "$@"
  shows "is allowed"
}

blocked() {
  works why Pump second "$@"
  shows "is refused"
}

dump() {
  sqlite3 sales.db .dump
}

@test "docs/rules-lab.md: every command of the page works and prints what the page shows" {
  mkdir page && cd page
  play_page "$BATS_TEST_DIRNAME/../../docs/rules-lab.md" 17
}

@test "without rules put into force the files count as they are" {
  ask_for_1000
  fails 1 advance Pump
  says "amount"
}

@test "after rules activate an edited file changes nothing until it is activated too" {
  works rules activate --reason "the first ones"
  shows "are in force"
  ask_for_1000
  allowed
  works advance Pump
  dw undo >/dev/null
  works rules activate
  fails 1 advance Pump
  says "amount"
}

@test "rules activate --files lets the files count again" {
  dw rules activate >/dev/null
  ask_for_1000
  allowed
  works rules activate --files
  blocked
}

@test "an activation is a unit of work with its reason, and undo takes it back" {
  dw rules activate --reason "as agreed on Monday" >/dev/null
  works history -f json
  [ "$(jq -r '.rows[0].reason' <<<"$output")" = "as agreed on Monday" ]
  ask_for_1000
  dw rules activate >/dev/null
  blocked
  works undo --dry-run
  shows "are in force again"
  works undo
  allowed
  works redo
  blocked
  fails 1 undo '#4'
  says "undo 5 first"
}

@test "a session that is open follows what another one activates" {
  dw rules activate >/dev/null
  ask_for_1000
  {
    echo 'why Pump second'
    while [ ! -e activated ]; do sleep 0.05; done
    echo 'why Pump second'
  } | dw >said &
  until grep -q "is allowed" said 2>/dev/null; do sleep 0.05; done
  dw rules activate >/dev/null
  touch activated
  wait
  [ "$(grep -c "is allowed" said)" -eq 1 ]
  [ "$(grep -c "is refused" said)" -eq 1 ]
}

@test "doctor says which rules are in force" {
  works doctor -f csv --columns check,finding
  shows "rules,the files of the workspace are in force as they are"
  dw rules activate >/dev/null
  works doctor -f csv --columns check,finding
  shows " are in force"
  hides "others"
  ask_for_1000
  run "$DEALWRIGHT" doctor
  shows "the files of the workspace are others"
}

@test "the same rules are not activated twice" {
  dw rules activate >/dev/null
  before=$(dump)
  works rules activate
  shows "already"
  [ "$(dump)" = "$before" ]
}

@test "rules that are wrong, or whose tests fail, are not put into force" {
  dw rules activate >/dev/null
  before=$(dump)
  printf 'stage "sale.frist" {}\n' >>processes/sale.lua
  fails 1 rules activate
  says "processes/sale.lua:16"
  sed -i '$d' processes/sale.lua
  sed -i 's/must "amount"/should "amount"/' processes/sale.lua
  fails 1 rules activate
  says "tests/sale.lua:1"
  says "1 of 1 tests fail"
  fails 2 rules activate --force
  says "reason"
  [ "$(dump)" = "$before" ]
  works rules activate --force --reason "the test is to be written anew"
  works why Saw second
}

@test "a field that the book keeps as another type is found before rules count" {
  printf 'extend "deal" { text "color" }\n' >kinds.lua && mkdir kinds && mv kinds.lua kinds/deal.lua
  dw rules activate >/dev/null
  sed -i 's/text/integer/' kinds/deal.lua
  works rules check
  fails 1 rules activate
  says "deal.color"
  works list deal
}

@test "rules activate --dry-run and --read-only change nothing" {
  before=$(dump)
  works rules activate --dry-run
  shows "would be in force"
  fails 77 rules activate --read-only
  [ "$(dump)" = "$before" ]
}

@test "rules in force that can't be loaded are mended by activating others" {
  dw rules activate >/dev/null
  hash=$(sqlite3 sales.db "select ruleset from activation")
  sqlite3 sales.db "pragma foreign_keys = off; update ruleset set source = source || 'x'"
  fails 74 list deal
  says "$hash"
  ask_for_1000
  works rules activate
  blocked
}

@test "rules versions lists what is kept, which was in force, and what the files are" {
  dw rules activate --reason one >/dev/null
  ask_for_1000
  dw rules activate --reason two >/dev/null
  works rules versions -f json
  [ "$(jq '.rows | length' <<<"$output")" -eq 2 ]
  [ "$(jq -r '.rows[] | select(.reason == "two") | .standing' <<<"$output")" = "in force, the files" ]
  [ "$(jq -r '.rows[] | select(.reason == "one") | .standing' <<<"$output")" = "null" ]
}

@test "--rules reads under a kept rule set, a folder, the files" {
  dw rules activate --reason one >/dev/null
  one=$(dw rules versions -f csv --columns rules | tail -1)
  ask_for_1000
  dw rules activate --reason two >/dev/null
  blocked
  allowed --rules "$one"
  works --rules "$one" why Pump second
  shows "is allowed"
  works exec "why Pump second --rules $one"
  shows "is allowed"
  sed -i 's/>= 1000/>= 100/' processes/sale.lua
  allowed --rules files
  mkdir other && cp -r workspace.lua processes other
  sed -i 's/>= 100/>= 900/' other/processes/sale.lua
  allowed --rules other
  blocked --rules active
  works rules list --rules shipped
  shows "lookalike"
}

@test "at one prompt commands under different rules do not disturb each other" {
  ask_for_1000
  dw rules activate >/dev/null
  sed -i 's/1000/100/' processes/sale.lua
  run --separate-stderr "$DEALWRIGHT" <<<'why Pump second
list deal --rules files --columns title
why Pump second --rules files
=why("Pump", "second", "--rules", "files")
why Pump second'
  [ "$status" -eq 0 ]
  [ "$(grep -c "is refused" <<<"$output")" -eq 2 ]
  [ "$(grep -c "is allowed" <<<"$output")" -eq 1 ]
  shows "pass"
}

@test "--rules of one line is for that line, those of the start for all others" {
  dw rules activate >/dev/null
  ask_for_1000
  works exec "why Pump second --rules files" "why Pump second"
  [ "$(grep -c "is refused" <<<"$output")" -eq 1 ]
  [ "$(grep -c "is allowed" <<<"$output")" -eq 1 ]
  run --separate-stderr "$DEALWRIGHT" --rules files <<<'why Pump second --rules active
why Pump second'
  [ "$(head -1 <<<"$output")" = "deal #2 Pump: first → second is allowed" ]
  shows "is refused"
  works exec --rules files "why Pump second" "why Pump second"
  [ "$(grep -c "is refused" <<<"$output")" -eq 2 ]
  works --rules files -d sales.db exec "why Pump second" "list deal"
  shows "is refused"
}

@test "nothing is changed under rules that are only tried" {
  before=$(dump)
  fails 77 advance Pump --rules files
  says "rules activate"
  fails 77 --rules files new client Beta
  fails 1 --rules files exec 'client { name = "Beta" }'
  [ "$(dump)" = "$before" ]
}

@test "a field that the tried rules declare reads as unset and is not made" {
  dw rules activate >/dev/null
  mkdir kinds
  printf 'extend "deal" { text "color" }\nkind "note_card" { text "title" }\n' >kinds/deal.lua
  works list deal --rules files -f csv --columns title,color
  [ "${lines[1]}" = "Pump," ]
  works list note_card --rules files
  run ! sqlite3 sales.db "select color from deal"
}

@test "what is no rule set is refused" {
  fails 1 why Pump --rules nope
  says "neither the hash of a kept rule set nor a folder"
  fails 1 why Pump --rules beef
  says "no rule set 'beef'"
  fails 1 why Pump --rules 12
  says "4 to 64 digits"
}

@test "rules diff tells declarations, not lines: added, removed, changed" {
  dw rules activate >/dev/null
  works rules diff
  shows "they are the same"
  sed -i '1i -- moved down by a line' processes/sale.lua
  sed -i 's/"an amount is known"/"a price is known"/' processes/sale.lua
  mkdir kinds
  printf 'extend "deal" { text "color" }\n' >kinds/deal.lua
  run --separate-stderr "$DEALWRIGHT" rules diff -f csv --columns change,what,id,place
  [ "$status" -eq 3 ]
  [ "$output" = "change,what,id,place
changed,must,sale.first.amount,processes/sale.lua:11
changed,file,processes/sale.lua,processes/sale.lua:1
added,field,deal.color,kinds/deal.lua:1
added,file,kinds/deal.lua,kinds/deal.lua:1" ]
  run --separate-stderr "$DEALWRIGHT" rules diff files active -f csv --columns change,what,id
  [ "${lines[1]}" = "removed,field,deal.color" ]
}

@test "a criterion that blocks now and warned before is a changed one" {
  dw rules activate >/dev/null
  sed -i 's/must "amount"/should "amount"/' processes/sale.lua
  run "$DEALWRIGHT" rules diff -f csv --columns change,what,id
  [ "${lines[1]}" = "changed,should,sale.first.amount" ]
  [ "${#lines[@]}" -eq 2 ]
}

@test "rules diff --full shows the lines that patch would take" {
  dw rules activate >/dev/null
  mkdir before && cp -r processes before
  ask_for_1000
  run --separate-stderr "$DEALWRIGHT" rules diff --full
  [ "$status" -eq 3 ]
  sed -n '/^---/,$p' <<<"$output" >lines
  (cd before && patch -s -p0 <../lines)
  cmp before/processes/sale.lua processes/sale.lua
}

@test "where nothing was activated the files are compared with the rules of the last unit of work" {
  works rules diff
  shows "they are the same"
  ask_for_1000
  run --separate-stderr "$DEALWRIGHT" rules diff
  [ "$status" -eq 3 ]
  shows "sale.first.amount"
}

@test "rules check and rules test are about the files, whatever is in force" {
  dw rules activate >/dev/null
  ask_for_1000
  works rules check
  shows "they are not in force"
  sed -i 's/must "amount"/should "amount"/' processes/sale.lua
  fails 1 rules test
  works rules test --rules active
}

@test "each part of rules has help, options and completion of its own" {
  works help rules activate
  shows "--files"
  works rules activate --help
  shows "--force"
  works help rules
  shows "versions"
  fails 2 help rules activat
  says "did you mean 'rules activate'?"
  works completion line "dealwright rules act"
  shows "activate	"
  works completion line "dealwright rules activate --f"
  shows "--force"
  dw rules activate --reason "first ones" >/dev/null
  hash=$(dw rules versions -f csv --columns rules | tail -1)
  works completion line "dealwright why Pump --rules "
  shows "$hash	"
  shows "first ones"
  works completion line "dealwright rules show sale.first.a"
  shows "sale.first.amount"
}

# Four open deals: Pump 900 USD, Saw without an amount, Big 5000 USD, Euro 700 EUR; Won is won. Acme is medical, Beta nothing, Gamma in education.
make_deals() {
  mkdir -p scorecards
  cat >processes/relationship.lua <<'LUA'
process "relationship" { kind = "client", field = "status", stages = { "suspect", "prospect" } }
stage "relationship.prospect" {
  auto = false,
  enter = { must "industry" { "an industry is known", check = function(client) return client.industry ~= nil end } },
}
LUA
  cat >scorecards/fit.lua <<'LUA'
scorecard "fit" {
  kind = "client", grades = { A = 20, B = 10, C = 0 },
  rule "medical" { "a medical client", points = 10, where = { industry = "medical" } },
  rule "named" { "it has a name", points = 5, when = function(client) return client.name ~= nil end },
}
LUA
  dw set Acme industry=medical >/dev/null
  dw new client Beta >/dev/null
  dw new client Gamma industry=education >/dev/null
  dw new deal Big client=Beta amount=5000 >/dev/null
  dw new deal Euro client=Beta amount="700 EUR" >/dev/null
  dw new deal Won client=Beta amount=100 >/dev/null
  dw advance Won >/dev/null
  dw advance Won >/dev/null
  dw rules activate --reason "the first ones" >/dev/null
}

change_rules() {
  sed -i 's/deal.amount ~= nil/deal.amount and deal.amount >= 1000/' processes/sale.lua
  sed -i 's/auto = false/auto = true/' processes/relationship.lua
  sed -i 's/points = 10/points = 20/' scorecards/fit.lua
  mkdir kinds
  printf 'extend "deal" { text "color" }\n' >kinds/deal.lua
}

@test "rules impact tells what the files would change now, with money and the rule that is the reason" {
  make_deals
  works rules impact
  shows "nothing would change now"
  change_rules
  works rules impact -f csv --columns what,id,effect,records,amount
  [ "$output" = "what,id,effect,records,amount,amount_currency
promotion,relationship.prospect,promoted,1,,
process,sale,blocked,1,900.00,USD
must,sale.first.amount,blocked,1,900.00,USD
process,sale,blocked,1,700.00,EUR
must,sale.first.amount,blocked,1,700.00,EUR
scorecard,fit,B → A,1,,
field,deal.color,added,,," ]
}

@test "rules impact tells which schedules come, go and run otherwise" {
  make_deals
  mkdir schedules
  printf '%s\n' 'every "day 03:00" { "rest", run = function() end }' 'every "monday 09:00" { "gather", run = function() end }' >schedules/all.lua
  dw rules activate >/dev/null
  printf '%s\n' 'every "day 04:00" { "rest", run = function() end }' 'every "friday 09:00" { "tell", run = function() end }' >schedules/all.lua
  works rules impact -f csv --columns what,id,effect
  [ "$output" = "what,id,effect
every,rest,changed
every,gather,removed
every,tell,added" ] || { echo "$output"; return 1; }
  works rules impact --list -f csv --columns name
  hides "rest"
}

@test "rules impact --list names the records, the biggest movers first when asked" {
  make_deals
  change_rules
  works rules impact --list -f csv --columns name,rule,effect,detail,difference --sort -difference
  [ "$output" = "name,rule,effect,detail,difference
Acme,fit,B → A,15 → 25,10
Gamma,relationship.prospect,promoted,,
Pump,sale,blocked,amount,
Euro,sale,blocked,amount," ]
}

@test "rules impact of milder rules tells what becomes free, of broken ones what breaks" {
  make_deals
  sed -i 's/deal.amount ~= nil/true/' processes/sale.lua
  works rules impact -f csv --columns what,effect,records,text
  [ "${lines[1]}" = "process,free,1," ]
  [ "${lines[2]}" = "must,free,1,an amount is known" ]
  sed -i 's/return true/return deal.title.x.y/' processes/sale.lua
  works rules impact -f csv --columns what,effect,records
  [ "${lines[1]}" = "process,broken,2" ]
}

@test "rules impact compares with the rules named by --rules and tries those named" {
  make_deals
  mkdir strict && cp -r workspace.lua processes scorecards strict
  sed -i 's/deal.amount ~= nil/deal.amount and deal.amount >= 1000/' strict/processes/sale.lua
  works rules impact strict -f csv --columns id,effect
  [ "${lines[1]}" = "sale,blocked" ]
  works rules impact --rules strict -f csv --columns id,effect
  [ "${lines[1]}" = "sale,free" ]
  works rules impact strict --process relationship
  shows "nothing would change now"
  fails 1 rules impact strict --process sael
  says "did you mean 'sale'?"
}

@test "rules impact and rules diff write nothing" {
  make_deals
  change_rules
  before=$(sha256sum sales.db)
  works rules impact
  works rules impact --list
  run "$DEALWRIGHT" rules diff --full
  [ "$(sha256sum sales.db)" = "$before" ]
}

# on DAY COMMAND...: with the clock at nine that day.
on() {
  local day=$1
  shift
  dw --now "${day}T09:00:00Z" "$@"
}

# Ada moved with 100, was won with 5000. Bob moved with 2000, was lost. Cid was refused without an amount, moved later with 3000 given in the same
# line, is open. Dan was forced without an amount, is open.
make_history() {
  local deal
  on 2026-01-02 -d past.db new client Acme >/dev/null
  for deal in Ada Bob Cid Dan; do on 2026-01-02 -d past.db new deal "$deal" client=Acme >/dev/null; done
  on 2026-01-03 -d past.db set Ada amount=100 >/dev/null
  on 2026-01-03 -d past.db set Bob amount=2000 >/dev/null
  on 2026-01-04 -d past.db advance Ada >/dev/null
  on 2026-01-04 -d past.db advance Bob >/dev/null
  on 2026-01-04 -d past.db advance Cid 2>/dev/null || true
  on 2026-01-04 -d past.db advance Dan --force --reason "a favour" >/dev/null
  on 2026-01-05 -d past.db set Ada amount=5000 >/dev/null
  on 2026-01-05 -d past.db advance Ada >/dev/null
  on 2026-01-05 -d past.db lose Bob --reason "price" >/dev/null
  on 2026-01-05 -d past.db advance Cid amount=3000 >/dev/null
}

@test "rules backtest judges each past move again as things stood then, and tells what became of the deals" {
  make_history
  ask_for_1000
  works -d past.db rules backtest -f csv --columns what,id,effect,moves,won,won_amount,lost,open
  [ "$output" = "what,id,effect,moves,won,won_amount,lost,open
stage,sale.first,refused,1,1,5000.00,0,0
stage,sale.first,same,4,0,,1,3
must,sale.first.amount,refused,1,1,5000.00,0,0
stage,sale.second,same,2,1,5000.00,1,0" ] || { echo "$output"; false; }
  works -d past.db rules backtest
  shows "'an amount is known' would have stopped 1 move; won later: 1 (5,000.00 USD)"
}

@test "rules backtest of milder rules tells which refusals would not have been" {
  make_history
  sed -i 's/deal.amount ~= nil/true/' processes/sale.lua
  works -d past.db rules backtest --list -f csv --columns name,from,to,made,effect,outcome
  [ "$output" = "name,from,to,made,effect,outcome
Dan,first,second,forced,allowed,open
Cid,first,second,refused,allowed,open" ] || { echo "$output"; false; }
}

@test "rules backtest by the rules in force finds nothing" {
  make_history
  works -d past.db rules backtest active --list
  shows "no move would have gone otherwise"
}

@test "rules backtest keeps to a time and a process" {
  make_history
  ask_for_1000
  works -d past.db rules backtest --since 2026-01-05 -f csv --columns id,effect,moves
  [ "$output" = "id,effect,moves
sale.first,same,1
sale.second,same,2" ]
  works -d past.db --as-of 2026-01-04 rules backtest -f csv --columns id,effect,moves,open
  [ "${lines[1]}" = "sale.first,refused,1,1" ]
  works -d past.db rules backtest --until 2026-01-03
  shows "no move was made in that time"
  fails 1 -d past.db rules backtest --process sael
  says "did you mean 'sale'?"
  fails 1 -d past.db rules backtest --since never
}

@test "rules backtest tells broken criteria, and moves that can't be judged any more" {
  make_history
  sed -i 's/deal.amount ~= nil/deal.title.x.y/' processes/sale.lua
  works -d past.db rules backtest -f csv --columns what,effect,moves
  [ "${lines[1]}" = "stage,broken,3" ] || { echo "$output"; false; }
  sed -i 's/deal.title.x.y/true/; s/"first", "second"/"first", "third"/' processes/sale.lua
  works -d past.db rules backtest --list -f csv --columns name,effect,detail
  shows "Ada,unjudged,there is no such stage any more"
}

@test "rules backtest tells how grades separate what was won from what was lost" {
  make_history
  mkdir scorecards
  cat >scorecards/size.lua <<'LUA'
scorecard "size" {
  kind = "deal", grades = { A = 10, B = 0 },
  rule "big" { "at least 3000", points = 10, when = function(deal) return deal.amount ~= nil and deal.amount >= 3000 end },
}
LUA
  dw -d past.db rules activate >/dev/null
  sed -i 's/>= 3000/>= 1000/' scorecards/size.lua
  works -d past.db rules backtest -f csv --columns what,id,effect,won,lost
  grep -qx "grade,size.A,before,1,0" <<<"$output"
  grep -qx "grade,size.B,before,0,1" <<<"$output"
  grep -qx "grade,size.A,after,1,1" <<<"$output"
  works -d past.db rules backtest
  shows "size: a deal that was won had more points than one that was lost with a probability of 0.50, before 1.00"
}

@test "rules backtest writes nothing, and leaves nothing behind" {
  make_history
  ask_for_1000
  before=$(sha256sum past.db)
  mkdir tmp
  TMPDIR=$PWD/tmp works -d past.db rules backtest
  TMPDIR=$PWD/tmp works -d past.db rules backtest --list --read-only
  [ "$(sha256sum past.db)" = "$before" ]
  [ -z "$(ls -A tmp)" ]
}
