#!/bin/bash
# watch draws over its own screen, marks what changed, and Ctrl-C ends it, not the session.
. "$(dirname "$0")/support.bash"
environment="NO_COLOR=1"
start

enters 'watch --every 0.3 list deal --columns title,amount'
shows '^every 0.3 s .* list deal --columns title,amount$'
shows '^#3 .* 12,500.00 USD$'
"$DEALWRIGHT" set 3 amount=44000 >/dev/null
shows '44,000.00 USD\*$'
sees '4 rows'
sleep 1.5
hides ': [0-9]+ s$'

# Another width is heeded at the next look; what Ctrl-C leaves behind is above the prompt.
resizes 40 30
shows '^list deal --columns title,amount$'
shows '^#5 │ 東京の病院 +│ +77.00 USD$'
resizes 80 30
shows '^every 0.3 s .* list deal --columns title,amount$'
presses C-c
sees '^sales>$'
enters 'show %1'
shows 'Scanners'
