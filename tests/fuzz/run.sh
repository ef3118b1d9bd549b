#!/bin/sh
# run.sh NAME SECONDS: one fuzzer over its corpus in git, for the fast tests. What breaks a promise is
# kept, and the command that breaks it again is printed. Nothing is written into the corpus.
set -eu
name=$1 seconds=$2
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
program=$root/build/fuzz/tests/fuzz/fuzz_$name found=$root/build/fuzz/found/$name
[ -x "$program" ] || { echo "skipped: ./dev test and ./dev fuzz build $program"; exit 77; }
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
mkdir -p "$found"
"$program" -max_total_time="$seconds" -timeout=10 -print_final_stats=1 -artifact_prefix="$found/" \
  "$new" "$root/tests/fuzz/corpus/$name" >"$new.log" 2>&1 && {
  grep -E 'Seed|stat::number_of_executed_units' "$new.log"
  rm -f "$new.log"
  exit 0
}
cat "$new.log" >&2
echo "again: $program $(sed -n 's/.*Test unit written to //p' "$new.log" | tail -n 1)" >&2
rm -f "$new.log"
exit 1
