#!/usr/bin/env bats
# docs/method.md is true: every command on it works as shown, and its table leads to code and tests that exist.
#
# How a page is played: tests/cli/pages.bash.
bats_require_minimum_version 1.5.0
load support
load pages

page="$BATS_TEST_DIRNAME/../../docs/method.md"
root="$BATS_TEST_DIRNAME/../.."

@test "every command of the page works, in order, and prints what the page shows" {
  play_page "$page" 60
}

# The table's rows as: id|files|test file|test
rows() {
  sed -n 's/^| *\(M[0-9]*\) *|[^|]*|\([^|]*\)|\([^|]*\)|$/\1|\2|\3/p' "$page" |
    sed 's/`//g; s/| *\([^ |]*\): "\(.*\)" *$/|\1|\2/; s/| */|/g; s/ *|/|/g'
}

@test "the table has all of M1 to M23, each once and in order" {
  [ "$(rows | cut -d'|' -f1)" = "$(printf 'M%s\n' $(seq 1 23))" ]
}

@test "the files that the table names exist" {
  local id files rest file
  while IFS='|' read -r id files rest; do
    [ -n "$files" ] || { echo "$id names no file"; return 1; }
    for file in ${files//,/ }; do
      [ -f "$root/$file" ] || { echo "$id: no file '$file'"; return 1; }
    done
  done < <(rows)
}

# Lua tests of the workspace run all at once, those of the command line by their files.
@test "the tests that the table names exist, are part of the suite and pass" {
  local id files file name lua line
  lua=$(dw -w "$root/scripts" -d tests.db rules test -f csv --columns outcome,test)
  while IFS='|' read -r id files file name; do
    case $file in
    scripts/tests/*.lua)
      grep -qF "test \"$name\"" "$root/$file" || { echo "$id: no test \"$name\" in $file"; return 1; }
      grep -qF "$name" <<<"$(grep '^passed,' <<<"$lua")" || { echo "$id: \"$name\" does not pass"; return 1; }
      ;;
    tests/cli/*.bats)
      grep -q "^  *$(basename "$file" .bats)\b" "$root/tests/CMakeLists.txt" || { echo "$id: $file is not in the suite"; return 1; }
      grep -qF "@test \"$name\" {" "$root/$file" || { echo "$id: no test \"$name\" in $file"; return 1; }
      printf '%s\t%s\n' "$file" "$name" >>named
      ;;
    *)
      echo "$id: '$file' is no file of tests"
      return 1
      ;;
    esac
  done < <(rows)
  while read -r file; do
    line=$(grep -F "$file"$'\t' named | cut -f2 | sed 's/[][\\.*^$+?(){}|]/\\&/g' | paste -sd'|')
    env -u BATS_TEST_TMPDIR -u BATS_RUN_TMPDIR bats -f "^($line)\$" "$root/$file" >said 2>&1 </dev/null ||
      { cat said; return 1; }
    [ "$(grep -c '^ok' said)" -eq "$(grep -cF "$file"$'\t' named)" ] || { cat said; return 1; }
  done < <(cut -f1 named | sort -u)
}
