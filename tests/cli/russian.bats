#!/usr/bin/env bats
# Who asks for Russian gets it everywhere: no sentence of the program stays English, also where no
# Russian locale is installed.
bats_require_minimum_version 1.5.0
load support

prepare() {
  export LC_ALL=ru_RU.UTF-8 2>/dev/null
}

make_russian_book() {
  dw new user "Анна Орлова" >/dev/null
  dw new client "Ромашка" industry=medical employees=120 owner="Анна Орлова" >/dev/null
  dw new deal "Томограф" client="Ромашка" owner="Анна Орлова" amount=12,500.00 >/dev/null
}

# Words that only an English sentence has; what is typed (verbs, fields, values) is not among them.
english='The|This|There|Without|Nothing|the|is|are|was|were|of|this|that|there|has|have|had|without|which|must|cannot|can|nothing|something|every|and|but|because|been|does|did|you|your|it|its|than|then|than|into|until|while|where'

# What is typed stays as it is: in quotes, with = or --, names and types of parameters, and lines of examples (two blanks before a
# Latin letter) and of Lua.
sentences() {
  sed -E -e "s/'[^']*'//g" -e 's/«[^»]*»//g' -e 's/"[^"]*"//g' -e 's/[^ ]*[=<>][^ ]*//g' -e 's/--[a-z-]+|as-of//g' \
    -e 's/^  [a-z_]+  +[a-z_, ]+  +//' -e '/^  [a-z#][^а-яА-ЯёЁ]*$/d'
}

# russian: what was said on both outputs has no English sentence in it, and something Russian.
russian() {
  local said
  said=$(printf '%s\n%s\n' "$output" "$stderr")
  if sentences <<<"$said" | grep -nwE "$english"; then
    echo "English in: $said" >&2
    return 1
  fi
  grep -q '[а-яё]' <<<"$said" || { echo "nothing Russian in: $said" >&2; return 1; }
}

@test "an uninstalled Russian locale is enough, and --lang needs none" {
  run dw version
  works help
  shows "создать запись"
  LC_ALL=C works help --lang ru
  shows "создать запись"
  LC_ALL='' LANG=ru_RU.UTF-8 works help
  shows "создать запись"
  LC_ALL=en_US.UTF-8 LANGUAGE=de:ru works help
  shows "создать запись"
}

@test "another language, and another encoding than UTF-8, get English in ASCII" {
  for locale in C POSIX en_US.UTF-8 de_DE.UTF-8 ru_RU.KOI8-R; do
    LC_ALL=$locale works help
    shows "create a record"
  done
  LC_ALL=C works help
  if LC_ALL=C grep -n '[^ -~]' <<<"$output"; then
    echo "not ASCII" >&2
    return 1
  fi
  LC_ALL=ru_RU.UTF-8 works help --lang en
  shows "create a record"
}

@test "a language that is not spoken is refused with those that are" {
  fails 2 --lang tlh help
  says "en, ru"
}

@test "the help of every command is Russian" {
  works help
  russian
  verbs=$(sed -nE 's/^  ([a-z][a-z-]*)  .*/\1/p' <<<"$output")
  [ "$(wc -l <<<"$verbs")" -ge 30 ]
  for verb in $verbs; do
    works help "$verb"
    russian
  done
}

@test "kinds, fields, choices and what is said about them are Russian" {
  make_russian_book
  for kind in client deal activity campaign response goal contact product user; do
    works help "$kind"
    russian
  done
  works help activity
  shows "встреча"
}

@test "values of choices and stages are shown by their titles, and kept as they are for programs" {
  make_russian_book
  works list deal --columns title,stage
  shows "Название"
  shows "Поиск"
  works list deal --columns title,stage -f csv
  shows "prospecting"
  works list deal --columns title,stage -f json
  shows '"prospecting"'
  works new activity "Звонок" type=call client="Ромашка"
  works list activity --columns subject,type
  shows "звонок"
  works list activity --columns subject,type -f html
  shows '<html lang="ru">'
  shows "<td>звонок</td>"
}

@test "a move, its refusal, why and the history are told in Russian" {
  make_russian_book
  works advance 3
  shows "Поиск"
  shows "Квалификация"
  fails 1 advance 3
  russian
  says "сделайте:"
  works why 3
  russian
  works back 3 --reason "не то"
  russian
  works history 3
  russian
  shows "Поиск"
  works undo --yes
  shows "отменено"
  russian
  works show 3
  russian
  shows "не задано"
}

@test "every report is Russian" {
  make_russian_book
  works report
  russian
  reports=$(dw report -f csv | tail -n +2 | cut -d, -f1)
  for name in $reports; do
    run --separate-stderr "$DEALWRIGHT" report "$name"
    [ "$status" -le 3 ]
    russian
  done
}

@test "what goes wrong is told in Russian" {
  make_russian_book
  local lines=(
    "sho 3" "show 99" "show 3 --nope" "list deel" "list deal stag=won" "set 3 amount=много" "set 3 stage=won"
    "set 3 expected_close=когда-нибудь" "new client" "new deal Х client=Василёк" "report nope" "report win_rate by=nope"
    "import nope.lua ." "undo 7 --yes" "list deal --limit x" "list deal --columns nope" "explain show" "rules show nope"
    "advance" "assign 3 Никто" "-d nope.db list deal" "-w nope rules check"
    "set 2 type=nope" "new activity А type=танцы" "delete 1 --yes" "score nope" "backup /nonexistent/a.db"
  )
  for line in "${lines[@]}"; do
    # shellcheck disable=SC2086 # the line is words
    run --separate-stderr "$DEALWRIGHT" $line
    [ "$line" = "explain show" ] || [ "$status" -ne 0 ] || { echo "'$line' went well: $output" >&2; return 1; }
    russian || { echo "of: $line" >&2; return 1; }
  done
}

@test "the mistakes of a script are told in Russian" {
  make_russian_book
  works init shop
  echo 'stage "sale.nope" { title = 1, purpos = "x" }' >shop/stages/nope.lua
  fails 3 -w shop rules check
  russian
  says "процесс"
}

@test "numbers stand with the right form of their word" {
  make_russian_book
  works set 3 amount=5
  works undo --yes
  shows "1 запись"
  works set client --where industry=medical city=Тверь --yes
  works undo --yes
  shows "1 изменение"
}

@test "numbers are written as Russians write them, and read back; machines get plain ones" {
  local gap=$'\u00a0'
  make_russian_book
  works report pipeline
  shows "12${gap}500,00 USD"
  EDITOR="sed -i s/title=Томограф/title=Рентген/" works edit "Томограф"
  works set "Рентген" "amount=13${gap}500,75 USD"
  works list deal --columns title,amount
  shows "13${gap}500,75 USD"
  works list deal --columns title,amount -f csv
  shows "13500.75"
}

@test "the tests of the rules pass in any language" {
  works rules test
  hides "failed"
}
