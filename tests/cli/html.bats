#!/usr/bin/env bats
# Pages: what a browser, a printer and a screen reader need to find in them. tests/cli/browser.bats looks at them with a browser.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

# is_whole FILE: tags are closed in order, ids are there once, nothing is styled or run but by the sheet.
is_whole() {
  tr '\n' ' ' <"$1" | sed 's/<style>[^<]*<\/style>//; s/<!DOCTYPE[^>]*>//; s/<meta[^>]*>//g; s/<[^>]*\/>//g' |
    grep -o '</\?[a-z0-9]*' | awk '
      /^<[a-z]/ { open[++depth] = substr($0, 2); next }
      { if (open[depth--] != substr($0, 3)) { print "not closed in order: " $0; exit 1 } }
      END { if (depth != 0) { print depth " left open"; exit 1 } }'
  [ -z "$(grep -o ' id="[^"]*"' "$1" | sort | uniq -d)" ]
  run ! grep -qE ' style=|<script| on[a-z]+=|javascript:|http-equiv="refresh"' "$1"
  [ "$(grep -c '<main>' "$1")" = 1 ]
}

@test "every report is a whole page, empty or not" {
  dw report -f csv --columns report | tail -n +2 | grep -v '^trial' >reports
  [ "$(wc -l <reports)" -gt 25 ]
  while read -r report; do
    dw report "$report" -o page.html || { echo "$report"; return 1; }
    is_whole page.html || { echo "$report"; return 1; }
    grep -q '<h1>' page.html
  done <reports
}

@test "columns and rows are named for those who hear the page" {
  works list deal -f html
  shows '<div class="t" role="region" tabindex="0" aria-label="deals">'
  shows '<th scope="col">Title</th>'
  works show '#3' -f html
  shows '<th scope="row">Title</th><td>Scanners</td>'
  hides "<thead>"
  works show '#3' -f html --lang ru
  shows '<html lang="ru">'
  shows '<th scope="row">Название</th>'
}

@test "numbers stand at the right, and neither they nor days are broken" {
  dw set '#3' expected_close=2026-05-01 >/dev/null
  works list deal -f html
  shows '<td class="n">12,500.00 USD</td>'
  shows '<td class="d">2026-05-01</td>'
  shows 'td.n,td.d{white-space:nowrap}'
}

@test "no rows and fewer rows than there are: the page says so" {
  works list deal stage=won -f html
  shows "<p>(no rows)</p>"
  works report pipeline -f html --limit 1
  shows "<p>first 1 of 6 rows</p>"
}

@test "a picture in a page says what it shows, and its ids are its own" {
  works chart pipeline -f html
  shows '<div class="t" tabindex="0">'$'\n''<svg role="img" class="chart" aria-labelledby="t0 d0"'
  shows '<title id="t0">Open pipeline</title>'
  shows '<desc id="d0">Amount by Stage</desc>'
  shows '<text class="said" x="0" y="13.0">Amount by Stage</text>'
  shows '<title>prospecting, Amount: 13,400.00 USD</title>'
}

@test "the same moment gives the same bytes" {
  for line in "chart pipeline -f html" "report pipeline -f html" "report win_rate by=owner -f html" "chart pipeline -f svg"; do
    # shellcheck disable=SC2086 # the line is words
    dw --now 2026-11-26T10:00:00Z $line >one
    # shellcheck disable=SC2086
    dw --now 2026-11-26T10:00:00Z $line >two
    cmp one two || { echo "$line"; return 1; }
  done
}

@test "which record a row is stands there once" {
  works report decision_dates -f html
  [ "$(grep -o '>#</th>' <<<"$output" | wc -l)" = 1 ]
  shows '<td class="n">3</td>'
  hides '#3</td>'
  works report decision_dates -f markdown
  [ "$(grep -o '| *\\*# *|' <<<"$output" | wc -l)" = 1 ]
  works list deal -f html
  shows '<td class="n">#3</td>'
}
