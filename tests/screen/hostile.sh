#!/bin/bash
# Data cannot speak to the terminal: no title, no colour, no clearing, no line of its own.
. "$(dirname "$0")/support.bash"
evil=$(printf 'Evil\033]0;owned\007\033[2J\033[31mred\rover\302\233\342\200\256')
"$DEALWRIGHT" new client "$evil" industry=medical >made.txt 2>&1 || true
printf 'name;industry\n"%s";medical\n"Two\nlines";x\n' "$evil" >evil.csv
echo 'import { file "evil.csv" { kind = "client", match = "name",
  column "name" { to = "name" }, column "industry" { to = "industry" } } }' >evil.lua
"$DEALWRIGHT" import evil.lua evil.csv >made.txt 2>&1 || { cat made.txt >&2; exit 1; }
start
before=$(terminal display-message -p '#{pane_title}')
enters 'list client'
shows 'Evil'
sees 'sales>$'
enters 'find evil'
sees 'sales>$'
enters '=client[#client]'
sees 'sales>$'
enters 'why(7)'
shows 'over'
sees 'sales>$'
types 'show Ev'
presses Tab Tab
sees 'Evil'
presses C-e C-u
sees 'sales>$'
shows '^Dealwright .*leaves\.$'
[ "$(terminal display-message -p '#{pane_title}')" = "$before" ] || fail "the data set the terminal's title"
! terminal capture-pane -p -e -S - | grep 'red' | grep -q "$(printf '\033\\[31m')" || fail "the data set a colour"
