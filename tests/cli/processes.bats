#!/usr/bin/env bats
# Several processes for the records of one kind, told apart by what the records are.
bats_require_minimum_version 1.5.0
load support

prepare() {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of processes" }' >workspace.lua
  mkdir -p stages processes kinds reports
  cat >processes/mailing.lua <<'LUA'
process "mailing" { kind = "campaign", field = "stage", where = { type = "mailing" },
  stages = { "draft", "trial" }, ends = { closed = "closed" } }
stage "mailing.draft" { leave = { must "message" { "it says something",
  check = function(campaign) return campaign.message ~= nil end, fix = 'set {campaign} message="…"' } } }
LUA
  cat >processes/exhibition.lua <<'LUA'
process "exhibition" { kind = "campaign", field = "stage", where = { type = one_of { "exhibition", "other" } },
  stages = { "preparing", "running" }, ends = { closed = "closed" } }
stage "exhibition.closed" { enter = { must "cost" { "the cost is known",
  check = function(campaign) return campaign.cost ~= nil end } } }
LUA
}

@test "each record begins in the process that is for it" {
  works new campaign Spring type=mailing
  works new campaign Fair type=exhibition
  works new campaign Poster type=advertising
  works list campaign -f csv --columns name,stage
  shows "Spring,draft"
  shows "Fair,preparing"
  shows "Poster,"
}

@test "advance, why and move ask the criteria of the right process" {
  works new campaign Spring type=mailing
  works new campaign Fair type=exhibition
  fails 1 advance Spring
  says "message"
  works advance Fair
  shows "preparing → running"
  works why Spring
  shows "it says something"
  works set Spring message=Hello
  works move Spring closed
  fails 1 move Fair closed
  says "cost"
  fails 1 move Fair trial
  says "process 'exhibition' has no stage 'trial'"
}

@test "what no process is for says which there are" {
  works new campaign Poster type=advertising
  fails 1 advance Poster
  says "no process moves campaign #1 as it is: 'exhibition' is for type = exhibition or other; 'mailing' is for type = mailing"
}

@test "a record begins when its type becomes known, and undo takes that back" {
  works new campaign Spring
  works list campaign -f csv --columns stage
  hides "draft"
  works set Spring type=mailing
  works list campaign -f csv --columns stage
  shows "draft"
  works undo --yes
  works list campaign -f csv --columns stage,type
  hides "draft"
  works redo --yes
  works list campaign -f csv --columns stage
  shows "draft"
}

@test "a change of type leaves one process and begins the other" {
  works new campaign Spring type=mailing message=Hello
  works advance Spring
  works set Spring type=exhibition
  works list campaign -f csv --columns stage
  shows "preparing"
  works history Spring
  shows "mailing: trial → unset [left]"
  shows "exhibition: preparing [begun]"
  works undo --yes
  works list campaign -f csv --columns stage,type
  shows "trial,mailing"
  works history Spring
  shows "mailing: trial [undone]"
  works set Spring type=advertising
  works list campaign -f csv --columns stage,type
  shows ",advertising"
  fails 1 advance Spring
}

@test "a change of type that is refused leaves the stage as it was" {
  cat >stages/accept.lua <<'LUA'
accept "campaign" { must "no" { "no exhibitions", check = function(campaign) return campaign.type ~= "exhibition" end } }
LUA
  works new campaign Spring type=mailing message=Hello
  works advance Spring
  fails 1 set Spring type=exhibition
  works list campaign -f csv --columns stage,type
  shows "trial,mailing"
}

@test "an import begins each row in its own process and refuses stages of another" {
  cat >import.lua <<'LUA'
import { title = "campaigns", file "campaigns.csv" { kind = "campaign", match = "name",
  column "Name" { to = "name" }, column "Type" { to = "type" },
  stages "mailing" { column = "State", word "sent" { reached "draft", reached "trial" } } } }
LUA
  printf 'Name,Type,State\nSpring,mailing,sent\nFair,exhibition,\nPoster,advertising,\n' >campaigns.csv
  works import import.lua campaigns.csv
  works list campaign -f csv --columns name,stage
  shows "Spring,trial"
  shows "Fair,preparing"
  shows "Poster,"
  printf 'Name,Type,State\nPoster,exhibition,\n' >campaigns.csv
  works import import.lua campaigns.csv
  works list campaign -f csv --columns name,stage
  shows "Poster,preparing"
  printf 'Name,Type,State\nHall,exhibition,sent\n' >campaigns.csv
  fails 65 import import.lua campaigns.csv
  says "the row tells a stage of process 'mailing', which is for type = mailing only"
}

@test "completion offers the stages that the record can go to, and those of all where none is named" {
  works new campaign Spring type=mailing
  works new campaign Fair type=exhibition
  works completion line "dealwright move 1 "
  shows "trial"
  hides "preparing"
  works completion line "dealwright move 2 "
  shows "preparing"
  hides "trial"
  works completion line "dealwright list campaign stage="
  shows "trial"
  shows "preparing"
}

@test "help tells the stages of each process" {
  dw -d sales.db new user Ann >/dev/null
  works help campaign -f csv --columns field,values
  shows "stage,exhibition: preparing running closed; mailing: draft trial closed"
}

@test "processes that can't be told apart do not load" {
  sed -i 's/where = .*/stages = { "draft" } }/; 3,$d' processes/mailing.lua
  sed -i '2d' processes/mailing.lua
  fails 3 rules check
  says "process 'mailing' and process 'exhibition' (processes/exhibition.lua:1) move the same 'stage' of the same records of campaign; tell them apart"
}

@test "a process is for records that a field of their own tells" {
  sed -i 's/type = "mailing"/type = "mailling"/' processes/mailing.lua
  fails 3 rules check
  says "'mailling' is no choice of type; did you mean 'mailing'?"
  sed -i 's/type = "mailling"/["owner.name"] = "Ann"/' processes/mailing.lua
  fails 3 rules check
  says "'owner.name' can't tell records apart"
  sed -i 's/\["owner.name"\] = "Ann"/name = starts_with "A"/' processes/mailing.lua
  fails 3 rules check
  says "'name' is a value, one_of { … } or unset here"
}

@test "a field of the workspace can tell processes apart, unset too" {
  cat >kinds/all.lua <<'LUA'
extend "client" { boolean "partner" }
process "partners" { kind = "client", field = "status", where = { partner = true }, stages = { "met", "signed" } }
process "others" { kind = "client", field = "status", where = { partner = one_of { false, unset } }, stages = { "suspect", "prospect" } }
LUA
  works new client Acme partner=yes
  works new client Beta
  works list client -f csv --columns name,status
  shows "Acme,met"
  shows "Beta,suspect"
}

@test "undo puts a stage back although the process has another name now" {
  works new campaign Spring type=mailing message=Hello
  works advance Spring
  sed -i 's/process "mailing"/process "letters"/; s/stage "mailing/stage "letters/' processes/mailing.lua
  works undo --yes
  works list campaign -f csv --columns stage
  shows "draft"
  works history Spring
  shows "letters: trial → draft [undone]"
}
