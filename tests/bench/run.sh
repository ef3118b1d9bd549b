#!/bin/sh
# Runs the bench in a scratch folder inside the build. usage: run.sh [--rows N] [--runs N] [NAME...]
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
build=$root/build/release
scratch=$(mktemp -d "$build/bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

options=""
while [ $# -gt 1 ]; do
  case $1 in
    --rows | --runs) options="$options $1 $2" ;;
    *) break ;;
  esac
  shift 2
done

printf '%s, %s\n' "$(date -u +%Y-%m-%d)" "$(nproc) cores, $(sqlite3 --version | cut -d' ' -f1), $(lua5.4 -v | cut -d' ' -f1-2)"
# shellcheck disable=SC2086 # the options are words
"$build/tests/bench/bench" $options --folder "$scratch" --program "$build/repl/dealwright" \
  --workspace "$root/tests/bench/workspace" "$@"
