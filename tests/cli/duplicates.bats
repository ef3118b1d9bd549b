#!/usr/bin/env bats
# Doubles are found whatever the alphabet, and become one record.
bats_require_minimum_version 1.5.0
load support

prepare() {
  dw -d sales.db new client 'ООО «Ромашка»' phone='8 495 123-45-67' city=Тверь >/dev/null
  dw new client 'Romashka Ltd' phone='+7 (495) 123-45-67' employees=12 >/dev/null
  dw new contact 'Иван Петров' client=2 email=Ivan@romashka.example >/dev/null
  dw new contact 'Ivan Petrov' client=1 email=ivan+fair@romashka.example >/dev/null
  dw new deal Pumps client=2 amount=500 >/dev/null
}

@test "duplicates are listed with a score, reasons and the command that makes one of them" {
  works duplicates
  shows "client #1 ООО «Ромашка»"
  shows "same phone; company alike 1.00"
  shows "merge #1 #2"
  shows "same e-mail; name alike 1.00; company alike 1.00"
  shows "merge #3 #4"
  works duplicates 1 -f csv
  shows "client #2 Romashka Ltd"
  hides "contact"
  works duplicates kind=contact -f csv
  hides "client #"
}

@test "a score can be asked for, and a kind that says nothing is refused" {
  works duplicates least=0.97 -f csv
  shows "contact #3"
  hides "client #1"
  fails 2 duplicates kind=deal
  says 'declare identity "deal"'
}

@test "Russian users read Russian reasons" {
  works duplicates --lang ru
  shows "тот же телефон; похожая компания 1.00"
}

@test "merge tells what it does before it does it, and asks" {
  fails 4 merge 1 2
  says "merges client #2 Romashka Ltd into client #1 ООО «Ромашка»"
  says "moved: 1 contact.client, 1 deal.client"
  says "name stays 'ООО «Ромашка»', the other was 'Romashka Ltd'"
  works merge 1 2 --dry-run
  shows "nothing was changed"
  works list client -f csv --columns name
  shows "Romashka Ltd"
}

@test "merge moves what refers to the record that goes, fills and keeps the choice" {
  works merge 1 2 --take phone "name=Ромашка" --yes
  shows "moved: 1 contact.client, 1 deal.client"
  shows "filled: employees"
  shows "chosen: phone, name"
  works list client -f csv --columns name,employees,phone,city
  shows 'Ромашка,12,'
  shows '+7 (495) 123-45-67'
  works list deal client=1 -f csv --columns title
  shows "Pumps"
}

@test "the history of the survivor shows what was merged" {
  works merge 1 2 --yes
  works history 1
  shows "merged: unset → client #2 Romashka Ltd"
  works history 2
  shows "merge 1 2 --yes"
}

@test "one undo brings both back" {
  dw export client -o before.csv
  dw export deal -o deals_before.csv
  works merge 1 2 --yes
  works undo --yes
  dw export client -o after.csv
  dw export deal -o deals_after.csv
  cmp before.csv after.csv
  cmp deals_before.csv deals_after.csv
}

@test "merge is no way around a stage" {
  dw new user "Анна Орлова" >/dev/null
  dw new deal "Pumps again" client=2 owner="Анна Орлова" >/dev/null
  dw advance 7 >/dev/null
  fails 2 merge 5 7 --take stage --yes
  says "a process moves it"
  works merge 5 7 --yes
  shows "it stays at 'prospecting', the other stood at 'qualifying'"
  works list deal -f csv --columns stage,owner
  shows "prospecting"
}

@test "what can't become one is told" {
  fails 2 merge 1 3 --yes
  says "#1 is a client and #3 a contact"
  fails 2 merge 1 1 --yes
  says "into itself"
  fails 2 merge 1
  says "usage: merge"
  fails 77 --read-only merge 1 2 --yes
}

@test "a merge meets what accept asks" {
  mkdir criteria
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Strict" }' >workspace.lua
  printf '%s\n' 'accept "client" { must "small" { "nobody has more than ten people",' \
    'check = function(client) return client.employees == nil or client.employees <= 10 end } }' >criteria/client.lua
  fails 1 merge 1 2 --yes
  says "nobody has more than ten people"
  rm -r criteria workspace.lua
  works list client -f csv --columns name
  shows "Romashka Ltd"
}

@test "merge is a Lua function too, and scripts compare names" {
  works exec 'merge(1, 2, "--yes")'
  works exec '=alike("Юрий Петров", "Yuri Petrov", "person")'
  shows "1.0"
  works exec '=plain_name "ООО «Ромашка»"'
  shows "romashka"
  works exec '=plain_phone "8 (495) 123-45-67"'
  shows "74951234567"
  works exec '=plain_email "Ivan+fair@ACME.example"'
  shows "ivan@acme.example"
}

@test "what is wrong with an identity is told at its place" {
  mkdir kinds
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Wrong" }' >workspace.lua
  cat >kinds/wrong.lua <<'LUA'
identity "clent" { company = "name" }
identity "client" { company = "nmae", phone = "employees", among = { "contct" }, settled = "gone" }
identity "contact" {}
LUA
  fails 3 rules check
  says "kinds/wrong.lua:1: identity 'clent': there is no such kind; did you mean 'client'?"
  says "kinds/wrong.lua:2: identity 'client': company: client has no field 'nmae'; did you mean 'name'?"
  says "kinds/wrong.lua:2: identity 'client': phone: 'employees' is a integer, not a phone or text"
  says "kinds/wrong.lua:2: identity 'client': among: there is no identity 'contct'; did you mean 'contact'?"
  says "kinds/wrong.lua:2: identity 'client': settled: client has no field 'gone'"
  says "kinds/wrong.lua:3: identity 'contact': says nothing"
}
