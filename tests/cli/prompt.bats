#!/usr/bin/env bats
# docs/prompt.md is true: every command on it works as shown, and its promises are kept by tests that exist.
#
# How a page is played: tests/cli/pages.bash.
bats_require_minimum_version 1.5.0
load support
load pages

page="$BATS_TEST_DIRNAME/../../docs/prompt.md"
root="$BATS_TEST_DIRNAME/../.."

@test "every command of the page works, in order, and prints what the page shows" {
  play_page "$page" 25
}

@test "each promise is kept by tests of the suite" {
  local number files file name
  local -i seen=0
  while IFS='|' read -r _ number _ files _; do
    seen+=1
    [ "$((number))" = "$seen" ] || { echo "$number, not $seen"; return 1; }
    for file in $(tr -d '`,' <<<"$files"); do
      name=$(basename "${file%.*}")
      [ -f "$root/$file" ] || { echo "$number: no file '$file'"; return 1; }
      grep -q "^  *$name\b" "$root/tests/CMakeLists.txt" || { echo "$number: $file is not in the suite"; return 1; }
    done
  done < <(grep '^| *[0-9]* *|.*`tests/' "$page")
  [ "$seen" -eq 14 ]
}
