# What every test of the screen starts from: a folder, a home and a small book of its own, and the
# program at the prompt of a real terminal. Sourced by the tests; DEALWRIGHT names the program.
set -eu
[ -x "${DEALWRIGHT-}" ] || { echo "DEALWRIGHT must name the built program" >&2; exit 1; }
command -v tmux >/dev/null || { echo "skipped: there is no tmux"; exit 77; }

folder=$(mktemp -d)
# The terminal goes away. A program that gets both of the signals for it while its sanitizer looks for leaks never ends.
hang_up() {
  local session tries
  for session in $(terminal list-panes -a -F '#{pane_pid}' 2>/dev/null); do
    terminal kill-server 2>/dev/null || true
    for ((tries = 40; tries > 0; tries--)); do
      pgrep -s "$session" >/dev/null || break
      sleep 0.05
    done
    pkill -KILL -s "$session" || true
  done
  terminal kill-server 2>/dev/null || true
}
terminal() { tmux -S "$folder/tmux" -f /dev/null "$@"; }
trap 'hang_up; rm -rf "$folder"' EXIT
cd "$folder"
export HOME="$folder/home" XDG_STATE_HOME="$folder/state" LC_ALL=C.UTF-8 TZ=UTC PAGER=cat
export INPUTRC=/dev/null
unset NO_COLOR COLUMNS LINES TMUX XDG_CONFIG_HOME "${!DEALWRIGHT_@}"
export DEALWRIGHT_HINTS=off # what is typed is looked at without what stands behind it
mkdir "$HOME"

# #1 a user, #2 a client, #3 to #6 deals.
make_book() {
  "$DEALWRIGHT" -d sales.db new user "Анна Орлова"
  "$DEALWRIGHT" new client "Клиника Сокол" industry=medical
  "$DEALWRIGHT" new deal "Scanners" client="Клиника Сокол" amount=12,500.00
  "$DEALWRIGHT" new deal "Ёлочные игрушки" client="Клиника Сокол" amount=900
  "$DEALWRIGHT" new deal "東京の病院" client="Клиника Сокол" amount=77
  "$DEALWRIGHT" new deal "Rocket 🚀 launch" client="Клиника Сокол" amount=5
}
make_book >made.txt 2>&1 || { cat made.txt >&2; exit 1; }

# many.lua and many.csv: an import that takes its time.
make_import() {
  echo 'import { file "many.csv" { kind = "client", match = "name",
    column "name" { to = "name" }, column "industry" { to = "industry" } } }' >many.lua
  awk 'BEGIN { print "name;industry"; for (i = 1; i <= 200000; i++) print "Client number " i ";medical" }' >many.csv
}

# start [WIDTH [ARGUMENT]...]: the program in a terminal, at its prompt. The shell around it shows how
# it ended. $environment may say more about it: "TERM=dumb".
environment=
start() {
  local width=${1:-80}
  [ $# = 0 ] || shift
  terminal new-session -d -x "$width" -y 50 "env $environment '$DEALWRIGHT' $*; echo \"left with \$?\"; exec sleep 60"
  terminal set-option -g mode-keys vi
  sees '^[a-z]+>$'
}

stop() {
  hang_up
  while terminal has-session 2>/dev/null; do sleep 0.05; done
}

# resizes WIDTH HEIGHT: the window; tmux tells the program a little later, which is waited for.
has_size() { [ "$(stty size <"$(terminal display-message -p '#{pane_tty}')")" = "$2 $1" ]; }
resizes() {
  terminal resize-window -x "$1" -y "$2"
  waits has_size "$1" "$2" || fail "the terminal never gets $1 columns and $2 lines"
}

screen() { terminal capture-pane -p -S -; }
types() { terminal send-keys -l -- "$1"; }
presses() { terminal send-keys "$@"; }
enters() { types "$1"; presses Enter; }

# The last line in use on the screen, where the cursor is.
last_line() { screen | sed '/^$/d' | tail -1; }

fail() {
  printf '%s\n--- the screen:\n' "$1" >&2
  screen | sed "/^$/d" >&2
  exit 1
}

# waits COMMAND...: until it succeeds, fifteen seconds at most.
waits() {
  local tries=300
  until "$@"; do
    [ $((tries -= 1)) -gt 0 ] || return 1
    sleep 0.05
  done
}

matches_last() { last_line | grep -Eq -- "$1"; }
matches_line() { screen | grep -Eq -- "$1"; }

# sees PATTERN: the last line comes to match. shows PATTERN: some line does. hides: none does now.
sees() { waits matches_last "$1" || fail "the last line never matches '$1'"; }
shows() { waits matches_line "$1" || fail "no line ever matches '$1'"; }
hides() { ! matches_line "$1" || fail "a line matches '$1'"; }
