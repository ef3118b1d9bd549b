# What every test of the command line starts from: an empty folder, a home of its own, English and UTF-8.
setup() {
  [ -x "$DEALWRIGHT" ] || { echo "DEALWRIGHT must name the built program" >&2; return 1; }
  cd "$BATS_TEST_TMPDIR" || return 1
  export HOME="$BATS_TEST_TMPDIR/home" LC_ALL=C.UTF-8 TZ=UTC PAGER=cat
  mkdir -p "$HOME"
  unset XDG_STATE_HOME XDG_CONFIG_HOME NO_COLOR COLUMNS LINES "${!DEALWRIGHT_@}"
  export DEALWRIGHT_HINTS=off # what is shown is looked at, not what is foretold
  type prepare >/dev/null 2>&1 && prepare
  return 0
}

dw() {
  "$DEALWRIGHT" "$@"
}

# A small book: #1 user, #2 client, #3 and #4 deals.
make_book() {
  dw -d sales.db new user "Анна Орлова" >/dev/null
  dw new client "Acme Clinic" industry=medical >/dev/null
  dw new deal "Scanners" client="Acme Clinic" amount=12,500.00 >/dev/null
  dw new deal "Ёлочные игрушки" client="Acme Clinic" owner="Анна Орлова" amount=900 >/dev/null
}

# fails CODE ARGUMENT...: the command exits with CODE and says something on standard error.
fails() {
  local expected=$1
  shift
  run --separate-stderr "$DEALWRIGHT" "$@"
  [ "$status" -eq "$expected" ] || { echo "exit $status, not $expected: $output $stderr" >&2; return 1; }
  [ -n "$stderr" ] || { echo "nothing was said on standard error" >&2; return 1; }
}

# says PART: standard error holds it.
says() {
  case $stderr in *"$1"*) ;; *) echo "no '$1' in: $stderr" >&2; return 1 ;; esac
}

# shows PART: standard output holds it.
shows() {
  case $output in *"$1"*) ;; *) echo "no '$1' in: $output" >&2; return 1 ;; esac
}

# hides PART: standard output does not hold it.
hides() {
  case $output in *"$1"*) echo "'$1' in: $output" >&2; return 1 ;; esac
}

# works ARGUMENT...: exit 0.
works() {
  run --separate-stderr "$DEALWRIGHT" "$@"
  [ "$status" -eq 0 ] || { echo "exit $status: $output $stderr" >&2; return 1; }
}
