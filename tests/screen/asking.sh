#!/bin/bash
# What a command asks a person for when it was not said: once more after a wrong answer, and an empty one leaves it out.
. "$(dirname "$0")/support.bash"
"$DEALWRIGHT" meet '#3' 45m "first talk" >meeting.txt
start
enters 'review #7'
sees 'How do you judge yourself, from 1 \(poor\) to 5 \(excellent\)\?:$'
enters '9'
shows 'the most is 5'
sees 'judge yourself.*:$'
enters '4'
sees 'How much of the talking was yours, in %\?:$'
enters '60%'
sees 'How many questions did you ask\?:$'
enters ''
sees 'What do you know now that you did not before\?:$'
enters 'they decide in May'
sees 'What is the next step\?:$'
enters 'send the calculation'
shows 'more than half of the talking was yours'
shows 'task planned'
sees 'sales>$'
enters 'show #7'
shows 'Self score +4$'
shows 'Learned +they decide in May$'
hides 'Questions asked'
sees 'sales>$'
enters 'review #7'
sees 'judge yourself.*:$'
presses C-d
shows 'nothing was changed'
sees 'sales>$'
presses C-d
sees '^left with 0$'
