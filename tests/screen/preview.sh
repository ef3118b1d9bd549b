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
foretells 'find stage=prospecting amount<50 ' 'find stage=prospecting amount<50   → 1 deal worth 5 USD'
foretells 'set deal --where amount<1k source=web' 'set deal --where amount<1k source=web  → changes 3 deals worth 982 USD'
foretells 'delete deal --where amount<1k ' 'delete deal --where amount<1k   → deletes 3 deals worth 982 USD'
foretells 'set #3 #4 ' 'set #3 #4 FIELD=VALUE[.]{3}  → 2 records'
foretells 'show #5' 'show #5  → deal #5 東京の病院'
foretells 'show "Ёлочные игрушки"' 'show "Ёлочные игрушки"  → deal #4 Ёлочные игрушки'
foretells 'history Scanners' 'history Scanners.*  → deal #3 Scanners'

# What is half-typed or wrong is not told, nor what an index that is behind would tell.
is_silent 'list deal stage=wo' 'list deal stage=won'
is_silent 'list deal amoun>5' 'list deal amoun>5'
is_silent 'show #99' 'show #99'
is_silent 'show "Ёлочн' 'show "Ёлочн'
is_silent 'find deal игруш' 'find deal игруш \[WORD[|]CONDITION\]?[.]{3}'
enters 'find deal игруш --columns amount'
sees '^sales>$'
foretells 'find deal игруш' 'find deal игруш  → 1 deal worth 900 USD'

# Nothing was touched: _ is what was shown last, and no unit was made.
enters 'show #4'
sees '^sales>$'
types 'set #3 amount=1'
sees 'deal #3 Scanners$'
presses C-c
enters 'show _ --columns id'
foretells 'show _' 'show _  → deal #4 Ёлочные игрушки'
enters 'history --limit 1'
shows 'Rocket'
