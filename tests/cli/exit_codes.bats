#!/usr/bin/env bats
# Every exit code of the manual from a real situation: what is said, that standard output stays empty,
# and that the database is as it was.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
  before=$(dump)
}

dump() { sqlite3 sales.db .dump | sha256sum; }

# ends CODE PART ARGUMENT...: the failure says the part, shows nothing, changes nothing.
ends() {
  local expected=$1 part=$2
  shift 2
  fails "$expected" "$@" && says "$part" && nothing_happened
}

nothing_happened() {
  [ -z "$output" ] || { echo "on standard output: $output" >&2; return 1; }
  [ "$(dump)" = "$before" ] || { echo "the database was changed" >&2; return 1; }
}

@test "0 and 3: done, and nothing to show" {
  works list deal
  [ -z "$stderr" ]
  run --separate-stderr "$DEALWRIGHT" list deal stage=won --fail-if-empty
  [ "$status" -eq 3 ]
  [ -z "$stderr" ]
  [ "$(dump)" = "$before" ]
}

@test "1: refused, not found, an error in a script" {
  ends 1 "99" show 99
  ends 1 "boom" exec 'error("boom")'
  ends 1 "is not a date" set 3 expected_close=never
}

@test "2: wrong use" {
  ends 2 "no command 'lst'" lst deal
  ends 2 "no option '--foo'" list deal --foo
  ends 2 "usage: show" show
}

@test "4: a confirmation that nobody gave" {
  ends 4 "add --yes to do it" delete 3 4
}

@test "65: data that can't be read" {
  echo 'import { file "deals.csv" { kind = "deal", column "sum" { to = "amount" } } }' >map.lua
  printf 'sum\n"5\n' >deals.csv
  ends 65 "deals.csv:2:1:" import map.lua deals.csv
}

@test "66: no database" {
  ends 66 "no database 'none.db'" -d none.db list deal
  [ ! -e none.db ]
}

@test "74: the output can't be written" {
  run --separate-stderr sh -c '"$DEALWRIGHT" list deal >/dev/full'
  [ "$status" -eq 74 ]
  says "No space left on device"
  nothing_happened
}

@test "75: another process holds the database" {
  mkfifo held go
  sqlite3 sales.db >/dev/null <<'SQL' &
begin exclusive;
.shell echo >held; cat go >/dev/null
SQL
  cat held >/dev/null
  fails 75 set 3 amount=5
  echo >go
  wait
  says "another process has been using 'sales.db'"
  nothing_happened
}

@test "77: not permitted" {
  ends 77 "--read-only is set" --read-only set 3 amount=5
  ends 77 "with --safe" --safe set 3 amount=5
  ends 77 "config shell=on" exec '!echo hi'
}

@test "78: a workspace or a file of settings that is none" {
  mkdir empty
  ends 78 "'empty' holds no workspace.lua" -w empty list deal
}

@test "124: a limit of time" {
  ends 124 "takes longer than it may" --timeout 0.2 exec 'while true do end'
}

@test "130: Ctrl-C" {
  run --separate-stderr timeout --preserve-status --signal INT 2 "$DEALWRIGHT" exec 'while true do end'
  [ "$status" -eq 130 ]
  says "interrupted"
  nothing_happened
}

@test "141: a reader that left is told nothing" {
  run --separate-stderr bash -c 'set -o pipefail
    "$DEALWRIGHT" exec "for i = 1, 20000 do print(\"a line that fills the pipe\") end" | head -1'
  [ "$status" -eq 141 ]
  [ -z "$stderr" ]
  [ "$(dump)" = "$before" ]
}

@test "the manual lists these codes and no others" {
  works manual
  [ "$(grep -oE '^\.It (Li )?[0-9]+' <<<"$output" | grep -oE '[0-9]+' | tr '\n' ' ')" = \
    "0 1 2 3 4 65 66 74 75 77 78 124 130 141 " ]
}

@test "--safe looks at a workspace that is broken, and at its mistakes" {
  works init ws
  cp sales.db ws/sales.db
  echo 'local x = = 1' >>ws/workspace.lua
  fails 1 -w ws list deal
  works -w ws --safe list deal
  shows Scanners
  works list deal -w ws --safe
  run --separate-stderr "$DEALWRIGHT" -w ws --safe rules check
  [ "$status" -eq 3 ]
  says "unexpected symbol near '='"
  fails 77 -w ws --safe new client X
  mkdir -p "$HOME/.config/dealwright"
  echo 'nonsense = 1' >"$HOME/.config/dealwright/config"
  works --safe list deal
  [ -z "$stderr" ]
}

@test "! runs a program where it was switched on" {
  works --shell exec '!echo hi'
  [ "$output" = hi ]
  works config shell=on
  works exec '!printf "%s\n" "a b"'
  [ "$output" = "a b" ]
  fails 1 exec '!no-such-program-here'
  fails 77 --safe exec '!echo hi'
}
