#!/usr/bin/env bats
# What holds for the rest of a session, who said it, and how it is taken back.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "it lists every setting with its value and who said it" {
  works set-option
  shows "format    │ table"
  shows "hints "
  DEALWRIGHT_COLOR=never works -f csv set-option --limit 1000
  grep -q "^color,never,DEALWRIGHT_COLOR," <<<"$output"
  grep -q "^limit,1000,'--limit," <<<"$output"
  grep -q "^timeout,30,default," <<<"$output"
}

@test "what is set holds for the lines behind it, until it is reset" {
  works exec "set-option format=csv limit=1" "list deal --columns title" "set-option limit" "set-option -r format" "list deal --columns title"
  shows "format is csv"
  shows "limit is 1"
  [ "$(grep -c '^Scanners$' <<<"$output")" = 1 ]
  hides "Ёлочные"
  shows "format is table"
  shows "│ Scanners"
  works exec "set-option format=csv limit=1" "set-option --reset" "list deal --columns title"
  shows "limit is not set"
  shows "│ Ёлочные игрушки"
}

@test "what a line says counts more: its options, and the ending of its file" {
  works exec "set-option format=csv" "list deal --columns title -f json"
  shows '"title":"Scanners"'
  works exec "set-option format=csv" "list deal --columns title > deals.json"
  grep -q '"title"' deals.json
  works -f csv list deal --columns title -o deals.json
  head -1 deals.json | grep -qx title
  DEALWRIGHT_FORMAT=csv works list deal --columns title -o env.json
  grep -q '"title"' env.json
}

@test "the language, the moment and the right to write change at once" {
  works exec "set-option lang=ru" "list deal --columns title"
  shows "Название"
  works exec "set-option as-of=2001-01-01" "list deal --columns title" "as-of now" "list deal --columns title"
  shows "(no rows)"
  shows "Scanners"
  works exec "set-option now=2030-05-06T12:00:00Z" "=today()"
  shows "2030-05-06"
  fails 77 exec "set-option read-only=on" "new client Other"
  works exec "set-option read-only=on" "set-option read-only=off" "new client Other"
}

@test "what can't be is refused and changes nothing" {
  fails 2 set-option fromat=csv
  says "did you mean 'format'?"
  fails 2 set-option format=cvs
  says "did you mean 'csv'?"
  fails 2 set-option limit=many
  says "not 'many'"
  fails 2 set-option hints=of
  says "did you mean"
  fails 2 set-option db=other.db
  says "'use other.db' changes the database"
  run --separate-stderr "$DEALWRIGHT" set-option as-of=yesterdax
  [ "$status" -ne 0 ]
  says "'yesterdax' is not a date"
  [ ! -e other.db ]
}

@test "--save keeps it for the sessions to come, and --reset --save takes it back" {
  works set-option format=csv --save
  works list deal --columns title
  [ "${lines[0]}" = title ]
  works set-option --reset format --save
  shows "format is table"
  works list deal --columns title
  shows "│ Scanners"
  fails 2 set-option limit=3 --save
}

@test "use takes a file as the database and a folder as the workspace, or stays where it is" {
  dw init other >/dev/null
  rm -f other/sales.db
  dw -d book.sqlite new user Bo >/dev/null
  works exec "use book.sqlite" "use other" "open sales.db"
  shows "database book.sqlite, scripts as shipped"
  shows "There is no other/sales.db yet"
  shows "database sales.db, scripts other"
  run --separate-stderr "$DEALWRIGHT" exec "use other/none.db"
  [ "$status" = 66 ]
  run --separate-stderr timeout 20 bash -c '(echo "use none.db"; sleep 0.5; echo "list deal --columns title"; echo quit) | script -qec "$DEALWRIGHT" /dev/null'
  shows "no database 'none.db'"
  shows "Scanners"
}

@test "timing is one of them" {
  works exec "timing on" "set-option timing"
  shows "timing is on"
  run --separate-stderr "$DEALWRIGHT" exec "set-option timing=on" "list user"
  says " s"
}

@test "names and values complete, with what they mean" {
  works completion line "dealwright set-option for"
  shows "format=	the shape of answers"
  works completion line "dealwright set-option format=nd"
  shows "format=ndjson"
  works completion line "dealwright set-option hints="
  shows "hints=on"
  hides "always"
  works completion line "dealwright config col"
  shows "color="
}
