#!/bin/bash
# A terminal is told how many rows there are, and what went into a file; a program never is.
. "$(dirname "$0")/support.bash"
start

enters 'list deal --columns title'
shows '^\(4 rows\)$'
sees 'sales>$'
enters 'list deal --columns title --limit 2'
shows '^\(first 2 of 4 rows\)$'
sees 'sales>$'
enters 'list deal amount>1000 --columns title'
shows '^\(1 row\)$'
sees 'sales>$'
enters 'find "Клиника"'
shows '^#2 │ client │'
shows '^\(1 row\).*$'
enters 'history --limit 2'
shows '^\(2 rows, and there are more\)$'
sees 'sales>$'
stop

# The rows of a report are figures; a pipe is no terminal.
start 120
enters 'report pipeline'
shows 'data #6'
enters 'list deal --columns title | tail -n 1'
shows '^#6 │ Rocket'
sees 'sales>$'
hides '^\(.* rows?\)$'
enters 'report pipeline --limit 1'
shows '^\(first 1 of [0-9]+ rows\)$'
sees 'sales>$'
enters 'list deal --columns title > deals.csv'
shows '^4 rows → deals.csv$'
sees 'sales>$'
enters 'show 3 > card.md'
shows '^→ card.md$'
sees 'sales>$'
enters 'list deal --limit 1 -o first.json'
shows '^first 1 of 4 rows → first.json$'
sees 'sales>$'
[ "$(wc -l <deals.csv)" = 5 ] || fail "the file holds more than the rows"

# Nothing of it where a program reads.
"$DEALWRIGHT" list deal --columns title >out.txt 2>said.txt
"$DEALWRIGHT" list deal -o out.csv >>out.txt 2>>said.txt
! grep -q 'rows' out.txt || fail "a program is told of rows"
[ ! -s said.txt ] || fail "a program is told where its file is"
