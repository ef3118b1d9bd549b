#!/usr/bin/env bats
# Each verb does what its line in `help` says.
bats_require_minimum_version 1.5.0
load support

prepare() {
  case $BATS_TEST_DESCRIPTION in *"without a book"*) ;; *) make_book ;; esac
}

@test "help lists every command and help COMMAND shows its examples, without a book" {
  works help
  shows "advance"
  shows "--fail-if-empty"
  works help advance
  shows "advance #42"
  works list --help
  shows "list deal stage=won"
  works -h
  shows "usage: dealwright"
}

@test "help KIND lists its fields" {
  works help deal
  shows "expected_close"
  shows "client"
}

@test "help explains a field: by its kind, or of every kind that has it" {
  works help deal.stage
  shows "deal.stage"
  shows "stages of process sale"
  shows "needs_analysis"
  works exec 'satisfaction?'
  shows "client.satisfaction"
  shows "at most 5"
  works help owner
  shows 'must "owner"'
  shows "deal.owner"
  shows "client.owner"
  fails 1 help deal.stge
  says "did you mean 'stage'?"
}

@test "help explains a report with its parameters, and rules with their source" {
  works help win_rate
  shows "won ÷ (won + lost)"
  shows "closed_quarter"
  shows "default: all"
  works help sale.qualifying.value
  shows "stages/sale/qualifying.lua"
}

@test "a word with ? is help, with ?? the source of what it names, to its last line" {
  works exec 'win_rate?'
  shows "won ÷ (won + lost)"
  works exec 'sale.qualifying.value??'
  shows 'must "value" {'
  [ "$(tail -1 <<<"$output" | tr -d ' ')" = "}," ]
  works exec '??fit'
  shows 'rule "free_mail"'
  fails 1 exec 'sale.qualifyin??'
  says "did you mean 'sale.qualifying'?"
}

@test "version, without a book" {
  works --version
  [[ $output == "dealwright "* ]]
}

@test "new creates a record and says its number" {
  works new client "ООО Ромашка" industry=medical
  shows "client #5 ООО Ромашка"
  works show client "ООО Ромашка"
  shows "medical"
}

@test "undo says what becomes unset, and counts in good English" {
  works set 3 next_step=call
  works undo --yes
  shows "~ deal #3 Scanners"
  shows "next_step: call → unset"
  shows "(1 record, 1 change)"
}

@test "a number of another kind is refused, not taken for its own" {
  fails 1 show client 3
  says "#3 is of kind deal, not client"
  fails 1 set client '#3' notes=x
  works show 3
  hides "x "
}

@test "new --dry-run changes nothing" {
  works new client "Nobody" -n
  shows "nothing was changed"
  fails 1 show client Nobody
}

@test "set changes, adds and unsets" {
  works set 3 amount=1.2M
  works set '#3' amount+=500 next_step="call back"
  works show 3
  shows "1,200,500.00 USD"
  shows "call back"
  works set 3 amount-=200500 next_step=
  works show 3
  shows "1,000,000.00 USD"
  hides "call back"
}

@test "set with a wrong field or value changes nothing and names it" {
  fails 1 set 3 amont=5
  says "did you mean 'amount'?"
  fails 1 set 3 next_step=x amount=abc
  says "amount"
  works show 3
  shows "12,500.00 USD"
  hides "Next step"
}

@test "a stage is not set but moved" {
  fails 1 set 3 stage=won
  works show 3
  shows "prospecting"
}

@test "set of many asks, and with --yes does" {
  fails 4 set deal --where amount'<'100000 source=web
  says "This changes 2 deals worth 13.4k USD"
  works set deal --where amount'<'100000 source=web --dry-run
  shows "source: unset → web"
  works list deal source=web -f csv
  [ "${#lines[@]}" -eq 1 ]
  works set deal --where amount'<'100000 source=web --yes
  works list deal source=web -f csv
  [ "${#lines[@]}" -eq 3 ]
}

@test "show: fields, references and what belongs to it" {
  works show "Acme Clinic"
  shows "medical"
  shows "deals"
  works show 3
  shows "Acme Clinic (#2)"
  fails 1 show 99
  says "99"
}

@test "list: conditions, columns, order and limit" {
  works list deal --columns title,amount --sort -amount -f csv
  [ "${lines[1]}" = "Scanners,12500.00" ]
  works list deal "amount>1000" --columns title -f tsv
  [ "${#lines[@]}" -eq 2 ]
  works list deal --sort title --limit 1 --columns title -f csv
  [ "${#lines[@]}" -eq 2 ]
  works list deals ~ёлочные --columns title -f csv
  [ "${lines[1]}" = "Ёлочные игрушки" ]
  works list deal client="Acme Clinic" --columns title -f csv
  [ "${#lines[@]}" -eq 3 ]
}

@test "find: words over all kinds, and conditions" {
  works find елочные
  shows "Ёлочные игрушки"
  works find acme
  shows "client"
  works find "amount>5000"
  shows "Scanners"
  hides "Ёлочные"
  works find client "name~clin"
  shows "Acme Clinic"
  works find "title~scan"
  shows "Scanners"
  hides "Ёлочные"
  works find nothing-of-the-kind
  [ "$status" -eq 0 ]
  fails_empty
}

fails_empty() {
  run "$DEALWRIGHT" find nothing-of-the-kind --fail-if-empty
  [ "$status" -eq 3 ]
}

@test "delete and undo" {
  works delete 4
  fails 1 show 4
  works undo
  works show 4
  shows "Ёлочные игрушки"
  fails 4 delete 3 4
  works delete 3 4 --yes
  works list deal -f csv
  [ "${#lines[@]}" -eq 1 ]
}

@test "advance is refused with every reason and what to do" {
  fails 1 advance 3
  says "somebody is responsible"
  says "set"
  works set 3 owner="Анна Орлова"
  works advance 3
  shows "prospecting → qualifying"
}

@test "new without a word about the record is a slip" {
  dw export deal -f csv >before.csv
  fails 2 new deal
  says "nothing is said of the new deal; usage: new deal [NAME] [FIELD=VALUE]..."
  dw export deal -f csv | cmp - before.csv
}

@test "a stage out of reach is refused once, with what tells the way" {
  fails 1 win 3
  [ "$stderr" = "dealwright: #3 stays in 'prospecting': 'qualifying' comes before 'won'; process 'sale' skips no stage
  do: why-not #3 won" ]
}

@test "why shows what passes too, and changes nothing" {
  works why 3
  shows "is refused"
  shows "the deal names its client"
  shows "prospecting.lua:"
  works why 4
  shows "is allowed"
  works show 4
  shows "prospecting"
  works why 3 -f json
  echo "$output" | jq -e '.rows[] | select(.criterion == "owner") | .outcome == "fail"'
}

@test "back needs a reason; force needs one too" {
  works advance 4
  fails 1 back 4
  works back 4 --reason "the budget was cut"
  fails 2 advance 3 --force
  works advance 3 --force --reason "the director agreed"
  shows "forced"
}

@test "assign" {
  works assign 3 "Анна Орлова"
  works show 3
  shows "Анна Орлова (#1)"
}

@test "history tells the story in order" {
  fails 1 advance 3
  works set 3 owner="Анна Орлова"
  works advance 3
  works history 3
  shows "refused"
  shows "Анна Орлова"
  shows "prospecting → qualifying"
  works history
  shows "advance 3"
}

@test "undo several, undo a unit, redo" {
  works set 3 amount=1
  works set 3 amount=2
  works undo 2
  works show 3
  shows "12,500.00 USD"
  works set 3 amount=7
  works undo
  works redo
  works show 3
  shows "7.00 USD"
}

@test "score one and all" {
  works score fit 2
  shows "total"
  works score fit
  shows "scored"
}

@test "rules list, show, check" {
  works rules list
  shows "sale.prospecting.owner"
  works rules show sale.prospecting.owner
  shows "somebody is responsible"
  fails 1 rules show sale.prospecting.ownr
  says "did you mean"
  works rules check
}

@test "reports are listed; an unknown one gets a suggestion" {
  works report
  shows "pipeline"
  works report pipeline
  fails 1 report pipelin
  says "did you mean 'pipeline'?"
}

@test "export and backup" {
  works export deal -o deals.csv
  [ "$(wc -l <deals.csv)" -eq 3 ]
  works export deal -o deals.json
  jq -e '.rows | length == 2' deals.json
  works backup copy.db
  works -d copy.db list deal -f csv
  [ "${#lines[@]}" -eq 3 ]
}

@test "exec runs lines, commands and Lua, and stops at the first failure" {
  works exec "list deal -f csv --columns title" "=1+1"
  shows "Scanners"
  shows "2"
  fails 1 exec "show 99" "list deal -f csv"
  hides "Scanners"
}

@test "lines come from standard input as well" {
  run --separate-stderr "$DEALWRIGHT" <<<$'list deal --columns title -f csv\nfor i = 1, 2 do\n  print(i)\nend'
  [ "$status" -eq 0 ]
  shows "Scanners"
  shows $'1\n2'
}

@test "run runs a file" {
  echo 'print("from a file", 6 * 7)' >x.lua
  works run x.lua
  shows "42"
}

@test "explain says how a line is read" {
  works explain "show 42"
  shows "a command"
  shows 'show("42")'
  works explain "show (42)"
  shows "Lua"
}

@test "doctor" {
  works doctor
  shows "no faults found"
}

@test "as-of looks back" {
  works as-of 2001-01-01 list deal -f csv
  [ "${#lines[@]}" -eq 1 ]
  works list deal -f csv --as-of 2001-01-01
  [ "${#lines[@]}" -eq 1 ]
  works list deal -f csv
  [ "${#lines[@]}" -eq 3 ]
  fails 77 as-of 2001-01-01 new client X
}

@test "init makes a workspace that works, without a book" {
  works init my
  [ -f my/workspace.lua ] && [ -f my/sales.db ]
  works -w my new client "Acme"
  works -w my rules check
  fails 2 init my
}

@test "a row of the last table and _ name records in fields and conditions, too" {
  works exec 'new client Zoo' 'new deal Lions client=_' 'show _ --columns client -f csv'
  [[ ${lines[-1]} == "Zoo (#"* ]]
  works exec 'list client --columns name' 'set #3 client=%2' 'list deal client=Zoo --columns title -f csv'
  [[ $output == *$'title\nScanners\nLions'* ]]
  works exec 'show Zoo' 'list deal client=_ --columns title -f csv'
  [[ $output == *$'title\nScanners\nLions' ]]
  works exec 'list client --columns name' 'list deal client!=%2 --columns title -f csv'
  [[ $output == *$'title\nЁлочные игрушки' ]]
  works exec 'list client --columns name' 'find deal client=%2 --where id=#3 --columns title -f csv'
  [[ $output == *$'title\nScanners' ]]
  works exec 'set #3 notes=_ next_step=%1' 'show #3 --columns notes,next_step -f csv'
  [[ $output == *$'notes,next_step\n_,%1' ]]
  fails 2 exec 'list client --columns name' 'set #3 client=%9'
  says "the last table has 2 rows, no row 9"
  fails 2 exec 'list deal --columns title' 'list deal client=_'
  says "the last answer was not one record"
  fails 1 exec 'show #3' 'set #4 client=_'
  says "#3 is of kind deal, not client"
}
