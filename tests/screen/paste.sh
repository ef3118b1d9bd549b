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

# Commands and Lua in one block, with the line ends of another system; the last line waits for its
# end and for Enter.
stop
start
crlf() {
  printf '%s' "$1" | sed 's/$/\r/' | head -c -1 >pasted
  terminal load-buffer pasted
  terminal paste-buffer -p -r
}
crlf 'local twenty = 20
list deal --columns title
print("mixed" .. twenty + 1)
print("last" ..'
sees 'print\("last" \.\.$'
hides '^mixed21$'
types ' 7)'
presses Enter
shows '^mixed21$'
shows '^last7$'
sees 'sales>$'
[ "$(screen | grep -c '^#3 │ Scanners$')" = 1 ] || fail "a command between Lua did not run once"

# The first line that fails ends the block, and says what was left.
paste 'print("first" .. 8)
list nonsense
print("never" .. 8)
set 3 amount=99
'
presses Enter
shows '^first8$'
shows '^2 lines behind it were not run$'
sees 'sales>$'
hides '^never8$'

# A paste whose end never comes is ended by Ctrl-C.
terminal send-keys -H 1b 5b 32 30 30 7e
types 'print("open" .. 8'
sleep 0.2
presses C-c
sees 'sales>$'
enters 'print("closed" .. 8)'
shows '^closed8$'
sees 'sales>$'

# Control bytes are characters of the line, and not obeyed; nothing of them reaches the screen raw.
paste "$(printf 'print("bell\001\033[31m" .. 9)\177\n')"
presses Enter
sees 'sales>$'
hides '^bell.*9$'
enters 'print("sane" .. 10)'
shows '^sane10$'
! terminal capture-pane -p -e -S - | grep 'bell' | grep -q "$(printf '\033\\[31m')" || fail "a paste set a colour"
