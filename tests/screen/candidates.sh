#!/bin/bash
# A long list of candidates fits the window: with descriptions, in columns, or cut with how many there are.
. "$(dirname "$0")/support.bash"
lines=()
for i in $(seq 101 350); do lines+=("new client \"Клиент $i\""); done
"$DEALWRIGHT" exec "${lines[@]}" >made.txt
start

# lists TYPED: what two TABs show, on an empty screen.
lists() {
  presses C-l
  terminal clear-history
  types "$1"
  presses Tab Tab
}
ends() {
  presses C-e C-u
  sees '^sales>$'
}
rows() { screen | sed '/^$/d' | wc -l; }

# Few are shown with what they mean.
lists 'list deal stage='
shows '^qualifying +Qualifying$'
hides ' more'
ends

# Many words stand in columns, many records are cut.
resizes 80 24
lists ''
shows '^[a-z-]+ +[a-z-]+ +[a-z-]+'
shows 'win'
[ "$(rows)" -le 24 ] || fail 'the list is longer than the window'
ends
lists 'show "Клиент 34'
shows '^"Клиент 349" +client #[0-9]+$'
hides ' more$'
ends
lists 'show "Клиент 2'
shows '^"Клиент 2[0-9]{2}" +client #[0-9]+$'
shows '^… and 79 more$'
[ "$(rows)" -le 24 ] || fail 'the list is longer than the window'
ends

# What the first of very many have in common is not what all have: nothing is put in for it.
lists 'show клие'
shows '^… and more than [0-9]+ more; the next letters tell them apart$'
sees '^sales> show клие$'
ends
resizes 30 8
lists ''
shows '^… and [0-9]+ more$'
ends
