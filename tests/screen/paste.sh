#!/bin/bash
# A pasted block is one execution and one entry of the history, TABs and all.
. "$(dirname "$0")/support.bash"
start

# paste TEXT: as a terminal does it, in brackets.
paste() {
  printf '%s' "$1" >pasted
  terminal load-buffer pasted
  terminal paste-buffer -p
}

block=$(
  echo 'local total = 0'
  for i in $(seq 1 197); do printf 'if true then\ttotal = total + %d end\n' "$i"; done
  printf 'local kept = "a\tb"\n'
  echo 'print("pasted", total, #kept)'
)
paste "$block"
presses Enter
shows '^pasted[[:space:]]+19503[[:space:]]+3$'
sees 'sales>$'
[ "$(screen | grep -c '^pasted[[:space:]]*19503')" = 1 ] || fail "the block ran more than once"

enters 'print("between" .. 1)'
shows '^between1$'
presses Up Up Enter
again() { [ "$(screen | grep -c '^pasted[[:space:]]*19503')" = 2 ]; }
waits again || fail "two steps back is not the whole block"

# The file remembers it as one entry, too.
enters 'quit'
sees '^left with 0$'
stop
start
presses Up Up Enter
shows '^pasted[[:space:]]+19503[[:space:]]+3$'
sees 'sales>$'

# Commands in a block run line by line; the prompt comes back once.
paste 'set 3 amount=1
show 3 --format csv
set 4 amount=2
'
presses Enter
sees 'sales>$'
[ "$("$DEALWRIGHT" list deal --format ndjson --columns amount | jq -r .amount.amount | head -2 | xargs)" = "1.00 2.00" ] ||
  fail "a pasted command did not run"
