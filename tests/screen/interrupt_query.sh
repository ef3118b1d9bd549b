#!/bin/bash
# In a large book Ctrl-C ends one long statement, and the first search, which says how far it is; the
# session survives, no half of a file is written, and keys typed behind it are the next line.
. "$(dirname "$0")/support.bash"
sqlite3 sales.db "
  with recursive n(i) as (select 1000 union all select i + 1 from n where i < 120999)
    insert into record(id, kind, created_tx, updated_tx, since) select i, 'deal', 1, 1, '2026-01-01T00:00:00Z' from n;
  insert into deal(id, title, stage) select id, 'Deal ' || id, 'prospecting' from record where id >= 1000;"
start

# interrupted LINE WORD: a line that goes on for long is stopped; what is typed behind it is a line.
interrupted() {
  enters "$1"
  sleep 0.3
  presses C-c
  enters "print('$2' .. 1)"
  shows 'dealwright: interrupted$'
  shows "^${2}1\$"
  sees '^sales>$'
  terminal send-keys -R \; clear-history
}
interrupted 'list deal --sort title -o out.csv' listing
[ "$(find . -name "*out*csv*" | wc -l)" = 0 ] || fail "half a file is left"

enters 'find "Deal 2"'
sees '^[^:]+: [0-9]+ %$'
presses C-c
shows 'dealwright: interrupted$'
sees '^sales>$'
hides ' %$'
enters 'show 120999'
shows '^ +Title +Deal 120999$'
sees '^sales>$'
