#!/bin/bash
# _ is the record that the last answer was about, also when the answer was a refusal.
. "$(dirname "$0")/support.bash"
start 100

enters 'list deal'
sees 'sales>$'
enters 'show _'
shows 'the last answer was not one record'
enters 'advance %1'
shows '#3 stays in'
enters 'show _'
shows '^deal #3 Scanners$'
enters 'new client "Late Comer"'
sees 'sales>$'
enters 'show _'
shows '^client #7 Late Comer$'
# A verdict is many rows about one record.
enters 'why #3'
shows 'prospecting → qualifying is refused'
enters 'show _'
shows '^deal #3 Scanners$'
