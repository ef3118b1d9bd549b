#!/bin/bash
# What was typed is kept per database, for its owner only, and found again.
. "$(dirname "$0")/support.bash"
start
enters 'print("first" .. 1)'
shows '^first1$'
enters 'print("second" .. 2)'
shows '^second2$'
enters ' print("secret" .. 3)'
shows '^secret3$'
stop

kept=$(find "$XDG_STATE_HOME/dealwright" -name '*.history')
[ "$(printf '%s\n' "$kept" | wc -l)" = 1 ] || fail "not one history file: $kept"
[ "$(stat -c %a "$kept")" = 600 ] || fail "$kept is not its owner's alone"
[ "$(stat -c %a "$(dirname "$kept")")" = 700 ] || fail "its folder is not its owner's alone"
! grep -q secret "$kept" || fail "a line that starts with a blank is kept"

# After a start the newest line comes first, and Ctrl-R looks for the others.
start
presses Up
sees '^sales> print\("second" \.\. 2\)$'
presses C-u C-r
types 'fir'
sees 'fir'
presses Enter
shows '^first1$'
sees 'sales>$'
stop

# Another database has lines of its own.
"$DEALWRIGHT" -d other.db new user "Борис" >made.txt
start 80 -d other.db
presses Up
types 'print("own" .. 4)'
presses Enter
shows '^own4$'
hides 'first1'
stop
[ "$(find "$XDG_STATE_HOME/dealwright" -name '*.history' | wc -l)" = 2 ] || fail "the histories are one file"

# Two sessions at a time lose nothing of each other.
start
enters 'print("one" .. 5)'
shows '^one5$'
printf 'print("two" .. 6)\n' | script -qec "'$DEALWRIGHT' -d sales.db" /dev/null >two.txt
enters 'print("three" .. 7)'
shows '^three7$'
stop
for line in one two three; do
  grep -q "$line" "$kept" || fail "'$line' is lost"
done

# A line that looks like the time of an entry is a line all the same.
start
enters '#3'
sees 'sales>$'
enters 'print("behind" .. 8)'
shows '^behind8$'
sees 'sales>$'
stop
start
presses Up Up
sees '^sales> #3$'
presses C-u
stop

# Where nothing can be kept it is said once, and the session remembers by itself; without a home
# nothing is said.
touch nofolder
environment="XDG_STATE_HOME=$folder/nofolder"
start
enters 'print("one" .. 9)'
shows "^dealwright: the history can't be kept in"
shows '^one9$'
enters 'print("two" .. 9)'
shows '^two9$'
sees 'sales>$'
[ "$(screen | grep -c 'the history')" = 1 ] || fail "it is said again"
presses Up Up
sees '"one" \.\. 9\)$'
stop
environment='-u HOME -u XDG_STATE_HOME'
start
enters 'print("one" .. 10)'
shows '^one10$'
sees 'sales>$'
hides 'dealwright: '
presses Up
sees '"one" \.\. 10\)$'
