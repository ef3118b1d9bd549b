#!/usr/bin/env bats
# Every example of docs/scripting.md is a file of one workspace, and does what is said of it.
bats_require_minimum_version 1.5.0
load support

# Each ```lua block goes into the file that its first line names.
prepare() {
  awk '/^```lua$/ { getline; sub(/^-- /, ""); file = $0; print file > "files"; next }
       /^```$/ { file = ""; next }
       file != "" { folder = file; if (sub(/\/[^\/]*$/, "", folder)) system("mkdir -p ws/" folder); print > ("ws/" file) }' \
    <(mkdir ws; cat "$BATS_TEST_DIRNAME/../../docs/scripting.md")
  printf -- '-- dealwright: api=1\nworkspace { name = "Examples", currency = "EUR" }\n' >ws/workspace.lua
  mv ws/import.lua ws/prompt .
  cd ws || return 1
  "$DEALWRIGHT" -d sales.db new user Ann >../made
  "$DEALWRIGHT" new client Acme industry=medical employees=500 budget=900 >>../made
  "$DEALWRIGHT" new contact "Petra Holm" client=Acme >>../made
  "$DEALWRIGHT" new deal Scanners client=Acme owner=Ann amount=1000 expected_close=2020-01-01 opened_on=today >>../made
}

@test "no example is left out" {
  [ "$(wc -l <../files)" -ge 12 ]
  [ "$(grep -c '^```lua$' "$BATS_TEST_DIRNAME/../../docs/scripting.md")" = "$(wc -l <../files)" ]
  [ "$(sort ../files | uniq -d)" = "" ]
  while read -r file; do
    case $file in import.lua | prompt) [ -s "../$file" ] ;; *) [ -s "$file" ] ;; esac || { echo "$file is empty"; return 1; }
  done <../files
}

@test "the declarations fit together, and their tests pass" {
  works rules check
  works rules test
  shows "the industry has to be known"
  hides "failed"
}

@test "the report, the commands and the document answer" {
  works report by_owner -f csv
  [ "$output" = "owner,deals,share
Ann,1,1" ]
  dw new activity "Call Petra" type=call due=today owner=Ann client=Acme >/dev/null
  works agenda owner=Ann -f csv
  shows "Call Petra"
  works briefing Acme contact="Petra Holm" deal=Scanners
  shows "Dear Petra Holm, thank you for Scanners. {Braces} are doubled."
  shows "a text alone is a paragraph"
  works late
  shows "1 deal is late"
  shows "The first is Scanners."
  works score fit Acme
  shows "45"
}

@test "formulas, rollups and criteria are in force" {
  works list client --columns name,live_deals,meetings -f csv
  [ "$output" = "name,live_deals,meetings
Acme,1,0" ]
  works list deal --columns title,weighted -f csv
  shows "Scanners,500.00"
  works move Scanners second
  run --separate-stderr "$DEALWRIGHT" new goal "More deals"
  [ "$status" -eq 1 ]
  says "a named subject and owner"
}

@test "the lines of the prompt run" {
  run --separate-stderr "$DEALWRIGHT" -d sales.db <../prompt
  [ "$status" -eq 0 ] || { echo "$output $stderr"; return 1; }
  shows "Scanners	Acme"
}

@test "the mapping imports" {
  mkdir data
  printf 'no;name;client;worth;place;opened;closed;state\n1;Lamps;Beta;1,5;Fair;03/04/2025;05/06/2025;sold\n2;Pens;Beta;0,2;none;04.05.2025;;new\n' >data/deals.csv
  works import ../import.lua data
  shows "2 rows: 2 created"
  works list deal client=Beta --columns title,amount,source,stage --sort title -f csv
  [ "$output" = "title,amount,source,stage
Lamps,1500000.00,trade fair,won
Pens,200000.00,,first" ]
  works list deal title=Lamps --as-of 2025-04-10 --columns stage -f csv
  shows "second"
}
