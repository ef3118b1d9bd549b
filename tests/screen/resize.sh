#!/bin/bash
# Another size of the window loses nothing that is typed, and the pager and the prompt behind it know it.
. "$(dirname "$0")/support.bash"
{ echo 'name;industry'; seq 1 60 | sed 's/.*/Client &;medical/'; } >clients.csv
echo 'import { file "clients.csv" { kind = "client", match = "name",
  column "name" { to = "name" }, column "industry" { to = "industry" } } }' >clients.lua
"$DEALWRIGHT" import clients.lua clients.csv >made.txt 2>&1 || { cat made.txt >&2; exit 1; }
environment='PAGER=less'

# A half-typed line, with letters of two cells and of none: the rows of the newest width stand there.
start 80
types $'print("Ёлка и 東京, Cafe\u0301, a line of more than forty cells, that is long" .. 1'
sees '1$'
resizes 40 50
types ' .. 2'
sees '^\.\. 1 \.\. 2$|^ \.\. 1 \.\. 2$'
resizes 200 50
types ')'
sees '^sales> print\("Ёлка и 東京, .* long" \.\. 1 \.\. 2\)$'
presses Left BSpace
types '3'
presses Enter
shows '^Ёлка и 東京, .* long13$'
sees '^sales>$'

# In the pager; its rows are those of the window, and the prompt has the width that it left.
resizes 80 50
enters 'list client --columns name'
sees '^:$'
rows() { [ "$(terminal capture-pane -p | sed '/^$/d' | wc -l)" = "$1" ]; }
for size in '40 20' '200 30' '60 40'; do
  # shellcheck disable=SC2086 # a width and a height
  resizes $size
  waits rows "${size#* }" || fail "the pager does not fill $size"
  sees '^:$'
done
presses q
sees '^sales>$'
types "print('$(printf 'x%.0s' {1..70})' .. 4)"
sees "^x+' \\.\\. 4\\)\$"
presses Home C-c
sees '^sales>$'
enters 'print("after" .. 5)'
shows '^after5$'
