#!/bin/bash
# Whatever letters names are written in, columns stand under each other and nothing is wider than the
# terminal: in listings, records, charts, reports, explanations and candidates. tmux tells the cells.
# Sequences that tmux itself measures by code points (skin tones, keycaps) are held by the tests of
# text_width.
. "$(dirname "$0")/support.bash"

names=(
  'Q Ёлочные игрушки Йошкар-Ола'
  'Q 東京の病院 株式会社'
  $'Q \u0438\u0306 Cafe\u0301 Noe\u0308l'
  $'Q Vie\u0323\u0302t Nam \u0110o\u0302\u0300ng'
  $'Q Z\u0338\u0321\u031b\u0333a\u0334\u0327\u033a\u034al\u0337\u0355g\u0336\u0330o\u0335'
  'Q Family 👨‍👩‍👧'
  'Q Flags 🇷🇺🇩🇪'
  'Q רופאים עברית'
  'Q مستشفى عربي'
  $'Q Zero\u200bwidth\u200cletters'
  'Q Hangul 한국어 병원'
  'Q Thai น้ำ'
  $'Q Escape \033[2J\007'
  $'Q Order \u202eevil'
)
for name in "${names[@]}"; do printf '"%s";1\n' "$name"; done | { echo 'title;amount'; cat; } >deals.csv
echo 'import { file "deals.csv" { kind = "deal", match = "title", currency = "USD",
  column "title" { to = "title" }, column "amount" { to = "amount" } } }' >deals.lua
"$DEALWRIGHT" import deals.lua deals.csv >made.txt 2>&1 || { cat made.txt >&2; exit 1; }
first=7 last=$((6 + ${#names[@]}))

# Rows that the terminal had to break.
broken() { echo $(($(screen | wc -l) - $(terminal capture-pane -p -J -S - | wc -l))); }

# cell_of ROW TEXT: where the text begins last in the newest line that has ROW in it.
cell_of() {
  terminal copy-mode \; send-keys -X search-backward "$1" \; send-keys -X end-of-line \; \
    send-keys -X search-backward "$2" \; display-message -p '#{copy_cursor_x}' \; send-keys -X cancel
}
one_cell() {
  local row cells
  cells=$(while read -r row; do cell_of "$row" "$1"; done | sort -u | xargs)
  [[ "$cells" =~ ^[0-9]+$ ]] || fail "'$1' begins in the cells: $cells"
}
ids() { seq "$first" "$last" | sed 's/.*/#& │/'; }

for width in 40 80 200; do
  start "$width"
  enters 'list deal --columns title,amount'
  shows "^\\($((last - 2)) rows\\)\$"
  sees 'sales>$'
  one_cell '│' < <(ids)
  enters 'chart last'
  shows '^Q Thai .*[█▏▎▍] '
  sees 'sales>$'
  one_cell '1.00 USD' < <(printf 'Q %s\n' Ё 東 Fa Fl ר م Ha Th Es Or)
  for id in $((first + 1)) $((first + 4)) $((last - 1)); do
    for verb in show why history; do
      enters "$verb $id"
      sees 'sales>$'
    done
  done
  enters 'report stale every=true'
  shows '^data #'
  sees 'sales>$'
  [ "$(broken)" = 0 ] || fail "at $width the terminal had to break $(broken) lines"
  stop
done

# Candidates.
start 80
types 'show "Q '
presses Tab Tab
shows '^"Q Order <U\+202E>evil" +deal #20$'
sees '"Q$'
one_cell 'deal #' < <(ids | sed 's/ │/$/')
presses C-c
sees 'sales>$'

# What is typed: the cursor stands behind it, each letter is taken back whole, words go as words.
typed_to() { [ "$(terminal display-message -p '#{cursor_x}')" = "$1" ]; }
cursor_at() { waits typed_to "$1" || fail "the cursor is in $(terminal display-message -p '#{cursor_x}'), not in $1"; }
types $'Ёж 東京 Cafe\u0301 שלום'
cursor_at 24
presses BSpace BSpace Left Left C-w
cursor_at 15
presses C-w
cursor_at 10
presses C-e C-w
sees '^sales> Ёж$'
presses C-a C-k
enters $'print(utf8.len("Cafe\u0301 東京"))'
shows '^8$'
