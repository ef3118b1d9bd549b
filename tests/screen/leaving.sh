#!/bin/bash
# Ctrl-D leaves an empty line and only that.
. "$(dirname "$0")/support.bash"
start
types 'print(4'
presses C-d
types '2)'
presses Enter
shows '^42$'
enters 'for i = 1, 2 do'
sees '^\.\.\.$'
presses C-d
sees '^left with 0$'
stop

start
enters 'quit'
sees '^left with 0$'
