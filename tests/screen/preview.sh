#!/bin/bash
# When typing pauses the hint says what the line is about: how many records, what they are worth, whom.
. "$(dirname "$0")/support.bash"
export DEALWRIGHT_HINTS=on
start 120

# foretells TYPED SHOWN: what comes to stand behind the line.
foretells() {
  types "$1"
  sees "^sales> $2\$"
  presses C-u
  sees '^sales>$'
}
# Nothing more comes, although there is time for it.
is_silent() {
  types "$1"
  sleep 0.4
  sees "^sales> $2\$"
  presses C-u
  sees '^sales>$'
}

foretells 'list deal' 'list deal  → 4 deals worth 13.5k USD'
foretells 'list deal amount>900' 'list deal amount>900  → 900.00 USD  → 1 deal worth 12.5k USD'
foretells 'list client' 'list client  → 1 client'
foretells 'find stage=prospecting amount<50 ' 'find stage=prospecting amount<50   → 1 deal worth 5.00 USD'
foretells 'set deal --where amount<1k source=web' 'set deal --where amount<1k source=web  → changes 3 deals worth 982.00 USD'
foretells 'delete deal --where amount<1k ' 'delete deal --where amount<1k   → deletes 3 deals worth 982.00 USD'
foretells 'set #3 #4 ' 'set #3 #4 FIELD=VALUE[.]{3}  → 2 records'
foretells 'show #5' 'show #5  → deal #5 東京の病院'
foretells 'show "Ёлочные игрушки"' 'show "Ёлочные игрушки"  → deal #4 Ёлочные игрушки'
foretells 'history Scanners' 'history Scanners.*  → deal #3 Scanners'

# Where a move leads and what is missing for it; fields that come with it are not judged yet.
foretells 'advance #3' 'advance #3  → prospecting → qualifying: 1 criterion missing'
foretells 'win #3 ' 'win #3   → prospecting → won: .*(missing|refused)'
foretells 'lose #3 lost_reason=price ' 'lose #3 lost_reason=price   → prospecting → lost'
foretells 'move #3 presentation ' 'move #3 presentation   → prospecting → presentation: .*(missing|refused)'
foretells 'assign #3 "Анна Орлова"' 'assign #3 "Анна Орлова".*  → deal #3 Scanners → user #1 Анна Орлова'

# What is half-typed or wrong is not told, nor what an index that is behind would tell.
is_silent 'list deal stage=wo' 'list deal stage=won'
is_silent 'list deal amoun>5' 'list deal amoun>5'
is_silent 'show #99' 'show #99'
is_silent 'show "Ёлочн' 'show "Ёлочн'
is_silent 'find deal игруш' 'find deal игруш \[WORD[|]CONDITION\]?[.]{3}'
enters 'find deal игруш --columns amount'
sees '^sales>$'
foretells 'find deal игруш' 'find deal игруш  → 1 deal worth 900.00 USD'
# Words alone are found in every kind.
foretells 'find сокол' 'find сокол .*  → 1 client'
foretells 'find "Ёлочные игруш"' 'find "Ёлочные игруш" .*  → 1 deal worth 900.00 USD'
foretells 'find Клин scanners' 'find Клин scanners.*  → 0 records'
"$DEALWRIGHT" new contact "Scanner Smith" client="Клиника Сокол" >made.txt
enters 'find scanner'
shows 'contact .*Scanner Smith'
foretells 'find ~scann' 'find ~scann .*  → 1 contact, 1 deal worth 12.5k USD'

# Nothing was touched: _ is what was shown last, and no unit was made.
enters 'show #4'
sees '^sales>$'
types 'set #3 amount=1'
sees 'deal #3 Scanners$'
presses C-c
enters 'show _ --columns id'
foretells 'show _' 'show _  → deal #4 Ёлочные игрушки'
enters 'history --limit 1'
shows 'new contact "Scanner Smith"'
stop

# A rule that never ends has a moment, and a key that is pressed meanwhile is not lost.
mkdir slow slow/processes
printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Slow" }' >slow/workspace.lua
printf '%s\n' 'process "mailing" { kind = "campaign", field = "stage", stages = { "draft", "trial" }, ends = { closed = "closed" } }' \
  'stage "mailing.draft" { leave = { must "end" { "it ends", check = function() print("looking") while true do end end } } }' \
  >slow/processes/mailing.lua
"$DEALWRIGHT" -w slow -d slow.db new campaign Spring >made.txt
start 80 -w slow -d slow.db
types 'advance #1'
sleep 0.4
hides 'looking'
types ' x'
sees '^slow> advance #1 x'
presses C-u
types 'show #1'
sees '^slow> show #1  → campaign #1 Spring$'
