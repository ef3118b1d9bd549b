#!/usr/bin/env bats
# chart: a report or the last table as a picture, in every place it may go to.
bats_require_minimum_version 1.5.0
load support
load pages

prepare() {
  make_book
}

@test "a report is drawn as it declares; other columns on request" {
  works chart pipeline --width 60
  [ "${lines[1]}" = "Amount by Stage" ]
  [[ "${lines[2]}" == prospecting*█*"13,400.00 USD" ]]
  works chart report pipeline deals by stage --width 60
  [ "${lines[1]}" = "Deals by Stage" ]
  works chart win_rate by=owner deals
  shows "Анна Орлова"
}

@test "the last table is drawn, rows of one name added up" {
  works exec "list deal --columns title,stage,amount -f csv" "chart last amount by stage"
  [[ "$output" == *$'Amount by Stage\n'*prospecting*"13,400.00 USD"* ]]
  works exec "list deal --columns title,stage,amount -f csv" "chart last by stage,title"
  shows "█ "
  fails 2 chart last
  says "ask for one first"
}

@test "no line is wider than asked for, ASCII where letters are" {
  works chart pipeline amount,weighted --width 40
  [ "$(sed "/^data #/d" <<<"$output" | wc -L)" -le 40 ]
  LC_ALL=C works chart pipeline --width 60
  [[ "${lines[2]}" == prospecting*"###"* ]]
  hides "█"
}

@test "other formats keep the rows; a page has both" {
  works chart pipeline -f csv --columns stage,deals
  [ "${lines[1]}" = "prospecting,2" ]
  works chart pipeline -f json
  jq -e '.rows | length == 6' <<<"$output"
  works chart pipeline -f markdown
  shows "    prospecting"
  shows "| prospecting | 2 |"
  works chart pipeline -f html
  shows '<svg role="img"'
  shows "<td>prospecting</td>"
  hides "<script"
  hides " style="
  works report pipeline -f html
  shows '<svg role="img"'
}

@test "--where and --sort come before the drawing" {
  works chart pipeline --where "deals>0" --width 60
  hides "closing"
  works chart pipeline deals --sort -stage --width 60
  [[ "${lines[2]}" == closing* ]]
}

@test "unset amounts give way to what is known, and the reader is told" {
  dw set '#3' amount= >/dev/null
  dw set '#4' amount= >/dev/null
  works chart pipeline --width 60
  [ "${lines[1]}" = "Deals by Stage" ]
  shows 'no figures in "Amount": "Deals" is drawn'
  works chart pipeline -f html
  shows '>no figures in &quot;Amount&quot;: &quot;Deals&quot; is drawn</text>'
  works chart pipeline --lang ru --width 60
  shows 'в столбце «Сумма» ничего не задано, показан столбец «Сделок»'
}

@test "rows are counted where there is nothing else to draw, or on request" {
  works exec "list deal --columns title,stage,owner -f csv" "chart last by stage"
  [[ "$output" == *$'Number by Stage\n'*prospecting*█*2* ]]
  works exec "list deal --columns title,amount,owner -f csv" "chart last count by owner"
  [[ "$output" == *$'Number by Owner\n'*∅*1*"Анна Орлова"*1* ]]
  fails 2 exec "list deal --columns title,stage -f csv" "chart last"
  says "to count its rows say by what: by title"
  fails 2 chart pipeline count,amount by stage
  says "the number of rows is drawn alone, without 'amount'"
}

@test "a chart of a part says of how much" {
  for i in {1..60}; do echo "new deal 'deal $i' amount=1"; done >deals.txt
  mapfile -t deals <deals.txt
  works exec "${deals[@]}"
  works exec "list deal --columns title,amount --limit 100 -f csv" "chart last amount by title --width 60"
  shows "the first 50 of 62; more with --limit"
  works exec "list deal --columns title,amount --limit 100 -f csv" "chart last amount by title --limit 100 --width 60"
  hides "the first"
  shows "deal 60"
  works exec "list deal --columns title,amount --limit 100 -f csv" "chart last amount by title --limit 3 --width 60"
  shows "first 3 of 62 rows"
}

@test "TAB knows reports, columns and types" {
  works completion line "dealwright chart pipel"
  shows $'pipeline\tOpen pipeline'
  works completion line "dealwright chart pipeline am"
  shows $'amount\tAmount'
  works completion line "dealwright chart report pipeline amount,we"
  shows $'amount,weighted\tWeighted'
  works completion line "dealwright chart pipeline amount by "
  shows $'stage\tStage'
  hides "by"
  works completion line "dealwright chart pipeline --type wat"
  shows "waterfall"
  works completion line "dealwright chart report pipel"
  shows "pipeline"
}

@test "what can't be drawn says why" {
  fails 1 chart pipelin
  says "did you mean 'pipeline'?"
  fails 2 chart pipeline amuont
  says "did you mean 'amount'?"
  fails 2 chart pipeline amount by
  says "'by' is followed by a column"
  fails 2 chart pipeline --type pie
  says "it is one of: bar, stacked, line, funnel, waterfall, heat"
  fails 2 chart pipeline amount,deals
  says "no common scale"
  fails 2 chart sync
  says "has no columns to draw"
  works new deal "In euros" client="Acme Clinic" amount="5 EUR"
  works exec "list deal --columns title,amount -f csv"
  fails 1 exec "list deal --columns title,amount -f csv" "chart last amount by title"
  says '--where "amount>=0'
}

@test "a picture of its own: a report, a table and a process as SVG" {
  works chart pipeline -o pipeline.svg
  head -1 pipeline.svg | grep -q '^<svg xmlns="http://www.w3.org/2000/svg" role="img"'
  grep -qF '<text class="head" x="0" y="18.0">Open pipeline</text>' pipeline.svg
  grep -q '<style>.*prefers-color-scheme:dark' pipeline.svg
  works exec "report pipeline > report.svg"
  cmp pipeline.svg report.svg
  works exec "list deal --columns title,amount -f csv" "chart last > last.svg"
  grep -q 'Scanners' last.svg
  works rules graph sale -o sale.svg
  grep -q '<svg xmlns="http://www.w3.org/2000/svg" role="group"' sale.svg
  grep -q '<style>' sale.svg
  works chart pipeline --where "deals>99" -f svg
  shows "(no rows)"
}

@test "what is no picture, or several, is no SVG" {
  fails 2 rules graph -f svg
  says "a file holds one picture, and these are"
  says "-o FILE.html"
  fails 2 report sync -f svg
  says "the answer holds no picture"
  fails 2 list client --columns name -o none.svg
  [ ! -e none.svg ]
}

@test "every command of docs/charts.md works, in order, and prints what the page shows" {
  mkdir page
  cd page
  play_page "$BATS_TEST_DIRNAME/../../docs/charts.md" 11
  [ -s win_rate.html ]
  grep -q '</svg>' pipeline.svg
}
