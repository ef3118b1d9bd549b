#!/usr/bin/env bats
# Where output goes, and what happens when it can't.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "every format" {
  works list deal -f table
  shows "│"
  works list deal -f record
  shows "Scanners"
  works list deal --columns title,amount -f csv
  [ "${lines[0]}" = "title,amount" ]
  works list deal --columns title -f tsv
  [ "${lines[0]}" = "title" ]
  works list deal -f json
  echo "$output" | jq -e '.rows | length == 2'
  works list deal -f ndjson
  echo "$output" | jq -es 'length == 2 and .[0].amount.amount == "12500.00"'
}

@test "an answer for programs says what it was made from" {
  for command in "why 3" "show 3" "history 3" schedules "find Scanners" "list deal" "report pipeline"; do
    works $command -f json --now 2026-05-01
    jq -e '.stamp | .position == 4 and .now == "2026-05-01T00:00:00Z" and .currency == "USD" and (.ruleset | length == 12)' <<<"$output"
  done
}

@test "the file's ending says the format" {
  works list deal -o deals.json
  [ -z "$output" ]
  jq -e '.rows | length == 2' deals.json
  works exec "list deal > deals.ndjson"
  [ "$(wc -l <deals.ndjson)" -eq 2 ]
}

@test "a file appears whole or not at all" {
  echo before >deals.csv
  fails 1 list deal nofield=1 -o deals.csv
  [ "$(cat deals.csv)" = before ]
  works list deal -o deals.csv
  [ "$(head -c 3 deals.csv)" = "id," ]
  [ "$(ls | grep -c deals.csv)" -eq 1 ]
  fails 74 list deal -o no/such/folder/deals.csv
}

@test "a full disk and a closed standard output: 74" {
  run --separate-stderr sh -c '"$DEALWRIGHT" list deal >/dev/full'
  [ "$status" -eq 74 ]
  [ -n "$stderr" ]
  run --separate-stderr sh -c '"$DEALWRIGHT" list deal >&-'
  [ "$status" -eq 74 ]
  run --separate-stderr sh -c '"$DEALWRIGHT" help >/dev/full'
  [ "$status" -eq 74 ]
  fails 74 list deal -o /dev/full
}

@test "a reader that leaves: 141 and no message" {
  for _ in $(seq 30); do
    printf 'new client "A rather long name of a client to fill the pipe with" --raw\n'
  done >/dev/null
  run --separate-stderr bash -c 'set -o pipefail; "$DEALWRIGHT" exec "for i = 1, 20000 do print(\"a line that fills the pipe\") end" | head -1'
  [ "$status" -eq 141 ]
  [ "$stderr" = "" ]
}

@test "a change is kept although its report could not be printed" {
  run sh -c '"$DEALWRIGHT" set 3 amount=77 >/dev/full'
  [ "$status" -eq 74 ]
  works show 3
  shows "77.00 USD"
}

@test "a pipe at the prompt" {
  works exec "list deal -f csv --columns title | sort -r | tail -1"
  [ "$output" = "Scanners" ] || [ "$output" = "title" ]
}

@test "nothing is cut when standard output is no terminal" {
  long=$(printf 'очень длинное название %.0s' $(seq 20))
  works new client "$long"
  works list client --columns name
  shows "$long"
}

@test "a note of 10,000 letters is whole in every format, whatever the columns of the terminal were" {
  note=$(printf 'ё%.0s' $(seq 10000))
  dw set 2 notes="$note" >/dev/null
  export COLUMNS=60
  for format in table record csv tsv json ndjson markdown html; do
    dw list client --columns name,notes -f $format -o "note.$format"
    dw list client --columns name,notes -f $format >"said.$format"
    for file in "note.$format" "said.$format"; do
      [[ $(<"$file") == *"$note"* ]] || { echo "it is cut in $file"; return 1; }
    done
  done
}

@test "bars and line breaks stay inside their cell in Markdown, and a minus before a number is one" {
  dw exec 'set("#2", "notes=one | two\nthree\n- four")' >/dev/null
  dw set 3 amount=-5 >/dev/null
  works list client --columns name,notes -f markdown
  shows '| Acme Clinic | one \| two three \- four |'
  [ "${#lines[@]}" -eq 3 ]
  works list deal --columns title,amount -f markdown
  shows '| Scanners | -5.00 USD |'
  works list deal --columns amount -f csv
  [ "${lines[1]}" = "-5.00" ]
}

@test "control characters in data stay in files and never reach a terminal" {
  dw new client "$(printf 'red\033[31m\342\200\256x')" >/dev/null
  works list client -f csv --columns name -o names.csv
  grep -q "$(printf '\033')" names.csv
  if command -v script >/dev/null; then
    script -qec "\"$DEALWRIGHT\" --no-pager --color never list client" typescript >/dev/null </dev/null
    ! grep -q "$(printf '\033')\[31m" typescript
    grep -q "U+202E" typescript
    script -qec "\"$DEALWRIGHT\" --no-pager list client -f csv --columns name" typescript >/dev/null </dev/null
    ! grep -q "$(printf '\033')\[31m" typescript
  fi
}

@test "spreadsheet formulas are guarded in text, numbers are left alone; --raw leaves all" {
  dw new client "=cmd()" >/dev/null
  dw set 3 amount=-5 >/dev/null || true
  works list client name="=cmd()" --columns name -f csv
  [ "${lines[1]}" != "=cmd()" ]
  works list client name="=cmd()" --columns name -f csv --raw
  [ "${lines[1]}" = "=cmd()" ]
}

@test "~/ is the home of the user at the prompt, too, unless it stands in quotes" {
  works exec "list deal --columns title > ~/deals.csv" "last -o ~/deals.md" "find '~/deals'"
  grep -q Scanners "$HOME/deals.csv"
  grep -q Scanners "$HOME/deals.md"
  run --separate-stderr env -u HOME "$DEALWRIGHT" exec "list deal > ~/deals.csv"
  [ "$status" -eq 78 ]
  says "HOME is not set"
}
