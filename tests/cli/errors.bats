#!/usr/bin/env bats
# Wrong use: exit codes, suggestions for typos, none for nonsense, and nothing changed.
bats_require_minimum_version 1.5.0
load support

prepare() {
  case $BATS_TEST_DESCRIPTION in *"no database"*) ;; *) make_book ;; esac
}

@test "a mistyped verb, kind, field, stage, report, option gets a suggestion" {
  fails 2 lst deal
  says "did you mean 'list'?"
  fails 1 list dael
  says "did you mean 'deal'?"
  fails 1 list deal amuont=5
  says "did you mean 'amount'?"
  fails 1 move 3 qualifyng
  says "did you mean 'qualifying'?"
  fails 2 list deal --formt csv
  says "did you mean '--format'?"
  fails 2 list deal -f jsn
  says "did you mean 'json'?"
  fails 2 list deal --columns titel -f csv || fails 1 list deal --columns titel -f csv
  says "did you mean 'title'?"
  fails 2 rules chekc
  says "did you mean 'rules check'?"
}

@test "nonsense gets no suggestion" {
  for words in "xyzzyq" "list qqqqqqqq" "list deal --qqqqqqq" "rules wwwww" "report zzzzzzzz"; do
    # shellcheck disable=SC2086 # words on purpose
    run --separate-stderr "$DEALWRIGHT" $words
    [ "$status" -ne 0 ]
    case $stderr in *"did you mean"*) echo "$words: $stderr" >&2; return 1 ;; esac
  done
}

@test "missing and surplus arguments are a usage error with an example" {
  fails 2 show
  says "show"
  fails 2 list
  fails 2 advance
  fails 2 redo 5
  fails 2 undo x
  fails 2 list deal --limit many
}

@test "no database: 66 and what to do" {
  fails 66 list deal
  says "init"
  [ ! -e sales.db ]
  fails 66 -d other.db show 1
  says "other.db"
}

@test "a workspace that is none, no database: 78" {
  mkdir empty
  fails 78 -w empty list deal
  says "workspace.lua"
}

@test "a file that is no database" {
  echo "hello" >text.db
  fails 66 -d text.db list deal
}

@test "--read-only: 77" {
  fails 77 --read-only set 3 amount=5
  fails 77 set 3 amount=5 --read-only
  works --read-only list deal
}

@test "errors as JSON for programs" {
  fails 1 show 99 --errors json
  echo "$stderr" | jq -e '.error.code == "not_found" and .error.exit == 1'
  fails 1 advance 3 --errors json
  echo "$stderr" | jq -e '.error.code == "refused" and (.error.details | length > 0)'
  fails 2 $'sh\xff\ew' --errors json # no UTF-8, and a control character
  echo "$stderr" | jq -e '.error.code == "usage" and (.error.message | contains("sh\ufffd\u001bw"))'
}

@test "an error leaves standard output empty" {
  fails 1 show 99
  [ -z "$output" ]
  fails 1 advance 3
  [ -z "$output" ]
}

@test "confirmation is never assumed without a terminal" {
  fails 4 delete 3 4
  says "--yes"
  fails 4 delete 3 4 --no-input
  works show 3
}

@test "a wrong script is named with its line and 'rules check' finds it" {
  works init ws
  echo 'process "sale" { kindd = "deal" }' >>ws/processes/sale.lua
  run --separate-stderr "$DEALWRIGHT" -w ws rules check
  [ "$status" -eq 3 ]
  says "processes/sale.lua:"
  run --separate-stderr "$DEALWRIGHT" -w ws list deal
  [ "$status" -ne 0 ]
  says "processes/sale.lua:"
}
