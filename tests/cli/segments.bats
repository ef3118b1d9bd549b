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
