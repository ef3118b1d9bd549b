#!/usr/bin/env bats
# What processes moved, as rows that can be listed, counted and asked as of any day.
bats_require_minimum_version 1.5.0
load support

prepare() {
  dw -d sales.db --now 2026-01-10T09:00:00Z new user Ann >/dev/null
  dw --now 2026-01-10T09:00:00Z new client Acme owner=Ann industry=medical >/dev/null
  dw --now 2026-01-12T21:00:00Z set Acme email=a@b.com >/dev/null
}

@test "each stage that was reached is a row, with how long the one before lasted" {
  works list transition -f csv --columns client,from_stage,stage,outcome,days
  [ "$output" = "client,from_stage,stage,outcome,days
Acme,,suspect,begun,
Acme,suspect,prospect,promoted,2.5" ]
}

@test "refused attempts are left out, forced moves tell why" {
  dw new deal Pump client=Acme >/dev/null
  fails 1 advance Acme
  fails 1 advance Pump
  works advance Pump --force --reason "the boss says so"
  works list transition process=sale -f csv --columns deal,stage,outcome,reason
  [ "$output" = "deal,stage,outcome,reason
Pump,prospecting,begun,
Pump,qualifying,forced,the boss says so" ]
}

@test "what was undone did not happen, what was redone did" {
  works undo --yes
  works list transition -f csv --columns stage
  hides "prospect"
  works redo --yes
  works list transition -f csv --columns stage
  shows "prospect"
}

@test "as of a day they are those of then" {
  works --as-of 2026-01-11 list transition -f csv --columns stage
  shows "suspect"
  hides "prospect"
  works delete Acme --yes
  works list transition -f csv --columns stage
  hides "suspect"
}

@test "queries follow them to the record and group by them" {
  works exec 'for row in transitions:where { ["client.owner.name"] = "Ann" }:group_by { month = "month(at)" }:select { n = count_distinct "client" }:each() do print(row.month, row.n) end'
  shows "2026-01"$'\t'"1"
}

@test "nobody writes them by hand" {
  fails 1 new transition stage=loyal
  says "transitions are written by moves only"
  printf 'client\nAcme\n' >rows.csv
  printf '%s\n' 'import { title = "T", file "rows.csv" { kind = "transition", column "client" { to = "client", by = "name" } } }' >map.lua
  fails 1 import map.lua rows.csv
  says "transitions are written by moves only"
}
