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
  fails 2 exec 'list deal >deals.csv'
  says "'>deals.csv' is not a condition; write field=value"
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
  fails 2 redo soon
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

@test "the wrong word of a line is underlined where it stands" {
  fails 1 exec 'list deal "amount>5" amuont=3'
  [ "$stderr" = "dealwright: deal has no field 'amuont'; did you mean 'amount'?
  list deal \"amount>5\" amuont=3
                       ^~~~~~" ]
  fails 1 list deal --sort=title,-amuont
  [ "${stderr_lines[2]}" = "                          ^~~~~~" ]
  fails 1 set 3 'amount=5 EUX' # a shell took the quotes
  [ "${stderr_lines[1]}" = '  set 3 "amount=5 EUX"' ]
  [ "${stderr_lines[2]}" = "        ^~~~~~~~~~~~~~" ]
  fails 1 exec 'show "Ёлочные игрушкки"'
  [ "${stderr_lines[2]}" = "       ^~~~~~~~~~~~~~~~~~" ]
  fails 2 exec 'shwo 3'
  [ "${stderr_lines[2]}" = "  ^~~~" ]
  fails 2 exec 'show "3'
  [ "${stderr_lines[2]}" = "       ^" ]
}

@test "where Lua stops being Lua is marked, where it fails the line is shown" {
  fails 1 exec 'x = 1 = 2 = 3'
  [ "$stderr" = "dealwright: prompt:1: unexpected symbol near '='
    1 | x = 1 = 2 = 3
              ^" ]
  fails 1 exec '=1 +* 2'
  [ "${stderr_lines[2]}" = "            ^" ]
  fails 1 exec 'print(nothing.here)'
  [ "$stderr" = "dealwright: prompt:1: 'nothing' is not defined
    1 | print(nothing.here)" ]
}

@test "the name of a report or a kind alone leads to the line that was meant" {
  fails 1 exec 'pipeline'
  says "'pipeline' is not defined; did you mean 'report pipeline'?"
  fails 1 exec 'deal'
  says "'deal' is not defined; did you mean 'list deal'?"
}

@test "a parameter that is missing is told with what it may be" {
  fails 2 plan
  says "parameter 'span' is missing; say span=week"
}

@test "Lua without its end is an error where no more lines come" {
  fails 1 exec 'for i = 1, 2 do'
  says "'end' expected near <eof>"
  run --separate-stderr "$DEALWRIGHT" <<<'for i = 1, 2 do'
  [ "$status" -eq 1 ]
  says "'end' expected (to close 'for' at line 1) near <eof>"
  printf 'if true then\n  print(1)\n' >open.lua
  fails 1 run open.lua
  says "open.lua:3: 'end' expected (to close 'if' at line 1) near <eof>"
}

@test "a rejected row is shown with its cell marked" {
  cat >map.lua <<'LUA'
import { file "deals.csv" { kind = "deal", column "deal" { to = "title" }, column "sum" { to = "amount" } } }
LUA
  printf 'deal,sum\nСкан,5 USD\n"Ёж ""x""",five\n"open""x,3\n' >deals.csv
  fails 65 import map.lua deals.csv
  says 'deals.csv:3:12: '
  says '    3 | "Ёж ""x""",five
                   ^~~~'
  says '    4 | "open""x,3
        ^'
}

@test "error tells the last error again, -v with the lines of scripts that led to it" {
  cat >inner.lua <<'LUA'
local function inner(t)
  return t.a.b.c
end
local function outer(t)
  local value = inner(t)
  return value
end
outer { a = {} }
LUA
  run --separate-stderr "$DEALWRIGHT" exec error
  [ "$output" = "nothing has failed in this session" ]
  tell() { expect -c "
    log_user 0
    set timeout 20
    spawn $DEALWRIGHT
    expect -re {> \$}
    send \"$1\r\"
    expect -re {> \$}
    send \"$2\r\"
    expect -re {> \$}
    puts \$expect_out(buffer)
    send \"quit\r\"
    expect eof" | tr -d '\r'; }
  output=$(tell "run inner.lua" "error -v")
  shows "dealwright: inner.lua:2: 'b' is not set"
  shows "    2 |   return t.a.b.c"
  shows "code: script, exit code 1"
  shows "  inner.lua:2: in 'inner'
  inner.lua:5: in 'outer'
  inner.lua:8: outside of functions
rule set: "
  hides prelude
  output=$(tell "list dael" "error -f json")
  shows '"hint":"did you mean '"'deal'"'?"'
  shows '"column":6'
}

@test "errors as JSON say where and what to do" {
  fails 1 list deal amuont=5 --errors json
  echo "$stderr" | jq -e '.error | .column == 11 and .line == 1 and (has("file") | not) and .hint == "did you mean '"'amount'"'?"'
  fails 1 --errors json exec 'x = = 3'
  echo "$stderr" | jq -e '.error | .file == "prompt" and .line == 1 and .column == 5 and .excerpt == "x = = 3"'
  fails 1 --errors json exec 'dealz'
  echo "$stderr" | jq -e '.error | (has("column") | not) and .hint == "did you mean '"'deals'"'?"'
}

@test "what is wrong with the look of the answer is told before anything changes" {
  for words in "-f tabel" "--width wide" "--limit many" "--color nevr"; do
    # shellcheck disable=SC2086 # words on purpose
    fails 2 set 3 amount=5 $words
  done
  works list deal amount=12500 -f csv --columns title
  [ "${lines[1]}" = "Scanners" ]
}
