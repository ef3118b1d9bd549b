#!/usr/bin/env bats
# What people read may be typed: titles of choices and stages, in any language that is spoken, whatever the case.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "a choice is set and asked for by its title" {
  works new activity "First talk" type=встреча client=2
  works list activity type=meeting -f csv --columns type
  [ "${lines[1]}" = meeting ]
  works set 5 type=ЗВОНОК --lang en
  works list activity type=Звонок -f csv --columns type
  [ "${lines[1]}" = call ]
  works set 5 type=Mail
  works list activity type=mail -f csv
  [ "${#lines[@]}" -eq 2 ]
  fails 1 set 5 type=встречка
  fails 1 set 5 type=nonsense
  works new plan_item "Fair" side=продажи metric=responses target=5 starts_on=today ends_on=+30d
  works list plan_item side=sales -f csv
  [ "${#lines[@]}" -eq 2 ]
}

@test "a choice of a command or a report is asked for by its title" {
  works agenda неделя --lang ru
  works plan неделя -n --lang ru
  works report quota per=год -f csv
  works report new_clients per=квартал -f csv
}

@test "a stage is moved to and judged by its title" {
  works why 3 "Анализ потребностей"
  shows "needs_analysis"
  fails 1 move 3 "Анализ потребностей"
  says "#3 stays in"
  works move 4 квалификация
  works list deal -f csv --columns stage
  shows "qualifying"
  works list deal stage=Квалификация -f csv --columns title
  [ "${#lines[@]}" -eq 2 ]
  works list deal "stage=prospecting,КВАЛИФИКАЦИЯ" -f csv
  [ "${#lines[@]}" -eq 3 ]
  fails 1 list deal stage=Квалификацыя
  fails 1 move 3 Квалификацыя
  says "has no stage 'Квалификацыя'"
}

@test "a title that two choices share is refused, a name never" {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Twins" }' >workspace.lua
  mkdir kinds
  echo 'extend "client" { choice "girth" { "s", "m", "l", titles = { "Small", "Large", "Large" } } }' >kinds/girth.lua
  works set 2 girth=small
  fails 1 set 2 girth=Large
  says "'Large' is the title of several choices; write the one that is meant, 'm' for one"
  works set 2 girth=L
  works list client -f csv --columns girth
  [ "${lines[1]}" = l ]
}
