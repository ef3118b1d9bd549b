#!/bin/bash
# edit rule tells what the edited rules would change before they stay; who says no twice has the file as it was.
. "$(dirname "$0")/support.bash"
mkdir -p ws/processes
printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Lab" }' >ws/workspace.lua
cat >ws/processes/sale.lua <<'END'
process "sale" { kind = "deal", field = "stage", stages = { "first", "second" }, ends = { won = "won" } }
stage "sale.first" { leave = { must "gate" { "a gate", check = function(deal) return true end } } }
END
cp ws/processes/sale.lua before.lua
printf '%s\n' 'new client Acme' 'new deal One client=Acme amount=5' 'new deal Two client=Acme amount=7' >lines
"$DEALWRIGHT" -w ws -d lab.db <lines >made.txt
cat >editor <<'END'
#!/bin/sh
sed -i 's/return true/return deal.title ~= "Two"/' "$2"
END
chmod +x editor
export EDITOR="$PWD/editor"

start 100 -w ws -d lab.db
enters 'edit rule sale.first.gate'
shows 'sale.first.gate +│ newly blocked +│ +1 │'
sees 'This is what would change now. Keep the edited rules[?] \[y/N\]'
enters 'n'
sees 'Edit again[?] \[y/N\]'
enters 'n'
shows 'processes/sale.lua is as it was'
sees 'lab>$'
cmp before.lua ws/processes/sale.lua || fail "the file is not as it was"
enters 'why Two second'
hides 'refused'

enters 'edit rule sale.first.gate'
sees '\[y/N\]'
enters 'y'
shows 'the rules are in force'
sees 'lab>$'
enters 'why Two second'
shows 'is refused'
grep -q 'deal.title ~= "Two"' ws/processes/sale.lua || fail "the change was lost"

# What changes nothing is not asked about.
enters 'edit rule sale.first.gate'
waits test "$(screen | grep -c 'the rules are in force')" -ge 1
sees 'lab>$'
[ "$(screen | grep -c 'Keep the edited rules')" -eq 2 ] || fail "asked for no change"
