#!/usr/bin/env bats
# --where: the rows of any answer by its columns, as find chooses records by their fields.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "a report, a listing and a command of the workspace keep the rows that are asked for" {
  works report pipeline --where "deals>0" -f csv --columns stage
  [ "$output" = $'stage\nprospecting' ]
  works report pipeline --where "amount>=5k" --where stage=prospecting -f csv --columns stage,deals
  [ "${lines[1]}" = "prospecting,2" ]
  works history --where command~scanners -f json
  echo "$output" | jq -e '.rows | length == 1'
  works find scan --where "amount>20k" -f csv --columns title
  [ "$output" = title ]
}

@test "the rows of before the filter are gone from the stamp's line too: it gives them again" {
  works --now 2026-05-01 report pipeline --where "deals=0" -f json
  again=$(jq -r .stamp.command <<<"$output")
  [ "$again" = "report pipeline --where deals=0" ]
  first=$output
  works --now 2026-05-01 -f json exec "$again"
  [ "$output" = "$first" ]
}

@test "a Lua function takes the same words" {
  works exec '=#report("pipeline", "--where", "deals>0")'
  [ "$output" = 1 ]
  works exec '=report("pipeline", "--sort", "-deals", "--limit", "1")[1].stage'
  [ "$output" = prospecting ]
}

@test "stages are sorted and compared in the order of the process" {
  works report pipeline --sort -stage -f csv --columns stage
  [ "${lines[1]}" = closing ]
  works report pipeline --where "stage>=proof" -f csv --columns stage
  [ "$output" = $'stage\nproof\nclosing' ]
}

@test "what is mistyped is suggested; what has no rows or changes data refuses" {
  fails 2 report pipeline --where amout=1
  says "did you mean 'amount'?"
  fails 1 report pipeline --where stage=prospectin
  says "did you mean 'prospecting'?"
  fails 2 report sync --where stage=1
  says "the answer is a document"
  fails 2 win 3 --where "amount>1"
  says "'win' changes data"
  works list deal stage=won -f csv --columns id
  [ "$output" = id ]
}

@test "a stage that there is not is refused in Lua as it is on the command line" {
  fails 1 list deal stage=wonn
  expected=${stderr_lines[0]#dealwright: }
  fails 1 exec '=deals:where{ stage = "wonn" }:count()'
  [ "${stderr_lines[0]}" = "dealwright: prompt:1: $expected" ]
  says "did you mean 'won'?"
  fails 1 exec '=deals:where{ stage = one_of { "lost", "wonn" } }:count()'
  says "'wonn' is none of"
  fails 1 exec '=activities:where{ ["deal.stage"] = "wonn" }:count()'
  works exec '=deals:where{ stage = "won" }:count()'
  [ "$output" = 0 ]
}
