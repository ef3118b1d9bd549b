#!/usr/bin/env bats
# What a seller types every day: one line for what happened, and what to do next.
bats_require_minimum_version 1.5.0
load support

# Thursday. #1 user, #2 client, #3 contact, #4 deal.
prepare() {
  export DEALWRIGHT_NOW=2026-01-01T10:00:00Z
  at new user "Анна Орлова" >/dev/null
  at new client "Клиника Сокол" owner="Анна Орлова" >/dev/null
  at new contact "Пётр Ильин" client="Клиника Сокол" >/dev/null
  at new deal "Сканеры" client="Клиника Сокол" amount=12000 >/dev/null
}

# at ARGUMENT...: the command, with the clock at a fixed moment.
at() {
  dw "$@" --now "$DEALWRIGHT_NOW"
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
  at new activity "the price" type=meeting client="Клиника Сокол" deal='#4' due=2026-01-01T15:00 >/dev/null
  does meet '#4' 45m "showed the calculation"
  shows "#5 meeting held Thu 2026-01-01 10:00, 45m: Клиника Сокол, #4 Сканеры – the price"
  does list activity -f csv --columns subject,notes,minutes_spent
  shows "the price,showed the calculation,45"
  does meet '#5' 50m
  shows "#5 meeting held"
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
  at task '#4' friday "send the calculation" >/dev/null
  fails 1 done '#5'
  says "task_outcome"
  fails 1 done '#5' forwarded to Ann
  says "more_than_a_mail"
  at mail '#4' "the calculation" >/dev/null
  does list activity type=task -f csv --columns state
  shows "planned"
  works done '#5' "they want three more"
  shows "#5 task held"
  fails 1 done '#5' again
  says "#5 is held already"
}

@test "what will not happen is cancelled with its reason" {
  at meet '#4' friday 10:00 >/dev/null
  does cancel '#5' "the director is ill"
  shows "#5 meeting cancelled Fri 2026-01-02 10:00"
  fails 1 cancel '#4'
  says "what: #4 is a deal, not a"
}

@test "a line that can't be read says what is wrong" {
  fails 2 meet
  says "'about' is missing"
  fails 1 meet "Клиника Орёл" 45m
  says "no record is called 'Клиника Орёл'"
  fails 1 meet '#4' by=fridya next=x
  says "by: 'fridya' is not a date"
}

@test "agenda shows the day, the week, what is late and who gets mail only" {
  at meet '#4' friday 10:00 >/dev/null
  at task '#4' monday "send the calculation" >/dev/null
  for words in one two three; do at mail "Пётр Ильин" $words >/dev/null; done
  does agenda
  hides "Сканеры"
  shows "Клиника Сокол (#2): 3 mails in a row to Пётр Ильин, whom nobody met or called: call"
  does agenda friday -f csv
  shows "Fri 2026-01-02,10:00,meeting,Клиника Сокол,Сканеры"
  does agenda week -f csv
  hides "send the calculation"
  does agenda next -f csv
  shows "Mon 2026-01-05,09:00,task,Клиника Сокол,Сканеры,send the calculation"
  works agenda --now 2026-01-09
  shows "late"
  does agenda week owner="Анна Орлова" -f csv
  shows "meeting"
  at new user Другой >/dev/null
  does agenda week owner=Другой -f csv
  hides "meeting"
}

@test "a wall of mail is told by show and why, and a call takes it down" {
  for words in one two three; do at mail "Пётр Ильин" $words >/dev/null; done
  does show '#2'
  shows "3 mails in a row to Пётр Ильин"
  does why '#2'
  shows "nobody gets mail only"
  shows 'call #2 10m'
  at call "Пётр Ильин" 10m "finally" >/dev/null
  does show '#2'
  hides "in a row"
}

@test "todo says what to do and what to type" {
  at meet '#4' friday 10:00 >/dev/null
  at meet '#4' yesterday 45m "first talk" >/dev/null
  at ask '#4' "how long is the warranty?" >/dev/null
  at new response Guest type=card >/dev/null
  at new deal Другая client="Клиника Сокол" >/dev/null
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
  at set '#4' owner="Анна Орлова" >/dev/null
  at move '#4' qualifying >/dev/null
  for stage in needs_analysis presentation; do at move '#4' $stage --force --reason "for the test" >/dev/null; done
  at ask '#4' "how long is the warranty?" >/dev/null
  does meet '#4' 45m "presented" prepared=2h
  says "has an answer to every question of this client"
  says "#5 has no answer: how long is the warranty?"
  at answer '#5' "two years" evidence=contract >/dev/null
  does meet '#4' 45m "presented again" prepared=1h
  [ -z "$stderr" ]
}
