#!/usr/bin/env bats
# undo and redo: exactly what was, of every kind of command; all of it or nothing; and what stands in the way.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
  dw new contact "Eva Stone" client="Acme Clinic" email=eva@acme.example >/dev/null
  dw new client "Acme Klinik" city=Tver phone="+7 495 1234567" >/dev/null
}

# state: every record of every kind, as the tables hold it.
state() {
  local table
  for table in $(sqlite3 sales.db "select distinct kind from record order by 1"); do
    sqlite3 -header sales.db "select * from \"$table\" order by id"
  done
}

# exactly COMMAND...: it changes something, undo takes it back exactly, redo puts it back exactly.
exactly() {
  state >before.txt
  works "$@" --yes
  state >after.txt
  ! cmp -s before.txt after.txt || { echo "'$*' changed nothing" >&2; return 1; }
  works undo --yes
  state | diff before.txt - || { echo "undo of '$*'" >&2; return 1; }
  works redo --yes
  state | diff after.txt - || { echo "redo of '$*'" >&2; return 1; }
  works undo --yes
  state | diff before.txt -
}

@test "undo and redo restore exactly what each command changed" {
  exactly new deal "Another" client="Acme Clinic" amount="1.5 EUR" owner="Анна Орлова"
  exactly set 3 4 amount=7 source="a \"quoted\" word" owner=
  exactly delete 5 4
  exactly assign 3 4 "Анна Орлова"
  exactly advance 4
  exactly lose 3 4 lost_reason=price lost_note=dear --reason price
  exactly merge 2 6
  exactly meet 3 45m "first talk" next="send figures"
}

@test "what rules did goes with it" {
  works set 2 city=Tver phone="+7 495 7654321"
  state >before.txt
  works meet 3 45m "first talk"
  works undo --yes
  state | diff before.txt -
}

@test "undo N is all of it or nothing, and lists what it takes back" {
  dw set 3 amount=1 >/dev/null
  dw set 3 amount=2 >/dev/null
  state >two.txt
  dw set 3 amount=3 >/dev/null
  dw set 4 amount=4 >/dev/null
  dw set 3 amount=5 >/dev/null
  state >five.txt
  works undo 3 --dry-run
  [ "$(grep -c '^would be undone #' <<<"$output")" -eq 3 ]
  shows "amount: 5.00 USD → 2.00 USD"
  shows "amount: 4.00 USD → 900.00 USD"
  fails 4 undo 3
  says "This changes 2 deals worth 9.00 USD."
  says "set 3 amount=5  (1 record, 1 change)"
  state | diff five.txt -
  works undo 3 --yes
  [ "$(grep -c '^undone #' <<<"$output")" -eq 3 ]
  state | diff two.txt -
  works redo 3 --yes
  [ "$(grep -c '^done again #' <<<"$output")" -eq 3 ]
  state | diff five.txt -
  fails 1 redo
  fails 1 undo 1000 --yes
  says "there is nothing to undo"
  state | diff five.txt -
  fails 1 redo 2 --yes
  fails 2 undo 0
  fails 2 redo x
}

@test "a unit of the past, and what was built on it" {
  dw set 3 amount=1 source=web >/dev/null
  unit=$("$DEALWRIGHT" history --limit 1 -f json | jq -r '.rows[0].unit')
  dw set 4 amount=4 >/dev/null
  works undo "#$unit" --yes
  shows "undone #$unit "
  works list deal -f csv --columns source,amount
  shows ",12500.00"
  hides "web"
  fails 1 undo "#$unit"
  says "was taken back by unit"
  works redo --yes
  dw set 3 amount=2 >/dev/null
  later=$("$DEALWRIGHT" history --limit 1 -f json | jq -r '.rows[0].unit')
  fails 1 undo "#$unit" --yes
  says "undo $later first"
  fails 1 undo "#99999"
  says "no unit of work 99999"
}

@test "in ASCII the arrow is ASCII" {
  dw set 3 source=web >/dev/null
  LC_ALL=C works undo --dry-run
  shows "source: web -> unset"
}

@test "what has no name is called by its number, once" {
  works call 2
  works undo
  [[ ${lines[1]} =~ ^-\ activity\ \#[0-9]+$ ]]
}
