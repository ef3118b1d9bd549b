#!/bin/sh
# The main job from end to end, on the data in this folder: import → score → advance → why → report, then
# the prompt if there is a terminal. Called by `./dev demo`, which builds the program first.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Shown as one would type it: words with blanks in quotes.
step() {
  shown=""
  for word in "$@"; do
    case $word in *' '*) shown="$shown '$word'" ;; *) shown="$shown $word" ;; esac
  done
  printf '\n\033[1m$ dealwright%s\033[0m\n' "$shown"
  "$DEALWRIGHT" --no-pager "$@" || status=$?
}

status=0
step import "$here/import.lua" "$here/data"
step list deal stage=qualifying --columns external_id,title,client,owner,amount
step score fit
step score fit "Rosewater Clinic"
step advance D-107
[ "$status" = 1 ] || { echo "demo: the refusal was expected" >&2; exit 1; }
status=0
step why D-107
step new value_statement 'statement=one line for both halls'
step set D-107 'value=one line for both halls'
step advance D-107
step history D-107
step undo --yes
step report pipeline
step report win_rate by=owner
step report cycle
step --as-of 2026-04-01 report pipeline
[ "$status" = 0 ] || { echo "demo: a step failed ($status)" >&2; exit "$status"; }

if [ -t 0 ] && [ -t 1 ]; then
  printf '\nThe prompt: try "why D-107", "report stale", "=deals:count()"; Ctrl-D leaves.\n'
  "$DEALWRIGHT"
fi
