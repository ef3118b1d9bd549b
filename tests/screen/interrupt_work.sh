#!/bin/bash
# Ctrl-C wherever the program is busy or is not alone: the session survives, the book is as it was,
# and the terminal is sane.
. "$(dirname "$0")/support.bash"

make_import
cat >slow.sh <<'END'
#!/bin/sh
# An editor that a person sits in: it ends when it is told to.
echo "editor $1" >/dev/tty
trap 'echo stopped >/dev/tty; exit 1' INT
i=0
while [ $i -lt 100 ]; do sleep 0.1; i=$((i + 1)); done
END
chmod +x slow.sh
sqlite3 sales.db .dump >dump.before
environment="VISUAL=$folder/slow.sh"
start
shell=$(terminal list-panes -F '#{pane_pid}')
program=$(tr -d ' ' <"/proc/$shell/task/$shell/children")
modes() { stty -F "$(terminal display-message -p '#{pane_tty}')" -a; }

# alive WORD: the prompt answers, and nothing in the book has changed.
alive() {
  enters "print('$1' .. 1)"
  shows "^${1}1\$"
  sees 'sales>$'
  sqlite3 sales.db .dump >dump.after
  cmp dump.before dump.after || fail "$1 changed the book"
}
modes >modes.before

# The program has had the key: it is not with the terminal any more.
enters 'list deal --columns title | sleep 60'
sleep 0.3
presses C-c
sees 'sales>$'
alive pipe

enters 'edit 3'
shows '^editor '
presses C-c
shows '^(\^C)?stopped$'
shows 'ended with 1'
sees 'sales>$'
alive editor

enters 'import many.lua many.csv'
shows '^importing: [0-9]+ %'
presses C-c
shows 'interrupted; nothing was imported'
sees 'sales>$'
alive import
hides 'importing'

enters 'set 3 4 5 amount=1'
sees '\[y/N'
presses C-c
sees 'sales>$'
alive question

enters 'set 3 4 5 amount=1'
sees '\[y/N'
types 'y'
presses C-c
sees 'sales>$'
alive answer

# Mostly within a statement of the book.
enters 'print("query" .. 0) for i = 1, 1e12 do n = clients:where{name = "x"}:count() end'
shows '^query0$'
sleep 0.2
presses C-c
sees 'sales>$'
alive query

enters 'print("keeps" .. 0) while true do pcall(function() while true do deals:count() end end) end'
shows '^keeps0$'
presses C-c
sees 'sales>$'
alive protected

# An answer that floods the terminal.
enters '=("flood "):rep(2000000)'
shows 'flood flood'
presses C-c
waits matches_last '^sales>$' || fail "the flood goes on"
terminal clear-history
alive flood

# Looking for an older line, and in the middle of a block.
presses C-r
types 'alive'
presses C-c
sees 'sales>$'
enters 'if true then'
sees '^\.\.\.$'
types 'print("half'
presses C-c
sees 'sales>$'
alive search

modes >modes.after
cmp modes.before modes.after || fail "the terminal is another one"
[ -d "/proc/$program" ] || fail "it is not the same session"
presses C-c
shows '^\(Ctrl-D leaves\)$'
sleep 0.2
presses C-c
sleep 0.2
presses C-c
sees '^left with 130$'
