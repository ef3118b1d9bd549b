#!/bin/bash
# Rules are changed while the session lasts: what is wrong keeps those in force, what is right takes their place.
. "$(dirname "$0")/support.bash"
"$DEALWRIGHT" init ws >made.txt
figure() {
  printf 'formula "client.figure" { "number", function(client) return %s end }\n' "$1" >ws/kinds/figure.lua
}
figure 'client.id * 10'
start 100 -w ws -d sales.db
enters '=clients:first().figure'
shows '^20$'

printf 'formula "client.figure" { "numbr", function() end }\n' >ws/kinds/figure.lua
enters 'rules reload'
shows '^dealwright: kinds/figure.lua:1: formula .client.figure. needs a type first'
sees 'sales>$'
enters '=clients:first().figure + 1'
shows '^21$'

printf 'formula "client.figure" {\n' >ws/kinds/figure.lua
enters 'rules reload'
shows '^dealwright: kinds/figure.lua:2: '
enters '=clients:first().figure + 2'
shows '^22$'

figure 'client.id * 1000'
enters 'rules reload'
shows '^the rules are in force$'
enters '=clients:first().figure'
shows '^2000$'
presses C-d
sees '^left with 0$'
