#!/bin/bash
# TAB completes verbs, kinds, fields, values, names (also Cyrillic, in any case) and reports.
. "$(dirname "$0")/support.bash"
start

# completes TYPED BECOMES: what stands at the prompt after one TAB.
completes() {
  types "$1"
  presses Tab
  sees "^sales> $2\$"
  presses C-e C-u
  sees '^sales>$'
}

# offers TYPED LINE...: what two TABs list.
offers() {
  terminal clear-history
  presses C-l
  types "$1"
  presses Tab Tab
  shift
  local line
  for line; do shows "$line"; done
  presses C-e C-u
  sees '^sales>$'
}

completes 'repo' 'report'
completes 'list dea' 'list deal'
completes 'report win_r' 'report win_rate'
completes 'set 3 expected' 'set 3 expected_close='
completes 'list deal stage=qual' 'list deal stage=qualifying'
completes 'new activity x type=mee' 'new activity x type=meeting'
completes 'show ёлоч' 'show "Ёлочные игрушки"'
completes 'show ЁЛОЧ' 'show "Ёлочные игрушки"'
completes 'set 3 client="Клиника С' 'set 3 client="Клиника Сокол"'
completes 'list deal client=' 'list deal client="Клиника Сокол"'
completes 'show #5' 'show #5'
completes 'list deal --form' 'list deal --format'
completes 'list deal --format ndj' 'list deal --format ndjson'
completes 'list deal --format=ndj' 'list deal --format=ndjson'
completes 'list --limit 3 dea' 'list --limit 3 deal'
completes 'find amount>5 stage=qual' 'find amount>5 stage=qualifying'
completes 'find sta' 'find stage='
completes '?win_r' '[?]win_rate'
completes 'set 3 expected_close=tom' 'set 3 expected_close=tomorrow'
completes 'show "Клиника ' 'show "Клиника Сокол"'
completes 'print(string.for' 'print[(]string.format'

offers 'list deal stage=' '^prospecting +Prospecting$' '^lost +Lost$'
completes 'as-of 2017-06-30 list deal stage=qual' 'as-of 2017-06-30 list deal stage=qualifying'
completes 'as-of tomo' 'as-of tomorrow'
completes 'watch repo' 'watch report'
completes 'explain report win_r' 'explain report win_rate'
offers 'list deal expected_close<' '^friday +Fri 2[0-9]{3}-[0-9]{2}-[0-9]{2}$'
completes 'deals:wh' 'deals:where'
completes 'x = deal.cli' 'x = deal.client'
offers 'deals:' '^deals:order_by +in that order'
offers 'stats.' '^stats.wilson +where the true share'
offers 'report ' '^pipeline +Open pipeline$'
offers 'set 3 ' '^amount= ' '^next_step= '
hides '^moved_at= '

# Fields behind a reference, and groups as conditions.
completes 'list deal client.ind' 'list deal client.industry='
completes 'list activity deal.stage=qual' 'list activity deal.stage=qualifying'
completes 'list deal --columns title,client.ind' 'list deal --columns title,client.industry'
completes 'list client seg' 'list client segment='
"$DEALWRIGHT" new segment "Крупные клиники" condition=employees\>100 >made.txt
completes 'list client segment=круп' 'list client segment="Крупные клиники"'
completes 'list deal client.segment=' 'list deal client.segment="Крупные клиники"'

# Single quotes hold a name as double ones do; an apostrophe inside a word opens none.
completes "show 'Клиника " "show 'Клиника Сокол'"
completes "show 'кли" "show 'Клиника Сокол'"
completes "set 3 client='Кли" "set 3 client='Клиника Сокол'"
completes "show O'Br" "show O'Br"
completes "note #3 O'Brien --fo" "note #3 O'Brien --force|note #3 O'Brien --format"
"$DEALWRIGHT" new client "O'Brien & Co" >made.txt
completes "show O'Br" "show \"O'Brien & Co\""
completes "show \"O'Br" "show \"O'Brien & Co\""
completes "set 3 client='O" "set 3 client='#8'"

# What a name alone does not tell is offered by number; if one name needs quotes all have them.
"$DEALWRIGHT" new client "Twin" >made.txt
"$DEALWRIGHT" new contact "Twin" client=Twin >>made.txt
"$DEALWRIGHT" new client "Twin Peaks" >>made.txt
offers 'show twi' '^#9 +client Twin$' '^#10 +contact Twin$' '^"Twin Peaks" +client #11$'

# A file behind > is one.
touch report-of-may.csv
completes 'list deal > report-of' 'list deal > report-of-may.csv'
completes 'agenda > report-of' 'agenda > report-of-may.csv'

# Names of files with blanks get quotes, those of folders go on.
mkdir -p "Отчёты за год/май"
touch "Отчёты за год/май/сделки (1).csv" "it's.csv"
completes 'import Отч' 'import "Отчёты за год/'
completes 'import "Отчёты за год/м' 'import "Отчёты за год/май/'
completes 'import "Отчёты за год/май/' 'import "Отчёты за год/май/сделки \(1\).csv"'
completes "import 'Отч" "import 'Отчёты за год/"
completes "list deal -o 'Отчёты за год/май/с" "list deal -o 'Отчёты за год/май/сделки \(1\).csv'"
completes 'list deal --output=Отч' 'list deal --output="Отчёты за год/'
completes 'list deal > Отч' 'list deal > "Отчёты за год/'
mkdir "$HOME/мои файлы"
completes 'list deal > ~/м' "list deal > \"$HOME/мои файлы/"
completes 'run it' "run \"it's.csv\""
