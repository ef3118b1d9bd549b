#!/bin/bash
# What takes over a second says so below the line, and is gone when anything else is shown; nobody
# but a terminal hears of it.
. "$(dirname "$0")/support.bash"
make_import

start
enters 'local n = 0 for i = 1, 1e12 do n = n + i end'
sees '^local n = 0 for i = .*: [1-9][0-9]* s$'
presses C-c
shows '^dealwright: interrupted$'
sees 'sales>$'
hides ': [0-9]+ s$'

# Words of the script push it aside.
enters 'local t = now() + 3 / 86400 while now() < t do end print("said" .. 1)'
sees '^local t = .*: [1-9][0-9]* s$'
shows '^said1$'
sees 'sales>$'
hides ': [0-9]+ s$'

# Who knows how far it is says that instead; a question and the program behind a pipe have the
# screen for themselves.
enters 'import many.lua many.csv --dry-run'
sees '^importing: [0-9]+ %$'
presses C-c
sees 'sales>$'
hides 'importing'
enters 'set 3 4 amount=1'
sees '\[y/N[^ ]*\]$'
sleep 1.2
sees '\[y/N[^ ]*\]$'
enters 'n'
sees 'sales>$'
enters 'list deal --columns title | sleep 1.5'
sleep 1.2
hides ': [0-9]+ s$'
sees 'sales>$'
stop

# In batch the terminal is told as well, and a terminal that knows no sequences gets none.
environment=TERM=dumb
start
stop
script -qec "TERM=dumb '$DEALWRIGHT' exec 'local t = now() + 3 / 86400 while now() < t do end print(\"end\" .. 2)'" typescript </dev/null >/dev/null
tr '\r' '\n' <typescript | grep -Eq '^local t = .*: [12] s' || fail "a batch command does not say what takes long"
! grep -q "$(printf '\033')" typescript || fail "a dumb terminal gets sequences"

"$DEALWRIGHT" exec 'local t = now() + 3 / 86400 while now() < t do end print("end" .. 3)' >out.txt 2>said.txt
[ "$(cat out.txt)" = end3 ] || fail "something is mixed into the answer"
[ ! -s said.txt ] || fail "a file is told: $(cat said.txt)"
