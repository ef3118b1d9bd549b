#!/bin/bash
# What is taller than the screen, or is once the terminal has broken its lines, goes through a pager;
# what fits, what failed and what a program reads does not.
. "$(dirname "$0")/support.bash"
environment='PAGER=less'
start 60
numbers() { printf 'for i = 1, %s do print("line " .. i) end' "$1"; }
paged() { matches_last '^(:|\(END\))' || screen | grep -q '(END)'; }

# A pager gets what is higher than the screen of 50 lines.
for i in $(seq 1 60); do echo "client;Client $i"; done >many.txt
echo 'import { file "c.csv" { kind = "client", match = "name", column "name" { to = "name" }, column "industry" { to = "industry" } } }' >c.lua
{ echo 'name;industry'; seq 1 60 | sed 's/.*/Client &;medical/'; } >c.csv
"$DEALWRIGHT" import c.lua c.csv >/dev/null
enters 'list client --columns name --limit 20'
shows '^\(first 20 of 61 rows\)$'
sees 'sales>$'
enters 'list client --columns name'
sees '^:$'
presses C-c
sees '^:$'
presses q
sees 'sales>$'
enters 'print("after" .. 1)'
shows '^after1$'

# Few lines, but too wide: each takes three rows.
enters 'note 2 "'"$(printf 'word %.0s' $(seq 1 30))"'"'
sees 'sales>$'
enters 'history --limit 4'
sees 'sales>$'
enters 'list client --columns name --no-pager'
shows '^\(61 rows\)$'
sees 'sales>$'

# What failed is said on the screen, not in the pager.
enters 'list clinet'
shows "did you mean 'client'"
sees 'sales>$'

# Without a pager everything is there all the same.
enters 'list client --columns name --pager nosuchpager'
shows "the pager 'nosuchpager' can't be run"
shows '^\(61 rows\)$'
sees 'sales>$'
enters 'list client --columns name --pager off'
shows '^\(61 rows\)$'
sees 'sales>$'
presses C-d
sees '^left with 0$'
stop

for none in '' cat; do
  environment="PAGER=$none"
  start 60
  enters 'list client --columns name'
  shows '^\(61 rows\)$'
  sees 'sales>$'
  stop
done
