#!/bin/bash
# What is said to people is broken between words, and goes on under where it began; code and what a
# program reads keep their lines.
. "$(dirname "$0")/support.bash"

# Lines as they were written: what the terminal had to break is one.
written() { terminal capture-pane -p -J -S - | sed 's| *$||'; }
fits() {
  local line
  while IFS= read -r line; do
    [ "${#line}" -le "$1" ] || fail "wider than $1: $line"
  done < <(written)
}

start 60
enters 'help set'
shows '^  #42|^  set #42|amount'
sees 'sales>$'
enters 'show 2'
shows '^unset: '
sees 'sales>$'
unset_block() { screen | sed -n '/^unset:/,/^sales>/p' | sed '$d'; }
[ "$(unset_block | sed 1d | grep -vc '^  [^ ]')" = 0 ] || fail "what goes on does not hang under what began"
words=$(unset_block | tr -s ' \n' ' ')
"$DEALWRIGHT" show 2 >whole.txt
[ "$(grep '^unset:' whole.txt) " = "$words" ] || fail "a word is broken: $words"
stop

# A refusal goes to standard error and is wrapped the same way.
start 50
enters 'advance 3'
shows '^  ✗ '
sees 'sales>$'
"$DEALWRIGHT" advance 3 >whole.txt 2>&1 || true
said() { screen | sed -n '/advance 3$/,/^sales>$/p' | sed '1d;$d' | tr -s ' \n' ' '; }
[ "$(said)" = "$(tr -s ' \n' ' ' <whole.txt)" ] || fail "the refusal lost or broke a word: $(said)"
fits 50

# Code is copied: it stays as it is written.
enters 'rules show sale.prospecting.owner'
shows '^  must "[^"]*" .*|^ *[a-z_]+ .*\{'
sees 'sales>$'
source=$("$DEALWRIGHT" rules show sale.prospecting.owner | wc -l)
kept() { written | sed -n '/rules show/,/^sales>$/p' | sed '1d;$d' | wc -l; }
[ "$(kept)" = "$source" ] || fail "the source has other lines on the screen"
enters "print(('word '):rep(30))"
sees 'sales>$'
[ "$(written | grep -c '^\(word \)\{29,30\}')" = 1 ] || fail "what a script prints was wrapped"
stop

# In Russian, and beside a mark of a list: the columns are counted, not the bytes.
environment='DEALWRIGHT_LANG=ru'
start 48
enters 'why 3'
shows '^  . '
sees 'sales>$'
fits 48
stop

# A long value of a record, too.
environment=
"$DEALWRIGHT" set 3 next_step="$(printf 'слово %.0s' {1..20})" >made.txt
start 50
enters 'show 3'
shows '^  Next step '
sees 'sales>$'
fits 50
enters 'report pipeline --limit 1'
shows '^data #'
sees 'sales>$'
fits 50
