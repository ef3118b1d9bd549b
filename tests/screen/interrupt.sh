#!/bin/bash
# Ctrl-C stops what runs or drops what is typed; the session stays.
. "$(dirname "$0")/support.bash"
start

types 'print("dropped")'
sees 'dropped'
presses C-c
types 'print("kept" .. 1 + 1)'
presses Enter
shows '^kept2$'
sees 'sales>$'
hides '^dropped$'

# Nothing of a line of several rows is left behind the new prompt, wherever the cursor was.
types "print('$(printf 'x%.0s' {1..200})')"
sees "x'\\)$"
presses Home C-c
sees '^sales>$'

# Keys typed after Ctrl-C are for the next line, also when the program was busy with the keys before.
shell=$(terminal list-panes -F '#{pane_pid}')
program=$(tr -d ' ' <"/proc/$shell/task/$shell/children")
types "print('lost') --$(printf '%01500d' 0)"
shows "lost.*000"
kill -STOP "$program"
presses C-c
enters 'print("next" .. 2)'
sleep 0.2
kill -CONT "$program"
shows '^next2$'
hides '^lost$'

# Keys typed while something runs are the next line.
enters 'local t = now() + 2 / 86400 while now() < t do end print("busy" .. 5)'
types 'print("ahead" .. 6'
sleep 0.2
types ')'
presses Enter
shows '^busy5$'
shows '^ahead6$'
sees 'sales>$'

enters 'for i = 1, 2 do'
sees '^\.\.\.$'
presses C-c
sees 'sales>$'
enters 'print("after" .. 3)'
shows '^after3$'

enters 'print("loop" .. 1) while true do end'
shows '^loop1$'
presses C-c
sees 'sales>$'
enters 'print("loop" .. 2) while true do pcall(function() while true do end end) end'
shows '^loop2$'
presses C-c
sees 'sales>$'
enters 'print("alive" .. 4)'
shows '^alive4$'
sees 'sales>$'

presses C-c
shows '^\(Ctrl-D leaves\)$'
sees 'sales>$'
dropped() { screen | grep -c '^sales> ^C$'; }
dropped_more_than() { [ "$(dropped)" -gt "$1" ]; }
before=$(dropped)
presses C-c
waits dropped_more_than "$before" || fail "the second Ctrl-C does nothing"
sees 'sales>$'
presses C-c
sees '^left with 130$'
