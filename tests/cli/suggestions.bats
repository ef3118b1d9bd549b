#!/usr/bin/env bats
# What was meant by a mistyped word, of every kind of word there is; nothing for nonsense.
bats_require_minimum_version 1.5.0
load support

setup_file() {
  cd "$BATS_FILE_TMPDIR"
  export HOME=$PWD LC_ALL=C.UTF-8
  "$DEALWRIGHT" -d sales.db new user "Анна Орлова"
  "$DEALWRIGHT" new client "Acme Clinic" industry=medical
  "$DEALWRIGHT" new deal "Scanners" client="Acme Clinic" amount=12,500.00
  "$DEALWRIGHT" new campaign "Spring fair" type=exhibition
  "$DEALWRIGHT" new segment clinics condition="industry=medical"
} >/dev/null

prepare() {
  cd "$BATS_FILE_TMPDIR" || return 1
}

# Lines of "what is typed => what is meant".
meant() {
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    run --separate-stderr "$DEALWRIGHT" exec "${line% => *}"
    [ "$status" -ne 0 ] || { echo "not refused: $line" >&2; return 1; }
    case $stderr in *"did you mean '${line#* => }'?"*) ;; *) echo "$line: $stderr" >&2; return 1 ;; esac
  done
}

@test "commands, options and their values" {
  meant <<'LINES'
lst deal => list
shwo 3 => show
list deal --formt csv => --format
list deal --srot title => --sort
list deal --limt 5 => --limit
list deal -f tabel => table
list deal --color nevr => never
list deal --errors jsno => json
list deal --lang rus => ru
rules chekc => rules check
LINES
}

@test "kinds, fields, stages, choices" {
  meant <<'LINES'
list dael => deal
export clinet => client
list deal amuont>5 => amount
list deal client.industri=x => industry
set 3 amuont=5 => amount
lose 3 reason=price => lost_reason
new deal X clent="Acme Clinic" => client
list deal --columns title,amuont => amount
list deal --sort -amuont => amount
why 3 qualifyng => qualifying
move 3 qualifyng => qualifying
list deal stage=qualifyng => qualifying
list deal stage=won,lsot => lost
list deal stage!=wonn => won
list deal --where stage=qualifyng => qualifying
list campaign stage=plannd => planned
list campaign type=mailng => mailing
new campaign X type=mailng => mailing
campaigns:where { type = "mailng" }:count() => mailing
LINES
}

@test "reports, scorecards, rules, parameters and what help is asked for" {
  meant <<'LINES'
report piplne => pipeline
report win_rate bi=owner => by
report win_rate by=onwer => owner
report win_rate --columns winrate => win_rate
score fti => fit
rules show sale.qualifyng.fit => sale.qualifying.fit
edit rule sale.qualifyng.fit => sale.qualifying.fit
help shwo => show
help dael => deal
help piplne => pipeline
help sale.qualifyng.fit => sale.qualifying.fit
plan wek => week
LINES
}

@test "names of records: whole, by their first word, in Russian" {
  meant <<'LINES'
show Scaners => Scanners
show Acmee => Acme Clinic
new deal X client=Acmee => Acme Clinic
list deal client="Acme Clinik" => Acme Clinic
assign 3 "Анна Орлва" => Анна Орлова
list deal owner="Анна Орлва" => Анна Орлова
report pipeline owner="Анна Орлва" => Анна Орлова
show campaign "Sprng fair" => Spring fair
segment clincs => clinics
LINES
}

@test "words of the calendar in both languages, currencies" {
  meant <<'LINES'
list deal expected_close=mondey => monday
list deal expected_close=tomorow => tomorrow
set 3 expected_close=понедельнк => понедельник
set 3 expected_close=завтр => завтра
set 3 expected_close="next fryday" => friday
set 3 amount=5EUX => EUR
list deal amount.currency=EURO => EUR
LINES
}

@test "names in Lua: of fields, functions, methods, members" {
  meant <<'LINES'
dealz => deals
lst("deal") => list
deals:wher {} => where
deals:where { amuont = 5 } => amount
string.uper("x") => upper
=deals:first().titel => title
LINES
}

@test "nonsense gets no suggestion" {
  for line in "xyzzyq 5" "list qqqqqqqq" "list deal --qqqqqqq" "list deal -f qqqqqqq" "list deal --color qqqqqq" \
    "list deal qqqqqqqq=5" "list deal stage=qqqqqqqq" "list campaign type=qqqqqqqqq" "report zzzzzzzz" \
    "report win_rate zzzzzz=1" "score qqqqqqq" "show qqqqqqqq" "list deal client=qqqqqqqq" "segment qqqqqqqq" \
    "help qqqqqqqq" "rules wwwww" "rules show qqqqqqqqqqqqq" "set 3 expected_close=qqqqqqqq" "set 3 amount=5qqqqqq" \
    "qqqqqqqqqqq()"; do
    run --separate-stderr "$DEALWRIGHT" exec "$line"
    [ "$status" -ne 0 ] || { echo "not refused: $line" >&2; return 1; }
    case $stderr in *"did you mean"*) echo "$line: $stderr" >&2; return 1 ;; esac
  done
}

@test "a stage that no process has any more can still be asked for where records stand in it" {
  works init old
  cp sales.db old/sales.db
  sqlite3 old/sales.db "update deal set stage = 'haggling' where id = 3"
  works -w old list deal stage=haggling -f csv --columns title
  [ "${lines[1]}" = "Scanners" ]
  fails 1 -w old list deal stage=hagling
}
