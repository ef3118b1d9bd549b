#!/bin/bash
# Ctrl-Z and back, a window of another size, and what ends a session from outside: the terminal is
# always as the shell knows it, the line is kept, and nothing is half done.
. "$(dirname "$0")/support.bash"

# shell: one with job control, in whose terminal the program runs. It shows how the last command ended.
shell() {
  terminal new-session -d -x 80 -y 50 "env PS1='[\$?] shell> ' bash --noprofile --norc -i"
  sees '\] shell>$'
}
program() {
  local shell
  shell=$(terminal list-panes -F '#{pane_pid}')
  tr -d ' ' <"/proc/$shell/task/$shell/children"
}
starts() {
  enters "$DEALWRIGHT -d sales.db"
  sees 'sales>$'
}
leaves() {
  waits program_is_gone || fail "the program is still there"
  sees "^\\[$1\\] shell>$"
}
goes_on() { ! grep -q ') T ' "/proc/$(program)/stat"; }
program_is_gone() { [ -z "$(program)" ]; }

shell
enters 'stty -a >before.txt'
sees 'shell>$'

# Ctrl-Z with a line half typed: the shell has its terminal, and fg brings the line back.
starts
types 'print("kept"'
sees 'kept"$'
presses C-z
sees 'shell>$'
enters 'stty -a >stopped.txt; echo "seen"'
shows '^seen$'
cmp before.txt stopped.txt || fail "the stopped program leaves the terminal another one"
enters 'fg'
sees 'kept"$'
enters ' .. 1 + 1)'
shows '^kept2$'
sees 'sales>$'

# The same when somebody else stops it, and continues it.
types 'print("still"'
sees 'still"$'
kill -STOP "$(program)"
sees 'shell>$'
enters 'fg'
sees 'still"$'
enters ' .. 3)'
shows '^still3$'
sees 'sales>$'

# While something runs.
enters 'print("runs") for i = 1, 1e12 do end'
shows '^runs$'
presses C-z
sees 'shell>$'
enters 'fg'
waits goes_on || fail "fg does not continue it"
presses C-c
sees 'sales>$'

# While something is asked: the question still stands when the program is back.
enters 'set 3 4 5 amount=1'
sees '\[y/N/diff\]$'
presses C-z
sees 'shell>$'
enters 'fg'
shows '^/.*dealwright -d sales.db$'
enters 'n'
shows 'nothing was changed'
sees 'sales>$'

# A window that changes while somebody types, and while something runs.
types 'print("wide" .. 4)'
sees '4\)'
resizes 40 50
presses Home
types 'x = 1 '
presses Enter
shows '^wide4$'
sees 'sales>$'
resizes 100 50
enters 'list deal'
shows '^ # │ Title .*Stage'
sees 'sales>$'
presses C-d
leaves 0
enters 'stty -a | sed "s/columns [0-9]*/columns 80/" >after.txt; echo "left"'
shows '^left$'
cmp before.txt after.txt || fail "the program leaves the terminal another one"

# SIGTERM at the prompt: in order, and the line before is in the history.
starts
enters 'print("remembered" .. 5)'
shows '^remembered5$'
sees 'sales>$'
types 'not finished'
sees 'not finished'
kill -TERM "$(program)"
leaves 143
enters 'stty -a | sed "s/columns [0-9]*/columns 80/" >after.txt; echo "ended"'
shows '^ended$'
cmp before.txt after.txt || fail "a program that is ended leaves the terminal another one"
grep -q 'remembered' "$XDG_STATE_HOME"/dealwright/*.history || fail "the history is lost"
! grep -q 'not finished' "$XDG_STATE_HOME"/dealwright/*.history || fail "what nobody entered is in the history"

# SIGTERM while something changes the book: all or nothing.
make_import
sqlite3 sales.db .dump >dump.before
starts
enters 'import many.lua many.csv'
shows '^importing: [0-9]+ %'
kill -TERM "$(program)"
leaves 143
shows 'interrupted; nothing was imported'
sqlite3 sales.db .dump >dump.after
cmp dump.before dump.after || fail "an import is half done"
stop

# The window is closed: the terminal is gone.
start
enters 'print("closed" .. 6)'
shows '^closed6$'
enters 'import many.lua many.csv'
shows '^importing: [0-9]+ %'
gone=$(program)
terminal kill-server
is_gone() { ! kill -0 "$gone" 2>/dev/null; }
waits is_gone || { echo "the program outlives its terminal" >&2; exit 1; }
grep -q 'closed' "$XDG_STATE_HOME"/dealwright/*.history || { echo "the history is lost" >&2; exit 1; }
sqlite3 sales.db .dump >dump.after
cmp dump.before dump.after
