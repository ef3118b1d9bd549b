#!/usr/bin/env bats
# Every listing and every report in every format, as the program names them; what was written is read back by programs of others and
# held against the JSON of the same answer.
bats_require_minimum_version 1.5.0
load support

now=2026-01-05T09:00:00Z

# A record of each kind, with texts and amounts that formats stumble over.
setup_file() {
  cd "$BATS_FILE_TMPDIR" || return 1
  unset COLUMNS LINES
  export HOME=$BATS_FILE_TMPDIR LC_ALL=C.UTF-8 TZ=UTC
  "$DEALWRIGHT" -d sales.db --now $now >made.txt <<'LINES'
new user "Анна Орлова" team=North
new user Max team=Marketing
new client "Клиника «Сокол» | \"A, B\"" industry=medical owner="Анна Орлова" source=exhibition
new client "=cmd|'/C calc'!A0" industry=medical owner="Анна Орлова" employees=12
new contact "Пётр Ильин" client=#3 decision_maker=true email=peter@sokol.example phone="+7 495 123-45-67"
new product "Scanner <b>X</b> & Co" price=900.00
new deal title="-5 % Rabatt" client=#3 owner=#1 amount=12,500.00 expected_close=2026-03-01
new deal "東京 🚀 _x0041_" client=#3 owner=#1 amount=90071992547409.93
new deal "@Ёлка" client=#4 owner=#2 amount=5
new deal Minus client=#4 owner=#2 amount=-0.07
new campaign Expo type=exhibition owner=Max starts_on=2026-02-10 ends_on=2026-02-12
new campaign Letters type=mailing owner=Max starts_on=2026-01-10 ends_on=2026-02-12
new segment clinics condition="industry=medical"
new goal "Q1 deals" owner=#1 whose=company metric=deals_won target=5 credible="a new product" starts_on=2026-01-01 ends_on=2026-03-31
new plan_item Cards side=marketing segment=clinics metric=responses target=80 campaign=Expo goal="Q1 deals" starts_on=2026-01-01 ends_on=2026-03-31
new plan_item Visits side=sales segment=clinics metric=meetings target=90 starts_on=2026-01-01 ends_on=2026-03-31
card "Ivan Petrov, Acme GmbH, ivan@acme.example, +7 495 123-45-67" campaign=Expo
new competence Listening
new rating competence=Listening owner=#1 score=4
new material "Price list" type=catalogue
new kit "For Sokol" client=#3
new kit_item kit="For Sokol" material="Price list"
new need deal=#7 statement="fewer calls" benefit=cost amount=90000 confirmed=true
new objection deal=#7 type=price statement="too dear"
new value_statement statement="one line for both halls"
new proof deal=#7 claim="it is faster" type=reference
new recipient campaign=Letters client=#3 wave=trial
new invitation campaign=Expo client=#3
new checklist_item campaign=Expo what="book the stand" due=2026-01-20 stage=preparing
new question_guide title="First talk" stage=prospecting questions="What | is it?"
ask #5 "how long is the warranty?"
answer #31 "two years" evidence="contract, § 7"
call #7 yesterday 10m "asked for a price" next="send the price list"
meet #7 friday 10:00 1h30m
meet #7 yesterday 09:00 45m "showed it"
advance #7
set("#3", "notes=first\nsecond\t<i>|")
LINES
  mkdir answers
}

prepare() {
  cd "$BATS_FILE_TMPDIR" || return 1
  export HOME=$BATS_FILE_TMPDIR
}

# What may stand behind the words, as completion knows it.
words_behind() {
  dw completion line "dealwright $1 " | cut -f1
}

# All that this program was built with.
formats() {
  words_behind "list deal -f" | if dw doctor | grep -q libxlsxwriter; then cat; else grep -v xlsx; fi
}

# What a report can't do without.
parameters_of() {
  case $1 in trial) echo " campaign=Letters" ;; esac
}

# A line for each answer.
answers() {
  local word
  for word in $(words_behind list) transition verdict; do echo "list $word"; done
  for word in $(words_behind report); do echo "report $word$(parameters_of "$word")"; done
  printf '%s\n' "show #3" "show #7" "why #7" "why-not #7 won" history "history #7" agenda "agenda week" todo "find Сокол" "find stage=prospecting" \
    "plan week --dry-run" schedules report rules "rules list" "rules coverage" "rules versions" "rules graph" "prepare #7" "export deal" \
    duplicates "profile industry=medical" "rules test"
}

# run_lines: the lines of the standard input, all in one process.
run_lines() {
  "$DEALWRIGHT" -d sales.db --now $now >said.txt 2>failed.txt || { cat failed.txt; return 1; }
  [ ! -s failed.txt ] || { cat failed.txt; return 1; }
}

# suits LINE ROWS DATES FORMAT: a document has no rows, only rows with a date are a calendar, only a graph is drawn as one, and
# numbers as a picture.
suits() {
  case $4 in
    csv | tsv | ndjson | xlsx) [ "$2" = true ] ;;
    ical) [ "$3" = true ] ;;
    dot) [ "$1" = "rules graph" ] ;;
    svg) [[ $2 = true && $1 = "report "* && $1 != "report profile" ]] ;; # whose numbers are no one's chart
    json) false ;; # it is there
  esac
}

# folder, whether it has rows, whether it has dates
properties() {
  jq -r '[input_filename[:-12], has("rows"), any(.columns[]?.type; . == "date" or . == "instant")] | @tsv' answers/*/answer.json
}

@test "every answer is JSON, and as JSON for jq what it is for others" {
  local number=100
  answers | while IFS= read -r line; do
    mkdir answers/$((number += 1))
    echo "$line" >answers/$number/line
    echo "$line -f json -o answers/$number/answer.json"
  done >lines.txt
  run_lines <lines.txt
  empty=$(jq -r 'select((.stamp.command // "" | startswith("list ")) and .rows == []) | .stamp.command' answers/*/answer.json)
  [ -z "$empty" ] || { echo "nothing to look at, make one in setup_file: $empty"; return 1; }
  jq -es 'length > 80 and all(.[]; (.stamp.now == "2026-01-05T09:00:00Z") and (has("rows") != has("blocks")))' answers/*/answer.json
  jq -es '[.[].rows[]?[] | objects.amount] | index("90071992547409.93") and index("-0.07")' answers/*/answer.json
}

@test "every answer in every format agrees with its JSON" {
  local formats folder rows dates format line
  formats=$(formats)
  properties | while IFS=$'\t' read -r folder rows dates; do
    line=$(cat "$folder/line")
    for format in $formats; do
      suits "$line" "$rows" "$dates" "$format" || continue
      echo "$line -f $format$([ "$format" != csv ] || echo " --raw") -o $folder/answer.$format"
    done
  done >lines.txt
  run_lines <lines.txt
  # libxml2 knows HTML 4: elements that are younger are none of its business
  errors=$(xmllint --html --noout --nonet answers/*/answer.html 2>&1 | grep error | grep -v 'Tag [a-z]* invalid' || true)
  [ -z "$errors" ] || { echo "$errors"; return 1; }
  run /usr/bin/python3 "$BATS_TEST_DIRNAME/../support/formats.py" answers/*
  echo "$output"
  [ "$status" -eq 0 ]
}

@test "amounts of several currencies keep theirs in every format" {
  mkdir money
  echo "list deal" >money/line
  dw -d money.db --now $now exec 'new client Acme' 'new deal "@Ёлка" client=Acme amount="1000000 JPY"' \
    'new deal Б client=Acme amount="0.001 KWD"' 'new deal В client=Acme amount=-5.00' 'new deal Г client=Acme' >/dev/null
  for format in $(formats | grep -v -e ical -e dot -e svg); do
    dw -d money.db list deal -f $format $([ $format != csv ] || echo --raw) -o money/answer.$format
  done
  run /usr/bin/python3 "$BATS_TEST_DIRNAME/../support/formats.py" money
  [ "$status" -eq 0 ] || { echo "$output"; return 1; }
  for format in csv tsv ndjson html markdown; do # each is looked at
    sed -i 's/Ёлка/Ёл/' money/answer.$format
    run /usr/bin/python3 "$BATS_TEST_DIRNAME/../support/formats.py" money
    [ "$status" -eq 1 ]
    shows "list deal -f $format: "
  done
}

@test "what has no rows, no dates or no graph is refused by the formats that need them, and no file is made" {
  for format in csv tsv ndjson xlsx ical; do
    fails 2 -d sales.db prepare "#7" --now $now -f $format -o refused
  done
  fails 2 -d sales.db report pipeline -f ical -o refused
  says "a calendar is made of rows with a date or a time"
  fails 2 -d sales.db list deal -f dot -o refused
  [ ! -e refused ]
}
