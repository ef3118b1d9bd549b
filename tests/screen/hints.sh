#!/bin/bash
# Behind the cursor stands what may come next: dimmed, never part of the line, gone when the line is.
. "$(dirname "$0")/support.bash"
export DEALWRIGHT_HINTS=on
start

# hints TYPED SHOWN: what stands on the line; then the line is empty again.
hints() {
  types "$1"
  sees "^sales> $2\$"
  presses C-u
  sees '^sales>$'
}
dimmed() { terminal capture-pane -p -e | grep -qF "$(printf '\033[2m')$1"; }
rows() { screen | sed '/^$/d' | wc -l; }

# The rest of the only word that fits, and the arguments that are missing.
hints 'sho' 'show RECORD'
hints 'show' 'show RECORD'
hints 'set ' 'set RECORD[.]{3} FIELD=VALUE[.]{3}'
hints 'list de' 'list deal \[CONDITION\][.]{3}'
hints 'list deal stage=qu' 'list deal stage=qualifying'
hints 'report win_rate by=owner ' 'report win_rate by=owner \[since=date\] .*'
hints 'list deal --limit ' 'list deal --limit N'
types 'show'
waits dimmed ' RECORD' || fail 'the hint is not dimmed'
presses C-u

# What a word is read as, what a wrong one meant, and whether the line is Lua.
hints 'new deal "Новая" expected_close=2027-02-28' 'new deal "Новая" expected_close=2027-02-28  → Sun 2027-02-28'
hints 'list deal expected_close=2027-q1' 'list deal expected_close=2027-q1  → Fri 2027-01-01[.][.]Wed 2027-03-31'
hints 'new deal x amount=1.2M' 'new deal x amount=1.2M  → 1,200,000.00 USD'
hints 'shw 42' "shw 42  did you mean 'show'[?]"
hints 'list dael ' "list dael   did you mean 'deal'[?]"
hints 'set #3 amout=5 ' "set #3 amout=5   did you mean 'amount'[?]"
hints 'list = 4' "list = 4  read as Lua; ':' in front makes it a command"
hints 'zzz' 'zzz'

# Only at the end of the line, and not while history is searched.
types 'show '
sees 'RECORD$'
presses Left
sees '^sales> show$'
presses C-e
sees 'RECORD$'
presses C-u

# After Enter and Ctrl-C nothing of it is left, and history never had it.
types 'show'
sees 'RECORD$'
presses Enter
shows '^sales> show$'
sees '^sales>$'
types 'set '
sees 'FIELD=VALUE[.]{3}$'
presses C-c
shows '^sales> set \^C$'
sees '^sales>$'
presses Up
sees '^sales> show RECORD$'
presses C-a
sees '^sales> show$'
presses C-c C-r
types 'sho'
sees "sho': show$"
presses C-c
grep -rq RECORD "$XDG_STATE_HOME" && fail 'the hint is in the history'

# A line of several rows keeps them, whatever its letters; a hint never makes another row.
stop
start 40
types 'show "Ёлочные игрушки 東京 🚀 и ещё что-то" '
sees '^щё что-то"$'
stop
start 40
types 'list deal stage='
sees '^sales> list deal stage=prospecting\|qua…$'
[ "$(rows)" = 3 ] || fail 'the hint wraps'
types 'won'
sees '^sales> list deal stage=won$'
presses Enter
shows '^sales> list deal stage=won$'
sees '^sales>$'
types 'find 東京の病院東京の病院東京の病院 stage='
sees '^院 stage=prospecting\|qualifying\|needs_…$'
presses Enter
sees '^sales>$'
hides 'prospect'

# It fits into the window as it is now.
types 'set #3 '
sees 'FIELD=VALUE[.]{3}$'
resizes 20 50
sees '^sales> set #3 FIEL…$'
resizes 60 50
sees '^sales> set #3 FIELD=VALUE[.]{3}  → deal #3 Scanners$'
presses C-u

# A block that is pasted has none, a line that goes on another neither.
terminal set-buffer 'for i = 1, 2 do
show'
terminal paste-buffer -p
sees '^show$'
presses C-c
enters 'for i = 1, 2 do'
types 'show'
sees '^[.]{3} show$'
presses C-c
stop

# Off where it is not wanted or not possible; without colours it is dimmed all the same.
environment='DEALWRIGHT_HINTS=off' start
types 'show'
sleep 0.3
sees '^sales> show$'
stop
environment='TERM=dumb' start
types 'show'
sleep 0.3
sees '^sales> show$'
stop
environment='NO_COLOR=1' start
types 'show'
waits dimmed ' RECORD' || fail 'the hint is not dimmed without colours'
stop
environment='LC_ALL=C' start
types 'new deal x amount=1.2M'
sees ' -> 1,200,000.00 USD$'
stop
