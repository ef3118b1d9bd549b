#!/usr/bin/env bats
# What the doctor looks at, what it finds, and what it says to do about it.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

# state CHECK: "ok", "warning" or "error" of that check.
state() {
  "$DEALWRIGHT" doctor -f json "${@:2}" 2>/dev/null | jq -r --arg check "$1" '[.rows[] | select(.check == $check).state] | join(" ")'
}

# ill ARGUMENT...: the doctor finds something.
ill() {
  run --separate-stderr "$DEALWRIGHT" doctor "$@"
  [ "$status" -eq 3 ] || { echo "exit $status: $output $stderr" >&2; return 1; }
}

@test "a sound book in its place: every line is ok" {
  works doctor
  [ -z "$(grep -v '^ok ' <<<"$output")" ]
  for part in "dealwright 0" "Lua 5.4" "readline 8" "utf8proc" "SQLite 3" "journal" "schema" "content" "search" "backup" "workspace" "access" \
    "disk" "locks" "locale" "settings" "history"; do
    shows "$part"
  done
  works doctor --full
  shows "tests of the workspace pass"
  [ -z "$(grep -v '^ok ' <<<"$output")" ]
}

@test "without a database it tells what it can" {
  rm sales.db
  works doctor
  shows "there is no 'sales.db'"
  shows "as shipped loads"
  [ ! -e sales.db ]
}

@test "who may read the database, the settings and the history" {
  chmod 644 sales.db
  ill
  shows "other users of this machine may read the database"
  shows "do: chmod 600 sales.db"
  chmod 600 sales.db
  mkdir -p "$HOME/.config/dealwright"
  echo "timing = off" >"$HOME/.config/dealwright/config"
  chmod 666 "$HOME/.config/dealwright/config"
  ill
  shows "do: chmod go-w $HOME/.config/dealwright/config"
}

@test "a damaged file is found, in part and in whole" {
  dd if=/dev/zero of=sales.db bs=4096 seek=4 count=3 conv=notrunc 2>/dev/null
  ill
  shows "do: restore a backup"
  dd if=/dev/zero of=sales.db bs=4096 count=1 conv=notrunc 2>/dev/null
  ill
  [ "$(state database)" = error ]
}

@test "a workspace that does not load hides nothing else" {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Broken" }' >workspace.lua
  mkdir stages
  echo 'stage "sale.won" { nonsense = 1 }' >stages/x.lua
  ill
  shows "do: see every mistake: rules check"
  shows "no faults found"
  shows "schema"
}

@test "a failing test and scores that are old are found by --full" {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Full" }' >workspace.lua
  mkdir tests scorecards
  echo 'scorecard "size" { kind = "deal", rule "big" { "it is big", points = 5, where = { amount = over(1000) } } }' >scorecards/size.lua
  works rules check
  dw score size >/dev/null
  works doctor --full
  dw set 3 amount=5 >/dev/null
  ill --full
  shows "1 scores of 'size' are not what the rules say now"
  shows "do: score size"
  dw score size >/dev/null
  works doctor --full
  echo 'test "never" { expect = function() return false end }' >tests/never.lua
  ill --full
  shows "1 of 1 tests of the workspace fail"
}

@test "locale, environment and settings" {
  LC_ALL=C ill
  shows "it is not UTF-8"
  DEALWRIGHT_COLOUR=never ill
  shows "DEALWRIGHT_COLOUR is no setting"
  mkdir -p "$HOME/.config/dealwright"
  echo "colour = never" >"$HOME/.config/dealwright/config"
  ill
  shows "did you mean 'color'?"
  run --separate-stderr env -u HOME "$DEALWRIGHT" doctor
  [ "$status" -eq 0 ]
  shows "none is kept: there is no home"
}

@test "backups are remembered, and missed when much was done" {
  [ "$(state backup)" = ok ]
  for i in $(seq 20); do echo "set 3 next_step=a$i"; echo "set 3 next_step=b$i"; echo "set 4 next_step=a$i"; echo "set 4 next_step=b$i"; echo "set 4 source=b$i"; done >lines.txt
  dw <lines.txt >/dev/null
  ill
  shows "there was never one"
  shows "do: make one: backup FILE"
  dw backup copy.db >/dev/null
  works doctor
  shows "the last one 0 days ago, 0 units of work since then"
  sqlite3 sales.db "update meta set value = '2020-01-01T00:00:00Z 3' where key = 'backup'"
  ill
  shows "units of work since then"
}

@test "who is at work is told" {
  mkfifo go
  sqlite3 sales.db <go >/dev/null 2>&1 &
  exec 7>go
  echo "begin immediate; select 1;" >&7
  sleep 0.5
  works doctor
  shows "process $! is reading or writing just now"
  echo "rollback; .quit" >&7
  exec 7>&-
  wait
}

@test "for programs" {
  works doctor -f json
  [ "$(jq -r '[.rows[].state] | unique | join(" ")' <<<"$output")" = ok ]
  works doctor -f csv
  [ "${lines[0]}" = "state,check,finding,advice" ]
}
