bats_require_minimum_version 1.5.0
load support

prepare() {
  dw -d sales.db new client "Acme Clinic" industry=medical employees=200 country=Poland >/dev/null
  dw new client "Beta Clinic" industry=medical employees=150 >/dev/null
  dw new client "Gamma" industry=retail employees=500 country=Poland >/dev/null
  dw new segment clinics condition='industry=medical employees>100' >/dev/null
}

@test "segment lists who belongs to it, and narrows further" {
  works segment clinics --columns name -f csv
  [ "$output" = $'name\nAcme Clinic\nBeta Clinic' ]
  works segment clinics country=Poland --columns name -f csv
  [ "$output" = $'name\nAcme Clinic' ]
  works segment clinics
  shows "2 records"
  hides "Website"
}

@test "a segment follows the data" {
  dw set "Gamma" industry=medical
  works segment clinics
  shows "Gamma"
}

@test "a condition that can't be read is refused when it is saved, and says which word" {
  fails 1 new segment wrong condition='country=Poland employes>100'
  says "word 2: client has no field 'employes'; did you mean 'employees'?"
  works list segment --columns name -f csv
  [ "$output" = $'name\nclinics' ]
  fails 1 set clinics condition='employees > 100'
  says "no blanks around its sign"
}

@test "report segments tells size and win rate" {
  dw new deal One client="Acme Clinic" >/dev/null
  works report segments -f json
  [ "$(jq -c '.rows[0] | [.segment, .size, .open, .won, .win_rate]' <<<"$output")" = '["clinics",2,1,0,null]' ]
}

@test "a segment whose field has gone is told in the report, and hides no other" {
  mkdir -p mine && dw init mine >/dev/null
  printf 'extend "client" { text "hobby" }\n' >mine/kinds/hobby.lua
  dw -w mine -d sales.db new segment anglers condition='hobby=fishing' >/dev/null
  works report segments
  shows "anglers can't be read"
  shows "clinics"
}

@test "a segment is a condition of listings, searches and changes of many" {
  works list client segment=clinics --columns name -f csv
  [ "$output" = $'name\nAcme Clinic\nBeta Clinic' ]
  works list client segment!=clinics --columns name -f csv
  [ "$output" = $'name\nGamma' ]
  works find client segment=clinics country=Poland --columns name -f csv
  [ "$output" = $'name\nAcme Clinic' ]
  works set client --where segment=clinics notes=large --yes
  works list client notes=large --columns name -f csv
  [ "$output" = $'name\nAcme Clinic\nBeta Clinic' ]
  works exec '=clients:matching("segment=clinics"):count()'
  [ "$output" = 2 ]
}

@test "either of two segments, and segments that stand on segments" {
  dw new segment rich condition='employees>=500' >/dev/null
  dw new segment ours condition='segment=clinics,rich country=Poland' >/dev/null
  works list client segment=clinics,rich --columns name -f csv
  [ "$output" = $'name\nAcme Clinic\nBeta Clinic\nGamma' ]
  works list client segment=ours --columns name -f csv
  [ "$output" = $'name\nAcme Clinic\nGamma' ]
  fails 1 set rich condition='segment=ours'
  says "or on itself"
}

@test "a segment is followed over a reference, and who has none is outside of neither" {
  dw new deal One client="Acme Clinic" >/dev/null
  dw new deal Two client="Gamma" >/dev/null
  dw new contact Nobody >/dev/null
  dw new contact Eva client=Gamma >/dev/null
  works list deal client.segment=clinics --columns title -f csv
  [ "$output" = $'title\nOne' ]
  works list deal client.segment!=clinics --columns title -f csv
  [ "$output" = $'title\nTwo' ]
  works list contact client.segment!=clinics --columns name -f csv
  [ "$output" = $'name\nEva' ]
}

@test "a segment that is wrong in a condition is told with what is wrong" {
  fails 1 list client segment=clinic
  says "did you mean 'clinics'?"
  fails 2 list client 'segment>clinics'
  says "'segment' takes = or != and the name of a segment: segment=NAME"
  fails 2 list client segment=
  fails 1 list deal segment=clinics
  says "the segment 'clinics' is one of 'client', not of 'deal'"
  dw new segment words condition='~clinic' >/dev/null
  works list client segment=words --columns name -f csv
  [ "$output" = $'name\nAcme Clinic\nBeta Clinic' ]
  fails 1 list deal client.segment=words
  says "words are searched for in the records themselves, not behind 'client'"
}

@test "help tells of it" {
  works help client -f csv
  shows "segment,Segment,condition,false,segment,what belongs to that one"
}

@test "a kind of groups names two text fields of its own" {
  mkdir -p mine && dw init mine >/dev/null
  sed -i 's/members_meet = "condition"/members_meet = "conditon"/' mine/kinds/segment.lua
  run --separate-stderr "$DEALWRIGHT" -w mine rules check
  [ "$status" -eq 3 ]
  [[ $output$stderr == *'members_meet = "conditon" names no text field of it'* ]]
}
