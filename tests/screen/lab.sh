#!/bin/bash
# The rules lab at the prompt: that the files are not what counts is said when the prompt begins and once on the command line; Ctrl-C ends a
# long trial and nothing else.
. "$(dirname "$0")/support.bash"
mkdir -p ws/processes
printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Lab" }' >ws/workspace.lua
# rules CHECK: of the only gate
rules() {
  cat >ws/processes/sale.lua <<END
process "sale" { kind = "deal", field = "stage", stages = { "first", "second" }, ends = { won = "won" } }
stage "sale.first" { leave = { must "gate" { "a gate", check = function(deal) $1 end } } }
END
}
rules 'return true'
for i in $(seq 1 30); do echo "new deal \"Deal $i\""; done >lines
for i in $(seq 1 30); do echo "advance \"Deal $i\""; done >>lines
"$DEALWRIGHT" -w ws -d lab.db <lines >made.txt
"$DEALWRIGHT" -w ws -d lab.db rules activate --reason "the first ones" >>made.txt
rules 'local n = 0 for i = 1, 4e7 do n = n + i end return n < 0'

start 120 -w ws -d lab.db
shows '^the files of the workspace are not the rules in force'
sqlite3 lab.db .dump >dump.before
enters 'why "Deal 1" second --rules files | head -1'
sees 'lab>$'
enters 'rules backtest --list'
sleep 1
presses C-c
shows 'interrupted'
sees 'lab>$'
enters 'print("alive" .. 1)'
shows '^alive1$'
enters 'rules impact'
shows 'newly blocked|interrupted|nothing would change'
sees 'lab>$'
sqlite3 lab.db .dump >dump.after
cmp dump.before dump.after || fail "a trial changed the book"

rules 'return deal.title ~= "Deal 7"'
enters 'rules backtest --list --columns name,effect'
shows '│ Deal 7 │ newly refused'
sees 'lab>$'
enters 'rules activate'
shows 'are in force$'
enters 'undo'
shows 'are in force again$'
sees 'lab>$'
presses C-d
sees '^left with 0$'
stop

# Told once for the same two, again when the files are others.
times() { screen | grep -c '^the files of the workspace are not'; }
terminal new-session -d -x 120 -y 50 "bash --norc"
enters "dw() { '$DEALWRIGHT' -w ws -d lab.db \"\$@\"; }; PS1='go '; clear"
sees '^go$'
enters 'dw list user; dw list user; echo done1'
shows '^done1$'
[ "$(times)" -eq 1 ] || fail "told $(times) times"
rules 'return false'
enters 'dw list user; echo done2'
shows '^done2$'
[ "$(times)" -eq 2 ] || fail "told $(times) times"
