#!/bin/bash
# Lua goes on over lines until its end.
. "$(dirname "$0")/support.bash"
start
enters 'for i = 1, 2 do'
sees '^\.\.\.$'
enters '  print("row" .. i)'
sees '^\.\.\.$'
hides '^row1$'
enters 'end'
shows '^row1$'
shows '^row2$'
sees 'sales>$'
