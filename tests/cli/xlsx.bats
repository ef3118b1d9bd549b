#!/usr/bin/env bats
# Workbooks, read by a reader of others; and the program that was built without them.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

# Debian's own, which has openpyxl.
read_book() {
  /usr/bin/python3 "$BATS_TEST_DIRNAME/../support/xlsx.py" "$@"
}

needs_workbooks() {
  dw doctor | grep -q libxlsxwriter || skip "built without workbooks"
}

# in_book FILE FILTER: what jq finds in the workbook.
in_book() {
  read_book "$1" | jq -e "$2" || { read_book "$1" >&2; return 1; }
}

@test "numbers, money, dates and truths stay what they are; text is never a formula" {
  needs_workbooks
  dw new client "=SUM(1,2)" employees=12 >/dev/null
  dw new deal "+7 800 _x0041_" client=5 amount=-1054.07 expected_close=2026-05-01 >/dev/null
  dw new deal "@Ёлка" client=5 amount="1000000 JPY" >/dev/null
  works list deal client=5 --columns id,title,amount,expected_close,owner,moved_at --now 2026-05-01 --sort id -o a.xlsx
  [ -z "$output" ]
  in_book a.xlsx '[.sheets[0].rows[1:][] | map(.value) | .[:5]] == [
    [6, "+7 800 _x0041_", -1054.07, "2026-05-01T00:00:00", null],
    [7, "@Ёлка", 1000000, null, null]]'
  in_book a.xlsx '.sheets[0].rows[1] | map(.type) == ["n", "s", "n", "d", "n", "d"]'
  in_book a.xlsx '[.sheets[0].rows[1:][][2].format] == ["#,##0.00\\ [$USD]", "#,##0\\ [$JPY]"]'
  works list client id=5 --columns name,employees -o b.xlsx
  in_book b.xlsx '.sheets[0].rows[1] | map([.value, .type]) == [["=SUM(1,2)", "s"], [12, "n"]]'
  works doctor -o c.xlsx || [ "$status" -eq 3 ]
  in_book c.xlsx '[.sheets[].rows[][].type] | all(. != "f")'
}

@test "an amount that a spreadsheet would round is text, to the cent" {
  needs_workbooks
  dw set 3 amount=9999999999999.99 >/dev/null
  dw set 4 amount=90071992547409.93 >/dev/null
  works list deal --columns amount -o a.xlsx
  in_book a.xlsx '[.sheets[0].rows[1:][][0] | [.value, .type]] ==
    [[9999999999999.99, "n"], ["90071992547409.93 USD", "s"]]'
}

@test "the heading is bold, stays in sight and filters; columns are as wide as what they hold" {
  needs_workbooks
  works list deal --columns title,amount -o a.xlsx
  in_book a.xlsx '.sheets[0] | .frozen == "A2" and .filter == "A1:B3" and
    (.rows[0] | map([.value, .bold]) == [["Title", true], ["Amount", true]]) and
    ([.rows[1:][][].bold] | any | not) and .widths[0] > 15 and .widths[0] < 25'
  works --lang ru list deal --columns title,stage -o b.xlsx
  in_book b.xlsx '[.sheets[0].rows[0][].value] == ["Название", "Этап"]'
}

@test "totals are bold and outside the filter, the sheet is called like the report, notes are on a second one" {
  needs_workbooks
  works report client_base --now 2026-05-01 -o a.xlsx
  works report client_base --now 2026-05-01 -f json
  title=$(jq -r .title <<<"$output") notes=$(jq -c .notes <<<"$output")
  in_book a.xlsx ".title == \"$title\" and .sheets[0].name == (\"$title\" | .[:31]) and
    .sheets[1].name == \"Source and notes\" and
    ([.sheets[1].rows[][0].value] | .[1:-1] == $notes and
      (.[-1] | test(\"data #4 · rules [0-9a-f]{12} · now 2026-05-01T00:00:00Z · report client_base\")))"
  in_book a.xlsx '.sheets[0] | (.rows | length) as $n | .filter == "A1:H\($n - 1)" and
    ([.rows[1:-1][][].bold] | any | not) and ([.rows[-1][] | select(.value != null).bold] | all)'
}

@test "where the rows are from stands in the properties, and the same answer gives the same bytes" {
  needs_workbooks
  works list deal --now 2026-05-01 -o a.xlsx
  in_book a.xlsx '.created == "2026-05-01T00:00:00" and
    (.description | test("^data #4 · rules [0-9a-f]{12} · now 2026-05-01T00:00:00Z · list deal"))'
  cp a.xlsx before.xlsx
  sleep 2.1 # what an archive knows of the time is even seconds
  works list deal --now 2026-05-01 -o a.xlsx
  cmp a.xlsx before.xlsx
  works why 3 --now 2026-05-01 -o b.xlsx
  in_book b.xlsx '.description | test("^data #4 · rules")'
}

@test "text of any kind comes back as it is; what a cell can't hold is refused" {
  needs_workbooks
  note=$(printf 'first\nsecond\tтретья \360\237\232\200 <&>"\001\033[31m _x000D_ ')
  dw set 2 notes="$note|" >/dev/null
  works list client --columns notes -o a.xlsx
  read_book a.xlsx | jq -r '.sheets[0].rows[1][0].value' >read.txt
  printf '%s|\n' "$note" | cmp - read.txt
  long=$(printf 'ж%.0s' $(seq 32767))
  dw set 2 notes="$long" >/dev/null
  works list client --columns notes -o a.xlsx
  in_book a.xlsx '.sheets[0].rows[1][0].value | length == 32767'
  dw set 2 notes="ж$long" >/dev/null
  cp a.xlsx before.xlsx
  fails 1 list client --columns name,notes -o a.xlsx
  says "'notes' in row 1 has 32768 characters"
  cmp a.xlsx before.xlsx
}

@test "a workbook is written to a file or a pipe, not to a terminal, and that is said before anything is changed" {
  needs_workbooks
  dw list deal -f xlsx >a.xlsx
  in_book a.xlsx '.sheets[0].rows | length == 3'
  works exec "list deal > b.xlsx" "list deal -f xlsx | cat > c.xlsx"
  in_book b.xlsx '.sheets[0].rows | length == 3'
  in_book c.xlsx '.sheets[0].rows | length == 3'
  run script -qec "\"$DEALWRIGHT\" set 3 amount=77 -f xlsx" /dev/null </dev/null
  [ "$status" -eq 2 ]
  shows "write it to a file: -o"
  works show 3 -f json
  [ "$(jq -r '.rows[0].amount.amount' <<<"$output")" = 12500.00 ]
  fails 2 help -o d.xlsx
  says "no rows for xlsx"
  [ ! -e d.xlsx ]
}

@test "no room for the parts of a workbook: 74, one message, and what was there stays" {
  needs_workbooks
  unshare -rm true 2>/dev/null || skip "no file systems can be mounted here"
  echo before >a.xlsx
  mkdir small
  for size in 8k 64k 1m; do
    run --separate-stderr unshare -rm sh -c "mount -t tmpfs -o size=$size tmpfs small && TMPDIR=\$PWD/small \"\$DEALWRIGHT\" list deal --errors json -o a.xlsx"
    [ "$status" -eq 74 ]
    jq -e '.error.code == "write" and (.error.message | test("TMPDIR"))' <<<"$stderr"
  done
  TMPDIR=/nowhere fails 74 list deal -o a.xlsx
  says "/nowhere"
  [ "$(cat a.xlsx)" = before ]
}

@test "built without the library: said before anything is changed, with what to install" {
  DEALWRIGHT=$PLAIN_PROGRAM
  fails 2 set 3 amount=77 -o a.xlsx
  says "libxlsxwriter-dev"
  [ ! -e a.xlsx ]
  works show 3 -f json
  [ "$(jq -r '.rows[0].amount.amount' <<<"$output")" = 12500.00 ]
  fails 2 list deal -f xlsx
  says "write csv"
  works list deal -o a.csv
  works --lang ru doctor || [ "$status" -eq 3 ]
  shows "без книг"
}
