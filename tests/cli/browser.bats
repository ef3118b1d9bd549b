#!/usr/bin/env bats
# Pages and pictures in a real browser, and graphs drawn by Graphviz: only in `./dev test --full`. What can be told without: tests/cli/html.bats.
bats_require_minimum_version 1.5.0
load support

prepare() {
  [ -n "${TEST_FULL:-}" ] || skip "only with --full"
  make_book
  dw set '#3' expected_close=2026-05-01 >/dev/null
}

# look FILE PICTURE [OPTION]...: what the browser complains of is in console.txt.
look() {
  local file=$1 picture=$2
  shift 2
  timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$PWD/browser" --enable-logging=stderr --log-level=0 \
    --screenshot="$PWD/$picture" "$@" "file://$PWD/$file" 2>log.txt
  grep CONSOLE log.txt >console.txt || true
  [ -s "$picture" ]
}

@test "no page breaks its own policy, and light and dark differ" {
  dw report pipeline -o report.html
  dw chart win_rate by=owner -o chart.svg
  dw list deal -o list.html
  dw show '#3' -o show.html
  dw rules graph -o graph.html
  dw rules graph sale -o graph.svg
  for file in report.html chart.svg list.html show.html graph.html graph.svg; do
    look $file light.png --window-size=1000,800 --blink-settings=preferredColorScheme=1
    [ ! -s console.txt ] || { cat console.txt; return 1; }
    look $file dark.png --window-size=1000,800 --blink-settings=preferredColorScheme=0
    ! cmp -s light.png dark.png || { echo "$file looks the same in the dark"; return 1; }
  done
}

@test "a sheet that is not the one named is noticed here" {
  dw report pipeline -o report.html
  sed -i 's/<style>/<style>a{color:red}/' report.html
  look report.html broken.png
  grep -q 'Content Security Policy' console.txt
}

@test "pages are printed" {
  dw list deal -o list.html
  timeout 120 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$PWD/browser" --no-pdf-header-footer \
    --print-to-pdf="$PWD/list.pdf" "file://$PWD/list.html" 2>log.txt
  [ "$(head -c 5 list.pdf)" = "%PDF-" ]
}

@test "Graphviz draws every process, and titles as they are written" {
  mkdir processes
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of graphs" }' >workspace.lua
  cat >processes/sale.lua <<'LUA'
process "sale" { kind = "deal", field = "stage", stages = { "first" }, ends = { won = "won", lost = "lost" } }
stage "sale.first" { title = 'The "first" <b>&#35;\\N one' }
stage "sale.won" { title = "Выиграна" }
stage "sale.lost" { title = "Lost" }
LUA
  dw -w . rules graph sale -o sale.dot
  dot -Tsvg sale.dot >sale.svg
  grep -qF 'The &quot;first&quot; &lt;b&gt;&amp;#35;\N one' sale.svg
  grep -qF 'Выиграна' sale.svg
  [ "$(grep -c 'class="node"' sale.svg)" = 3 ]
  dw rules graph -o all.dot
  dot -Tsvg all.dot >all.svg
  grep -q '</svg>' all.svg
}
