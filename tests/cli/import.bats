#!/usr/bin/env bats
# Imports in batch: dates that nobody can be asked about, mappings that are wrong.
bats_require_minimum_version 1.5.0
load support

prepare() {
  dw -d sales.db new user "Анна Орлова" >/dev/null
  printf 'deal,opened\nOne,2017-05-31\nTwo,03/04/2017\n' >deals.csv
}

# mapping [OPTIONS]: of deals.csv.
mapping() {
  echo "import { file \"deals.csv\" { kind = \"deal\", $1 column \"deal\" { to = \"title\" }, column \"opened\" { to = \"opened_on\" } } }" >map.lua
}

@test "a date that can be read two ways is refused, naming the options" {
  mapping
  fails 65 import map.lua deals.csv
  says "deals.csv:3:5: "
  says "03/04/2017"
  says 'order = "dmy" or "mdy" in the mapping, or --date-order'
  works list deal -f csv --columns title
  [ "$output" = "title" ]
}

@test "the mapping or the option says the order" {
  mapping 'order = "mdy",'
  works import map.lua deals.csv
  works list deal --columns title,opened_on -f csv
  shows "Two,2017-03-04"
  dw undo --yes >/dev/null
  works import map.lua deals.csv --date-order dmy
  works list deal --columns title,opened_on -f csv
  shows "Two,2017-04-03"
}

@test "what is no date at all is not told to be a question of order" {
  mapping
  printf 'deal,opened\nOne,someday\n' >deals.csv
  fails 65 import map.lua deals.csv
  says "someday"
  case $stderr in *date-order*) false ;; esac
}

@test "every mistake of a mapping is told with its line, and nothing is read" {
  cat >map.lua <<'LUA'
import {
  file "deals.csv" { kind = "deal", mtch = "title",
    column "deal" { to = "titel" },
    column "opened" { to = "opened_on", since = 5 },
    stages "sale" { column = "state", word "won" { reached "wonn" } },
  },
  file "clients.csv" { kind = "clint", column "x" { to = "name" } },
}
LUA
  fails 1 import map.lua deals.csv
  [ "$(grep -v '^ ' <<<"$stderr")" = "dealwright: map.lua:2: file 'deals.csv' has no option 'mtch'; did you mean 'match'?
map.lua:3: column 'deal': deal has no field 'titel'; did you mean 'title'?
map.lua:4: column 'opened': 'since' is a number, not a string
map.lua:5: process 'sale' has no stage 'wonn'; did you mean 'won'?
map.lua:7: file 'clients.csv': there is no kind 'clint'; did you mean 'client'?" ]
  says "    7 |   file \"clients.csv\" { kind = \"clint\","
}

@test "suggestions for unknown names end before they cost minutes; the rows are still told" {
  cat >map.lua <<'MAP'
import {
  file "clients.csv" { kind = "client", column "name" { to = "name" } },
  file "deals.csv" { kind = "deal", column "deal" { to = "title" }, column "client" { to = "client" } },
}
MAP
  { echo name; seq -f 'Customer number %05g' 2000; } >clients.csv
  { echo deal,client; seq -f 'Deal,Customer nomber %05g' 400; } >deals.csv
  fails 65 import map.lua . --rejects rejects.csv
  says "if 'Customer number 00001' is meant"
  [ "$(grep -c "no client" rejects-deals.csv)" -eq 400 ]
  [ "$(grep -c "is meant" rejects-deals.csv)" -lt 200 ]
}

@test "a mapping of one file takes the file or the folder that holds it, whatever its name" {
  mapping 'order = "mdy",'
  mkdir data.d
  cp deals.csv data.d
  works import map.lua .
  works import map.lua data.d
  works import map.lua data.d/deals.csv
  works list deal -f csv --columns title
  [ "${#lines[@]}" -eq 7 ]
  fails 1 import map.lua nowhere
  says "nowhere"
}
