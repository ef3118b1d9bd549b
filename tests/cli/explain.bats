#!/usr/bin/env bats
# explain: how a line is read, and the Lua that does the same – which it then must.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "a command is shown as a call, whatever its words are" {
  works explain 'set #3 title="Two words" amount=900 next_step='
  shows "a command"
  shows 'in Lua: set("#3", "title=Two words", "amount=900", "next_step=")'
  works explain 'find "Ёлочные игрушки"'
  shows 'in Lua: find("Ёлочные игрушки")'
  works explain 'show %3'
  shows 'in Lua: show("%3")'
  works explain 'advance #3 --force --reason "he said \"yes\""'
  shows 'in Lua: advance("#3", "--force", "--reason", "he said \"yes\"")'
  works explain 'rules list'
  shows 'in Lua: rules("list")'
}

@test "a verb that Lua can't name, and an alias, have their name there" {
  works explain 'why-not #3 won'
  shows 'in Lua: why_not("#3", "won")'
  works exec '=#why_not("#3", "qualifying")'
  [ "$output" = 2 ] # the owner, and the move
  mkdir -p own/commands
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Own" }' >own/workspace.lua
  echo 'command "say-it" { summary = "say it", examples = { "say-it" }, run = function() return "said" end }' >own/commands/a.lua
  works -w own explain 'say-it'
  shows 'in Lua: say_it()'
}

@test "what says how the answer looks and where it goes is left out, and said to be" {
  works explain 'list deal --columns title -f csv --width=40 > deals.csv'
  shows 'in Lua: list("deal", "--columns", "title")'
  shows 'without: -f csv --width=40 > deals.csv (a script has the answer itself and writes no files)'
  works explain 'list deal | wc -l'
  shows 'without: | wc -l'
  works explain ':find -- -f csv'
  shows 'in Lua: find("--", "-f", "csv")'
  hides "without"
}

@test "a verb alone may say where its answer goes, too" {
  works explain 'agenda > today.csv'
  shows "a command: a verb followed by > or | and a blank is a command: its answer goes there"
  shows "without: > today.csv"
  works explain 'agenda >= 3'
  [ "$output" = "Lua: a verb followed by an operator is Lua" ]
}

@test "a script that asks for a file is refused, not ignored" {
  fails 2 exec '=list("deal", "-o", "deals.csv")'
  says "a script gets the answer and writes no files: leave out --output"
  [ ! -e deals.csv ]
  works -o all.csv exec '=list("deal", "--columns", "title")'
  grep -q Scanners all.csv
}

@test "what is about the session is not for scripts" {
  works explain 'use other.db'
  shows "not in Lua: 'use' is about the session, scripts can't call it"
  works explain 'rules activate --files'
  shows "not in Lua: 'rules activate' is about the session"
  works explain 'show (42)'
  [ "$output" = "Lua: a verb followed by an operator is Lua" ]
  hides "in Lua"
}

# examples: all of them, of every command that scripts can call, one a line.
examples() {
  local verb
  for verb in $(dw help | awk '/^  [a-z]/ { print $1 }' | sort -u); do
    dw help "$verb" 2>/dev/null | sed -n '/^examples$/,/^[^ ]/p' | sed -n 's/^  //p'
  done
  for verb in list show check test coverage graph diff impact versions meta reload activate; do
    dw help rules "$verb" 2>/dev/null | sed -n '/^examples$/,/^[^ ]/p' | sed -n 's/^  //p'
  done
}

# outcome LINE [OPTION...]: the exit code and what it says, but for what each door says of itself: the stamp, and where in a
# script it was. A reference is a number here and its name there; a document is words in both.
outcome() {
  local code=0
  "$DEALWRIGHT" -d sales.db --now 2026-11-26T10:00:00Z --no-input "${@:2}" exec "$1" >out.txt 2>err.txt </dev/null || code=$?
  echo "exit $code"
  jq -cS 'if .blocks then "a document" else { names: [.columns[].name], rows } end' out.txt 2>/dev/null || grep -v '^data #' out.txt || true
  sed -e '/^ /d' -e 's/^dealwright: //; s/^prompt:1: //; s/   [✗△‼].*//; s/ #[0-9]*  .*//' err.txt | sed "s|$PWD|.|" | head -1
}

# What is in the book, but for what was typed and for refusals: of a script all is taken back together with what failed.
dump() {
  sqlite3 sales.db "update tx set command = ''; delete from transition where outcome = 'refused'; delete from sequence; delete from meta;
    delete from tx where id not in (select tx from change union select created_tx from record union select tx from transition);" .dump 2>&1
}

# doors LINE LUA [OPTION...]: both, each in a folder of its own.
doors() {
  local door
  for door in 1 2; do
    rm -rf "door$door" && mkdir "door$door" && cp sales.db "door$door/sales.db"
  done
  (cd door1 && outcome "$1" "${@:3}" >said.txt) &
  (cd door2 && outcome "$2" "${@:3}" >said.txt) &
  wait
}

changed() {
  ! cmp -s sales.db door1/sales.db || ! cmp -s sales.db door2/sales.db
}

# Whether both doors gave the same; what differs goes to differ.txt.
agree() {
  cmp -s door1/said.txt door2/said.txt || { diff door1/said.txt door2/said.txt >>differ.txt; return 1; }
  ! changed || diff <(cd door1 && dump) <(cd door2 && dump) >>differ.txt
}

@test "the shown Lua does what each example of each command does" {
  local line lua
  examples | sort -u >examples.txt
  [ "$(wc -l <examples.txt)" -gt 80 ]
  # two runs of the program for each take their time: every fourth of them, unless all are asked for
  [ -n "${TEST_FULL:-}" ] || { awk 'NR % 4 == 1' examples.txt >some.txt && mv some.txt examples.txt; }
  dw import "$BATS_TEST_DIRNAME/../../scripts/demo/import.lua" "$BATS_TEST_DIRNAME/../../scripts/demo/data" >/dev/null
  while read -r line; do
    lua=$(dw explain "$line" </dev/null | sed -n 's/^in Lua: //p')
    [ -n "$lua" ] || continue
    line=$(sed -E 's/ [>|] .*$//; s/ (-f|--format) [a-z]+//; s/ -o [^ ]+//' <<<"$line")
    doors "$line" "=$lua" -f json
    ! grep -q '"a document"' door1/said.txt || doors "$line" "=$lua"
    agree && echo "$line" >>same.txt || printf '^ %s\n= %s\n' "$line" "$lua" >>differ.txt
  done <examples.txt
  [ ! -e differ.txt ] || [ ! -s differ.txt ] || { cat differ.txt; wc -l same.txt; return 1; }
  [ "$(wc -l <same.txt)" -gt 20 ]
}

@test "what a script changes has the reason of its call" {
  dw advance Scanners --force --reason "a test" >/dev/null 2>&1
  works exec 'back("#3", "--reason", "the budget was cut")'
  works history --limit 1
  shows "the budget was cut"
}

@test "a call that gives no value shows none" {
  works exec 'note("#2", "they moved house")'
  hides "nil"
  works exec '=agenda("today")'
  shows "(no rows)"
}

@test "a score of something else than the card is for is refused" {
  fails 2 score fit Scanners
  says "scorecard 'fit' is for a client, not for a deal"
}
