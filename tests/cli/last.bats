#!/usr/bin/env bats
# The last answer again: in another shape, order or part, without asking the book again.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "it shows the same rows in another format, also into a file" {
  works exec "list deal --columns title,amount" "last -f csv"
  shows "Scanners,12500.00"
  works exec "list deal --columns title,amount" "last > deals.json" "last | grep -c USD > counted.txt" "last -o deals.md"
  grep -q '"title":"Scanners"' deals.json
  grep -q '| Scanners |' deals.md
  [ "$(cat counted.txt)" = 2 ]
}

@test "order, columns, conditions and a limit shape it, each time from the whole" {
  works exec "list deal --columns title,amount" "last --sort amount --limit 1 -f csv --columns title" "last -f ndjson --where amount>1k" "last -f tsv"
  [[ $output == *$'\ntitle\nЁлочные игрушки\n'* ]]
  [ "$(grep -c '"title":"Scanners"' <<<"$output")" = 1 ]
  [[ $output == *$'title\tamount'* ]]
  [ "$(grep -c $'^Ёлочные игрушки\t' <<<"$output")" = 1 ]
}

@test "nothing is asked again: what changed since is not in it" {
  works exec "list deal --columns title -f csv" 'local changed = set("#3", "title=Printers")' "last -f csv"
  [ "$(grep -c '^Scanners$' <<<"$output")" = 2 ]
  hides "Printers"
  works exec "report pipeline" "=1" "last -f csv"
  shows "stage,"
}

@test "rows are those that were shown last" {
  works exec "list deal --columns title" "last --sort -title" "show %1 -f csv"
  shows "Ёлочные игрушки"
  works exec "list deal --columns title" "last --limit 1" "show _ -f csv"
  shows "Scanners"
}

@test "what is said of one record leaves the table that it was chosen from" {
  works exec "list deal --columns title" "why %1" "show %2 -f csv"
  shows "Ёлочные игрушки"
  works exec "list deal --columns title" "set %1 notes=x" "history %1" "show %2 -f csv"
  shows "Ёлочные игрушки"
  works exec "list deal --columns title" "show %1 -f csv" "show %2 -f csv"
  shows "Ёлочные игрушки"
  works exec "history 3" "show _ -f csv"
  shows "Scanners"
}

@test "rows and the record shown last are forgotten with their database" {
  dw -d other.db new client Other
  fails 2 exec "list deal" "show #3" "use other.db" "show %1"
  says "there was none yet"
  fails 2 exec "list deal" "show #3" "use other.db" "show _"
  works exec "list deal" "use sales.db" "show %1 -f csv"
  shows "Scanners"
}

@test "a document is shown again as often as one likes" {
  works exec "report sync" "last -f markdown" "last -f html > sync.html" "last"
  shows "# "
  grep -q "<html" sync.html
  fails 2 exec "report sync" "last --limit 1"
  works exec "report sync" "last"
}

@test "without an answer it says so, and a wrong column is suggested" {
  fails 2 last
  says "no answer yet"
  fails 2 exec "list deal --columns title,amount" "last --sort amuont"
  says "did you mean 'amount'?"
  run --separate-stderr "$DEALWRIGHT" exec "list deal --columns title" "last --sort amuont" "last"
  works exec "list deal --columns title" "last" "last"
}
