#!/bin/bash
# What is typed before the prompt is there, at the start or while a line runs, is for the prompt:
# lines, half a line, and Ctrl-D.
. "$(dirname "$0")/support.bash"

# starts KEY...: they are in the terminal before the program is.
starts() {
  terminal new-session -d -x 80 -y 50 "'$DEALWRIGHT'; echo \"left with \$?\"; exec sleep 60" \; send-keys "$@"
}

starts C-d
sees '^left with 0$'
stop

starts 'print("first" .. 1)' Enter 'show 4' Enter 'print("Ёлка' ' 東京" .. 2)' Enter C-d
sees '^left with 0$'
shows '^first1$'
shows '^ +Title +Ёлочные игрушки$'
shows '^Ёлка 東京2$'
stop

# On a line that is not empty Ctrl-D ends nothing; the line can be edited on.
starts 'print("half' C-d
sees '^sales> print\("half$'
presses BSpace BSpace
enters 'ppy" .. 3)'
shows '^happy3$'
sees '^sales>$'

# While something runs.
enters 'local t = now() + 1.2 / 86400 while now() < t do end print("busy" .. 4)'
presses 'print("ahead" .. 5)' Enter C-d
sees '^left with 0$'
shows '^busy4$'
shows '^ahead5$'
stop

# The key that ends the input may be another one.
terminal new-session -d -x 80 -y 50 "stty eof ^Y; '$DEALWRIGHT'; echo \"left with \$?\"; exec sleep 60"
sees '^sales>$'
enters 'local t = now() + 1.2 / 86400 while now() < t do end print("busy" .. 6)'
presses C-y
sees '^left with 0$'
shows '^busy6$'
