#!/bin/bash
# last shows the answer before it again; %2 then means the row that is seen.
. "$(dirname "$0")/support.bash"
start 100
enters 'list deal --columns title,amount'
shows 'Scanners'
presses C-l
sleep 0.2
terminal clear-history
enters 'last --sort title --columns title'
shows '^#5 │ 東京の病院$'
hides '12,500'

types 'last --columns am'
presses Tab
sees '^sales> last --columns amount$'
presses C-u
enters 'last --limit 1 -f csv'
shows '^Scanners,12500.00'
enters 'last'
sees '^sales>$'
shows 'Rocket 🚀 launch'
