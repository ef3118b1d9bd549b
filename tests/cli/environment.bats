#!/usr/bin/env bats
# The surroundings: locale, terminal, home, locked files.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "LANG=C draws tables in ASCII and keeps the data" {
  LC_ALL=C run --separate-stderr "$DEALWRIGHT" list deal --columns title,owner
  [ "$status" -eq 0 ]
  shows "-+-"
  shows "Ёлочные игрушки"
  hides "│"
  LC_ALL=C run --separate-stderr "$DEALWRIGHT" advance 4
  shows "prospecting -> qualifying"
}

@test "no home, no terminal type" {
  run --separate-stderr env -u HOME -u TERM "$DEALWRIGHT" list deal
  [ "$status" -eq 0 ]
  TERM=dumb run --separate-stderr "$DEALWRIGHT" list deal
  [ "$status" -eq 0 ]
  run --separate-stderr env -u HOME "$DEALWRIGHT" <<<'list deal -f csv --columns title'
  shows "Scanners"
}

@test "colours: only when asked for outside a terminal" {
  works list deal
  case $output in *$'\033'*) return 1 ;; esac
  works list deal --color always
  shows $'\033[1m'
}

@test "--width lays out for so many columns" {
  dw set 3 source="a long way that led to this sale and back again" >/dev/null
  for width in 40 80 200; do
    works list deal --width $width --columns title,source
    [ -n "$output" ]
  done
  works list deal --width 200 --columns title,source
  shows "back again"
  works list deal --width 40 --columns title,source
  shows "…"
}

@test "Russian titles" {
  works show 3 --lang ru
  shows "Клиент"
}

@test "a clock that stands still" {
  works new deal "Later" client="Acme Clinic" opened_on=today --now 2030-02-03T10:00:00Z
  works show deal Later
  shows "2030-02-03"
}

@test "a read-only file can be read" {
  [ "$(id -u)" -ne 0 ] || skip "root may write anything"
  chmod 400 sales.db
  works list deal
  fails 77 set 3 amount=5
}

@test "the same command at the prompt, by exec, in batch and as a Lua function" {
  works list deal amount'>'1000 -f csv --columns title,amount
  batch=$output
  works exec "list deal amount>1000 -f csv --columns title,amount"
  [ "$output" = "$batch" ]
  run --separate-stderr "$DEALWRIGHT" <<<"list deal amount>1000 -f csv --columns title,amount"
  [ "$output" = "$batch" ]
  works -f csv exec '=list("deal", "amount>1000", "--columns", "title,amount")'
  [ "$output" = "$batch" ]
}

@test "what is shipped is the folder scripts: the same rules in the same order" {
  works report pipeline -f json
  shipped=$(jq -r .stamp.ruleset <<<"$output")
  works -w "$BATS_TEST_DIRNAME/../../scripts" -d "$PWD/sales.db" report pipeline -f json
  [ "$shipped" = "$(jq -r .stamp.ruleset <<<"$output")" ]
}

@test "-o keeps the mode of a file that is there, and a link stays a link" {
  echo before >deals.csv
  chmod 640 deals.csv
  ln -s deals.csv link.csv
  works list deal -o link.csv
  [ -L link.csv ]
  [ "$(stat -c %a deals.csv)" = 640 ]
  [ "$(head -c 3 deals.csv)" = "id," ]
}

@test "odd surroundings: COLUMNS, TERM, LANG, closed standard input and error" {
  for columns in 7 0 -3 wide 99999999999999999999; do
    COLUMNS=$columns works list deal
    shows Scanners
  done
  LC_ALL=xx_YY.UTF-8 works list deal
  TERM=nonsense works list deal
  run sh -c '"$DEALWRIGHT" list deal <&-'
  [ "$status" -eq 0 ]
  run sh -c '"$DEALWRIGHT" list dael 2>&-'
  [ "$status" -eq 1 ]
  [ -z "$output" ]
}

@test "a home that can't be written to, or is none" {
  HOME=/proc works list deal
  HOME=/dev/null works exec "set 3 amount=5"
  [ -z "$stderr" ]
}
