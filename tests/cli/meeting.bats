#!/usr/bin/env bats
# Before a meeting, and after it: briefing, kit, review, and the reports about it.
bats_require_minimum_version 1.5.0
load support

# #1 user, #2 client, #3 contact, #4 deal.
prepare() {
  given 'new user "Анна Орлова"' 'new client "Клиника Сокол" industry=medical owner="Анна Орлова"' \
    'new contact "Пётр Ильин" client="Клиника Сокол" decision_maker=true' \
    'new deal Сканеры client="Клиника Сокол" amount=12000 owner="Анна Орлова"'
}

# Thursday.
given() { dw --now 2026-01-01T10:00:00Z exec "$@" >/dev/null; }
does() { works "$@" --now 2026-01-01T10:00:00Z; }

@test "the briefing says who they are, what they need, what is open and what to ask" {
  given 'new need deal=#4 statement="fewer calls" benefit=cost amount=90000 confirmed=true' \
    'new need deal=#4 statement="look modern" benefit=image' 'ask #3 "how long is the warranty?"' \
    'answer #7 "two years" evidence="contract, § 7"' 'ask #2 "who installs it?"' \
    'call #4 yesterday 10m "asked for a price" next="send the price list"' 'meet #4 friday 10:00'
  does prepare '#4'
  shows "Briefing: Клиника Сокол"
  shows "Fri 2026-01-02 10:00"
  shows "Industry         medical"
  shows "Пётр Ильин"
  shows "fewer calls (less cost, worth 90,000.00 USD a year)"
  shows "look modern (image) – not confirmed yet"
  shows "send the price list, due Mon 2026-01-05 09:00 (#11)"
  shows "asked for a price"
  shows "how long is the warranty?  two years (backed by: contract, § 7)"
  shows 'who installs it? – answer #9 "…" evidence="…"'
  shows "Nothing is missing: advance #4"
  shows "Questions to ask: First talk"
  shows "talk at most 50 % of the time"
}

@test "the briefing lists the criteria that are still open, with what to do" {
  given 'move #4 qualifying'
  does prepare "Пётр Ильин"
  shows "Missing for the next stage"
  shows "Questions to ask: Is it worth both our time?"
  does why '#4'
  reason=$(printf '%s\n' "$output" | sed -n 's/^  ✗ \(.*\)   stages.*/\1/p' | head -1)
  does prepare '#4' --width 400
  shows "$reason: "
}

@test "questions that clients like this one ask are expected too" {
  given 'new client "Другая клиника" industry=medical' 'ask #5 "is it loud?"' 'answer #6 no evidence="test report"' \
    'new client Bank industry=finance' 'ask #8 "is it dear?"'
  does prepare '#4'
  shows "is it loud?  no (backed by: test report)"
  hides "is it dear?"
}

@test "a briefing is a page, and who has no client has none" {
  works prepare '#4' -o briefing.html
  grep -q '<h1>Briefing: Клиника Сокол</h1>' briefing.html
  given 'new deal Lonely'
  fails 1 prepare '#5'
  says "#5 leads to no client"
}

@test "starter adds what the workspace ships, each once, in the language of the program" {
  does starter --lang ru -f csv
  shows "competence,решает проблемы"
  shows "question_guide,Первый разговор"
  does starter -f csv
  [ "${#lines[@]}" -eq 1 ]
  given 'delete #5 --yes'
  does starter competence -f csv
  [ "${#lines[@]}" -eq 1 ]
  does starter competence again=yes -f csv
  shows "competence,solves problems"
  does undo --yes
  fails 1 starter competense
  says "there is no kind 'competense'; did you mean 'competence'?"
}

@test "what records declares is checked at its place" {
  mkdir -p own/kinds
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "x" }' >own/workspace.lua
  cat >own/kinds/wrong.lua <<'LUA'
kind "tip" { text "words", text "author" }
records "tip" { { "a", wrods = "x" }, { words = "x" }, 5, { "a", words = "y" }, { "b", external_id = "c" }, { "c", words_ru = "ж" } }
records "tipp" { { "a" } }
LUA
  fails 3 -w own rules check
  says "kinds/wrong.lua:2: records 'tip': entry 1: tip has no field 'wrods'; did you mean 'words'?"
  says "entry 2 begins with its key"
  says "entry 3 is a number"
  says "record 'a' is declared twice"
  says "entry 5: the key is the external id"
  says "kinds/wrong.lua:3: records are of no kind: 'tipp'; did you mean 'tip'?"
}

make_material() {
  given \
    'new material "Каталог сканеров" type=catalogue tags="сканер, medical" url=https://example.com/c.pdf gist="все модели на двух страницах"' \
    'new material Расчёт type=calculation tags=cost file=calc.ods' 'new material Рыбалка type=case tags=fishing' \
    'new need deal=#4 statement="fewer calls" benefit=cost'
}

@test "kit chooses material for a client and writes a letter that can be sent" {
  make_material
  given 'call #4 yesterday 10m "they seem stingy"'
  does kit '#4' -o letter.md
  [ "$(cat letter.md)" = "Dear Пётр Ильин,

We talked on 2025-12-31. Here is what I chose for Клиника Сокол, and why.

- Каталог сканеров: все модели на двух страницах (https://example.com/c.pdf)
- Расчёт (calc.ods)

Which of these is closest to what you are after? I will call you on 2026-01-04 to hear it.

Yours, Анна Орлова" ]
  says "Каталог сканеров: chosen for сканер, medical"
  says "Расчёт: chosen for cost"
  does list kit_item -f csv --columns kit,material
  [ "${#lines[@]}" -eq 3 ]
  does undo --yes
  shows "3 records"
}

@test "the letter is Russian when it is to be, and as a page" {
  make_material
  does kit '#2' language=ru -f html
  shows "Здравствуйте, Пётр Ильин!"
  shows "Мы пока не встречались."
  hides "data #"
}

@test "a kit takes wanted tags, and says when there is nothing to choose" {
  make_material
  does kit '#2' tags=fishing most=1 --dry-run
  shows "Рыбалка"
  says "nothing was changed"
  does list kit -f csv
  [ "${#lines[@]}" -eq 1 ]
  given 'new client Bank'
  fails 1 kit Bank
  says "no material has a tag that fits"
}

@test "review judges a meeting, advises, and plans the next step" {
  given 'meet #4 45m "first talk"'
  does review '#5' self_score=3 talk_share=60% questions=0 learned="they decide in May" next="send the calculation" by=friday
  shows "more than half of the talking was yours"
  shows "nothing was asked"
  shows "#6 task planned Fri 2026-01-02"
  does review '#5' self_score=4
  does list activity type=meeting -f csv --columns self_score,talk_share,questions_asked,learned
  shows "4,0.6,0,they decide in May"
  fails 1 review '#6' self_score=3
  says "meetings and calls are reviewed"
  given 'meet #4 friday 10:00'
  fails 1 review '#7' self_score=3
  says "was not held yet"
  fails 1 review '#5' self_score=6
  says "the most is 5"
}

@test "review rates competences, and the report shows them" {
  given 'meet #4 45m "first talk"'
  does review '#5' self_score=3 rates="investigates=4, serves 2"
  does review '#5' rates=investigates=2
  works report competences --now 2026-01-02 -f csv
  shows "investigates,Анна Орлова,2,3,2,4,2026-01-01"
  shows "serves,Анна Орлова,1,2,2,2,2026-01-01"
  fails 1 review '#5' rates=sings=4
  says "'sings' is not one of the competences: solves problems, investigates, serves"
  fails 1 review '#5' rates=nothing
  says "rates nothing"
}

@test "reports show where the time went, and what it was worth" {
  given 'meet #4 yesterday 1h talk important=yes prepared=3h' 'call #4 yesterday 30m talk urgent=yes' \
    'task #4 friday x important=yes' 'note #4 yesterday nothing'
  does report time -f csv
  shows "meeting,1,60,180,60,0.8888888888888888,0"
  shows "call,1,30,,30,0.1111111111111111,0"
  shows "note,1,,,,0,1"
  does report eisenhower -f csv
  shows '"important, not urgent",1,60,0.6666666666666666,1'
  shows '"urgent, not important",1,30,0.3333333333333333,0'
}

@test "activity_mix shows how we talk to clients" {
  given 'meet #4 yesterday 1h' 'call #4 yesterday 5m' 'mail #4 yesterday x' 'letter #4 yesterday y' \
    'note #4 yesterday "counts nowhere"'
  does report activity_mix by=client -f csv
  shows "Клиника Сокол,1,1,1,1,0.25,0.25,0.5"
  does report activity_mix by=owner -f csv
  shows "Анна Орлова,1,1,1,1,0.25,0.25,0.5"
}

@test "who talks more than half of the time is flagged" {
  given 'meet #4 yesterday 1h' 'meet #4 1h' 'review #5 self_score=2 talk_share=80% questions=1' \
    'review #6 self_score=4 talk_share=40% questions=4'
  does report meetings -f csv
  shows "Анна Орлова,2,2,3,0.6000000000000001,1,2.5,talks too much"
  does report meetings by=month -f csv
  shows "2026-01,1,1,4,0.4,0,4,"
}

@test "preparation is compared with selling, and with what was won" {
  given 'meet #4 yesterday 1h "well prepared" prepared=9h' 'new deal Other client=#2 owner=#1' \
    'meet #6 yesterday 1h unprepared'
  does report preparation -f csv
  shows "Анна Орлова,2,540,120,0.8181818181818182,4.5,,,"
  given 'lose #4 lost_reason=price lost_note=dear --reason price' 'lose #6 lost_reason=price lost_note=dear --reason price'
  does report preparation by=band -f csv
  shows "unprepared,1,0,60,0,0,0,1,0"
  shows "up to 9:1,1,540,60,0.9,9,0,1,0"
  does report preparation by=outcome -f csv
  shows "lost,2,540,120"
}

@test "in Russian the briefing, the lines and the reports are Russian" {
  given 'call #4 yesterday 10m "asked for a price"' 'meet #4 friday 10:00'
  does prepare '#4' --lang ru
  shows "Подготовка к встрече: Клиника Сокол"
  shows "пт 2026-01-02 10:00"
  shows "Какие вопросы задать: Первый разговор"
  shows "говорите не больше 50 % времени"
  does meet '#4' вчера 45 мин "показали расчёт" --lang ru
  shows "#7 встреча (состоялось) ср 2025-12-31, 45m: Клиника Сокол"
  does report eisenhower --lang ru
  shows "ни то ни другое"
  does help prepare --lang ru
  shows "подготовка к следующей встрече с клиентом"
}

@test "the briefing tells standing objections and what we say to them" {
  given 'new objection deal=#4 statement="too dear" type=price answer="it pays for itself in a year"' \
    'new objection deal=#4 statement="no time" type=timing' \
    'new objection deal=#4 statement=settled type=other resolved=true'
  does prepare '#4'
  shows "too dear – we say: it pays for itself in a year"
  shows "no time – what do we say? set #6 answer=…"
  hides "settled"
}
