#!/bin/bash
# An import that comes upon a date that can be read two ways asks, once for each file; nothing is guessed.
. "$(dirname "$0")/support.bash"
cat >map.lua <<'LUA'
import {
  file "deals.csv" { kind = "deal", column "deal" { to = "title" }, column "opened" { to = "opened_on" } },
  file "more.csv"  { kind = "deal", column "deal" { to = "title" }, column "opened" { to = "opened_on" } },
}
LUA
mkdir data
printf 'deal,opened\nOne,2017-05-31\nTwo,03/04/2017\nThree,05/06/2017\n' >data/deals.csv
printf 'deal,opened\nFour,07/08/2017\n' >data/more.csv
start 110
enters 'import map.lua data'
shows "^deals.csv:3:5: .*03/04/2017"
sees 'In deals.csv, is the day first or the month\? \[d/m\]:$'
enters 'x'
shows '^d: the day is first, m: the month, Enter imports nothing$'
sees 'In deals.csv, is the day first or the month\? \[d/m\]:$'
enters ''
shows '^dealwright: nothing was changed$'
enters 'list deal title=One'
sees 'sales>$'
hides 'One .*2017'

enters 'import map.lua data'
sees 'In deals.csv, is the day first or the month\? \[d/m\]:$'
enters 'd'
sees 'In more.csv, is the day first or the month\? \[d/m\]:$'
enters 'm'
shows '^4 rows: 4 created, 0 updated, 0 unchanged, 0 rejected$'
shows '^to be asked no more, write in the mapping: file "deals.csv" \{ order = "dmy" \}$'
shows '^to be asked no more, write in the mapping: file "more.csv" \{ order = "mdy" \}$'
enters 'list deal opened_on!= --columns title,opened_on --sort title'
shows 'Two *│ *2017-04-03'
shows 'Three *│ *2017-06-05'
shows 'Four *│ *2017-07-08'
presses C-d
sees '^left with 0$'
