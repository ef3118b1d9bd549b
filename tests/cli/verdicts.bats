#!/usr/bin/env bats
# What criteria said of moves, as rows that can be listed and counted.
bats_require_minimum_version 1.5.0
load support

prepare() {
  dw -d sales.db new client Acme >/dev/null
  dw new deal Pump client=Acme >/dev/null
}

@test "each criterion of a refused and of a forced move is a row with its answer" {
  fails 1 advance Pump
  works advance Pump --force --reason "the boss says so"
  works list verdict level=must -f csv --columns deal,criterion,answer,outcome,reason
  [ "$output" = "deal,criterion,answer,outcome,reason
Pump,client,pass,refused,
Pump,owner,fail,refused,
Pump,client,pass,forced,the boss says so
Pump,owner,fail,forced,the boss says so" ]
}

@test "scripts group verdicts and follow them to the record" {
  fails 1 advance Pump
  works exec 'for row in verdicts:where { answer = "fail", ["deal.client.name"] = "Acme" }:group_by "criterion":select { n = count() }:each() do print(row.criterion, row.n) end'
  shows "owner"$'\t'"1"
}

@test "the verdict of a move that was undone is not counted" {
  works advance Pump --force --reason "the boss says so"
  works undo --yes
  works list verdict -f csv
  hides "owner"
}
