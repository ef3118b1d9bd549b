#!/bin/bash
# A terminal that can do nothing, and a locale that knows no letters, still get a prompt.
. "$(dirname "$0")/support.bash"
environment="TERM=dumb LC_ALL=C"
start
enters 'list deal --columns title'
shows '^ *# \| Title'
sees 'sales>$'
types 'prin'
presses C-c
enters '=6 * 7'
shows '^42$'
sees 'sales>$'
presses C-d
sees '^left with 0$'
