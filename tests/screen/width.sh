#!/bin/bash
# Columns stand under each other on a terminal of any width, whatever is written in them; tmux tells
# in which cell a text begins.
. "$(dirname "$0")/support.bash"
"$DEALWRIGHT" new deal "Cafe$(printf '\314\201') Noel" client="Клиника Сокол" amount=1 >made.txt

# cell_of TITLE TEXT: where the text begins in the newest line that holds the title.
cell_of() {
  terminal copy-mode
  terminal send-keys -X search-backward "$1"
  terminal send-keys -X search-forward "$2"
  terminal display-message -p '#{copy_cursor_x}'
  terminal send-keys -X cancel
}

cells_of() {
  local title
  for title in Scanners Ёлочные 東京 Rocket Caf; do cell_of "$title" "$1"; done | sort -u | xargs
}

for width in 80 200; do
  start "$width"
  enters 'list deal --columns title,stage'
  sees 'sales>$'
  [ "$(screen | grep -c 'prospecting$')" = 5 ] || fail "there are not five rows"
  [ "$(cells_of prospecting)" = 24 ] || fail "at $width the stages begin in the cells $(cells_of prospecting)"
  stop
done

# Too narrow for the table: one record below the other, values in one cell.
start 40
enters 'list deal'
shows '^── 5  #7$'
sees 'sales>$'
[ "$(cells_of prospecting)" = 10 ] || fail "the values begin in the cells $(cells_of prospecting)"

# Editing keeps its place behind letters of two cells and of none.
types 'print("東京 Ёлка Cafe'
types "$(printf '\314\201')"
types ' 🚀", 1)'
presses Left Left Left Left
types '.. 7'
presses Enter
shows '^東京 Ёлка Cafe.* 🚀7'
