#!/usr/bin/env bats
# What a seller types every day: one line for what happened, and what to do next.
bats_require_minimum_version 1.5.0
load support

# Thursday. #1 user, #2 client, #3 contact, #4 deal.
prepare() {
  export DEALWRIGHT_NOW=2026-01-01T10:00:00Z
  given 'new user "Анна Орлова"' 'new client "Клиника Сокол" owner="Анна Орлова"' \
    'new contact "Пётр Ильин" client="Клиника Сокол"' 'new deal Сканеры client="Клиника Сокол" amount=12000'
}

# given LINE...: lines as typed at the prompt, at that moment.
given() {
  dw --now "$DEALWRIGHT_NOW" exec "$@" >/dev/null
}

# does ARGUMENT...: works, at that moment.
does() {
  works "$@" --now "$DEALWRIGHT_NOW"
}

@test "a meeting is recorded in one line, with its next step as a task" {
  does meet '#4' 45m "showed the calculation" next="send calculation"
  shows "#5 meeting held Thu 2026-01-01 10:00, 45m: Клиника Сокол, #4 Сканеры – showed the calculation"
  shows "#6 task planned Mon 2026-01-05 09:00: Клиника Сокол, #4 Сканеры – send calculation"
  does show '#6'
  shows "showed the calculation (#5)"
  does show '#4'
  shows "send calculation"
}

@test "one line is one unit of work" {
  does meet '#4' 45m "showed the calculation" next="send calculation"
  does undo --yes
  does list activity -f csv
  [ "${#lines[@]}" -eq 1 ]
}

@test "a time to come plans, a time that was records" {
  does meet '#4' friday 10:00
  shows "meeting planned Fri 2026-01-02 10:00: Клиника Сокол, #4 Сканеры"
  does meet '#4' friday
  shows "meeting planned Fri 2026-01-02 09:00"
  does call '#4' yesterday
  shows "call held Wed 2025-12-31"
  does call '#4' 9:30 10m
  shows "call held Thu 2026-01-01 09:30, 10m"
  does call '#4' 16:00
  shows "call planned Thu 2026-01-01 16:00"
}

@test "dates, lengths and people are recognised in any order, in Russian too" {
  does meet '#4' завтра 14:00 45 мин "показать расчёт"
  shows "meeting planned Fri 2026-01-02 14:00, 45m: Клиника Сокол, #4 Сканеры – показать расчёт"
  does meet 1h30m '#4' вчера "говорили о сроках" Пётр\ Ильин
  shows "meeting held Wed 2025-12-31, 1h30m: Клиника Сокол, #4 Сканеры, Пётр Ильин – говорили о сроках"
  does call "Пётр Ильин" в пятницу в 14:00 15 минут
  shows "call planned Fri 2026-01-02 14:00, 15m: Клиника Сокол, Пётр Ильин"
  does call "Клиника Сокол" 10m просят 3 сканера к пятнице
  shows "call held Thu 2026-01-01 10:00, 10m: Клиника Сокол – просят 3 сканера к пятнице"
}

@test "client, deal, contact and owner come from the record that is named" {
  does call "Пётр Ильин" "asked for a price"
  does list activity -f csv --columns client,contact,deal,owner
  shows "Клиника Сокол,Пётр Ильин,,Анна Орлова"
  does mail '#4' "the price list" Пётр\ Ильин
  does list activity -f csv --columns type,client,contact,deal
  shows "mail,Клиника Сокол,Пётр Ильин,Сканеры"
}

@test "what was planned for today is what was held" {
  given 'new activity "the price" type=meeting client="Клиника Сокол" deal=#4 due=2026-01-01T15:00'
  does meet '#4' 45m "showed the calculation"
  shows "#5 meeting held Thu 2026-01-01 10:00, 45m: Клиника Сокол, #4 Сканеры – the price"
  does list activity -f csv --columns subject,notes,minutes_spent
  shows "the price,showed the calculation,45"
  does meet '#5' 50m
  shows "#5 meeting held"
}

@test "what was planned with the client is what was held about its deal" {
  given 'new activity "the hall" type=meeting client="Клиника Сокол" due=2026-01-01T15:00'
  does meet '#4' 45m "showed the calculation"
  shows "#5 meeting held Thu 2026-01-01 10:00, 45m: Клиника Сокол, #4 Сканеры – the hall"
  does list activity -f csv --columns id,deal,state
  [ "${#lines[@]}" -eq 2 ]
}

@test "note letter mail and task are written down too" {
  does note '#4' their director decides in May
  shows "note held Thu 2026-01-01 10:00: Клиника Сокол, #4 Сканеры – their director decides in May"
  does letter '#2' "the selection for the winter"
  shows "letter held"
  does task '#4' friday "send the calculation" important=yes
  shows "task planned Fri 2026-01-02 09:00"
  does list activity type=task -f csv --columns important,urgent
  shows "true,false"
}

@test "a task closes only with an outcome, and a mail that went out is none" {
  given 'task #4 friday "send the calculation"'
  fails 1 'done' '#5'
  says "task_outcome"
  fails 1 'done' '#5' forwarded to Ann
  says "more_than_a_mail"
  given 'mail #4 "the calculation"'
  does list activity type=task -f csv --columns state
  shows "planned"
  works 'done' '#5' "they want three more"
  shows "#5 task held"
  fails 1 'done' '#5' again
  says "#5 is held already"
}

@test "what will not happen is cancelled with its reason" {
  given 'meet #4 friday 10:00'
  does cancel '#5' "the director is ill"
  shows "#5 meeting cancelled Fri 2026-01-02 10:00"
  fails 1 cancel '#4'
  says "what: #4 is of kind deal, not a"
}

@test "help parts the kinds a parameter takes from what it is for" {
  works help meet
  shows "client, contact, deal, activity  a client, deal, contact or planned activity"
}

@test "a line that can't be read says what is wrong" {
  fails 2 meet
  says "'about' is missing"
  fails 1 meet "Клиника Орёл" 45m
  says "no client, contact, deal, activity is called 'Клиника Орёл'"
  fails 1 meet '#4' by=fridya next=x
  says "by: 'fridya' is not a date"
}

@test "agenda shows the day, the week, what is late and who gets mail only" {
  given 'meet #4 friday 10:00' 'task #4 monday "send the calculation"'
  given 'mail "Пётр Ильин" one' 'mail "Пётр Ильин" two' 'mail "Пётр Ильин" three'
  does agenda
  hides "Сканеры"
  shows "Клиника Сокол (#2): 3 mails in a row to Пётр Ильин, whom nobody met or called: call"
  does agenda friday -f csv
  shows "2026-01-02T10:00:00Z,Fri,meeting,Клиника Сокол,Сканеры"
  does agenda week -f csv
  hides "send the calculation"
  does agenda next -f csv
  shows "2026-01-05T09:00:00Z,Mon,task,Клиника Сокол,Сканеры,send the calculation"
  works agenda --now 2026-01-09
  shows "late"
  does agenda week owner="Анна Орлова" -f csv
  shows "meeting"
  given 'new user Другой'
  does agenda week owner=Другой -f csv
  hides "meeting"
}

@test "a wall of mail is told by show and why, and a call takes it down" {
  given 'mail "Пётр Ильин" one' 'mail "Пётр Ильин" two' 'mail "Пётр Ильин" three'
  does show '#2'
  shows "3 mails in a row to Пётр Ильин"
  does why '#2'
  shows "nobody gets mail only"
  shows 'call #2 10m'
  given 'call "Пётр Ильин" 10m finally'
  does show '#2'
  hides "in a row"
}

@test "todo says what to do and what to type" {
  given 'meet #4 friday 10:00' 'meet #4 yesterday 45m "first talk"' 'ask #4 "how long is the warranty?"' \
    'new response Guest type=card' 'new deal Другая client="Клиника Сокол"'
  does todo
  shows 'prepare #5'
  shows 'review #6'
  shows 'answer #7 "…" evidence="…"'
  shows "a response that nobody worked"
  shows "no next step is planned"
  shows "meet #9 +3d"
  works todo --now 2026-03-01
  shows 'done #5'
  shows "days too long in its stage"
  shows "set #4 owner=…"
}

@test "the same question of the same client is counted, not doubled" {
  does ask '#4' "Какая гарантия?"
  shows '#5 noted; when there is an answer: answer #5 "…" evidence="…"'
  does ask "Пётр Ильин" вчера какая гарантия
  shows "#5 was asked 2 times"
  does answer '#5' два года
  shows "nothing backs it yet: set #6 evidence=…"
  does answer '#5' три года evidence="договор, § 7"
  does show '#5'
  shows "три года (backed by: договор, § 7)"
}

@test "who comes prepared with an open question is advised to find the answer" {
  given 'set #4 owner="Анна Орлова"' 'move #4 qualifying'
  given 'move #4 needs_analysis --force --reason test' 'move #4 presentation --force --reason test'
  given 'ask #4 "how long is the warranty?"'
  does meet '#4' 45m "presented" prepared=2h
  says "has an answer to every question of this client"
  says "#5 has no answer: how long is the warranty?"
  given 'answer #5 "two years" evidence=contract'
  does meet '#4' 45m "presented again" prepared=1h
  [ -z "$stderr" ]
}

# Five clients with a deal each, #6 #8 … #14, the last the largest.
make_pipeline() {
  given 'delete #4 --yes'
  local lines=()
  for i in 1 2 3 4 5; do
    lines+=("new client \"Клиника $i\" owner=\"Анна Орлова\"")
    lines+=("new deal \"Сканер $i\" client=\"Клиника $i\" owner=\"Анна Орлова\" amount=${i}000")
  done
  given "${lines[@]}"
}

@test "plan week proposes who needs a meeting, says why and saves it as one unit" {
  make_pipeline
  given 'meet "Клиника 3" monday 10:00 1h'
  does plan week most=3 -f csv
  [ "${lines[1]}" = '2026-01-05T11:30:00Z,Mon,Клиника 5,Сканер 5,never met,60,Анна Орлова' ]
  [ "${lines[2]}" = '2026-01-05T14:00:00Z,Mon,Клиника 4,Сканер 4,never met,60,Анна Орлова' ]
  hides "Клиника 3"
  does list activity state=planned -f csv
  [ "${#lines[@]}" -eq 5 ]
  does undo --yes
  shows "3 records"
  does list activity state=planned -f csv
  [ "${#lines[@]}" -eq 2 ]
}

@test "plan week shows what it would do and changes nothing" {
  make_pipeline
  does plan week --dry-run
  shows "Клиника 5"
  shows "nothing was changed"
  does list activity -f csv
  [ "${#lines[@]}" -eq 1 ]
}

@test "the plan names silence, rot, walls and what is missing, the most pressing first" {
  make_pipeline
  given 'move #14 qualifying'
  given 'mail "Клиника 1" one' 'mail "Клиника 1" two' 'mail "Клиника 1" three'
  works plan week --now 2026-01-21T10:00:00Z -f csv
  [[ "${lines[2]}" == *"Клиника 1,Сканер 1,a wall of mail; never met; 20 days of silence"* ]]
  [[ "${lines[1]}" == *"Клиника 5"*"6 days too long in its stage"*"missing: the client fits us"* ]]
}

@test "a second plan of the same week adds nobody twice" {
  make_pipeline
  does plan week
  shows "Клиника 5"
  does plan week -f csv
  [ "${#lines[@]}" -eq 1 ]
}

@test "a friday's tick plans next week, and one that comes late the week that began" {
  make_pipeline
  does tick
  works tick --now 2026-01-02T09:00:00Z
  shows "plan next week (2026-01-02 09:00): done"
  works agenda week --now 2026-01-05 -f csv
  shows "2026-01-05T09:00:00Z,Mon,meeting,Клиника 5"
  works undo --yes
  works tick --now 2026-01-12T08:00:00Z
  works agenda week --now 2026-01-12 -f csv
  shows "2026-01-12T09:00:00Z,Mon,meeting,Клиника 5"
}

@test "the plan of a week is a calendar" {
  make_pipeline
  does plan week -o week.ics
  [ "$(head -c 17 week.ics)" = $'BEGIN:VCALENDAR\r' ]
  [ "$(grep -c '^BEGIN:VEVENT' week.ics)" -eq 5 ]
  grep -q '^DTSTART:20260105T090000Z' week.ics
  grep -q '^DTEND:20260105T100000Z' week.ics
  [ "$(grep -cv $'\r$' week.ics)" -eq 0 ]
  [ "$(LC_ALL=C awk 'length($0) > 76' week.ics | wc -l)" -eq 0 ]
  first=$(grep '^UID' week.ics | head -1)
  does agenda next -f ical
  shows "$first"
  fails 2 report time -f ical
  says "a date or a time"
}

@test "the week's report compares planned with held" {
  given 'meet #4 monday 10:00' 'meet #4 monday 14:00' 'meet #2 tuesday 10:00' 'cancel #7 "they are ill"'
  works 'done' '#5' --now 2026-01-05T12:00 "went well"
  works call '#4' 5m hello --now 2026-01-05T12:00
  works report week --now 2026-01-06 -f csv
  shows "meeting,3,1,1,1,0,0.3333333333333333,0"
  shows "call,0,0,0,0,0,,1"
}

@test "working hours are those of the workspace, and checked" {
  mkdir own
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "x", working_hours = { from = "25:00", till = "8:00", days = { "mondy" }, lunch = 1 } }' \
    >own/workspace.lua
  fails 3 -w own rules check
  says "working_hours has no option 'lunch'"
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "x", working_hours = { from = "19:00", till = "8:0", days = { "mondy" } } }' \
    >own/workspace.lua
  fails 3 -w own rules check
  says "till = '8:0' is no time of day; write 9:00"
  says "'mondy' is no day of the week; did you mean 'monday'?"
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "x", working_hours = { from = "7:30", till = "24:00", days = { "sunday" } } }' \
    >own/workspace.lua
  works -w own exec '=working_hours().from' '=is_working_day(date "2026-01-04")' '=working_hours().days[1]'
  shows "450"
  shows "true"
  shows "false"
}

@test "a next step that names its day is due on it" {
  works --now 2026-05-20T12:00:00Z call 2 15m "wants an offer" next="send the offer by monday"
  shows "task planned Mon 2026-05-25 09:00: Клиника Сокол – send the offer"
  hides "by monday"
  works --now 2026-05-20T12:00:00Z call 2 next="отправить расчёт к пятнице 10:00"
  shows "task planned Fri 2026-05-22 10:00: Клиника Сокол – отправить расчёт"
  hides "к пятнице"
  works --now 2026-05-20T12:00:00Z call 2 next="send the offer monday" by=friday
  shows "task planned Fri 2026-05-22: Клиника Сокол – send the offer monday"
  works --now 2026-05-20T12:00:00Z call 2 next="ask what happened yesterday"
  shows "Клиника Сокол – ask what happened yesterday"
  works --now 2026-05-20T12:00:00Z call 2 next="send 3 offers"
  shows "task planned Mon 2026-05-25 09:00: Клиника Сокол – send 3 offers"
}
