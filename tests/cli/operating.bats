#!/usr/bin/env bats
# docs/operating.md, line by line as it is printed there. A line that ends in "# exit N" must exit with N.
bats_require_minimum_version 1.5.0
load support

@test "what the document tells to type works" {
  local document="$BATS_TEST_DIRNAME/../../docs/operating.md" count=0 line expected
  make_book
  while IFS= read -r line <&3; do
    expected=0
    case $line in *"# exit "*) expected=${line##*# exit } ;; esac
    run bash -c "dealwright() { \"$DEALWRIGHT\" \"\$@\"; }; $line"
    [ "$status" -eq "$expected" ] || { echo "$line: exit $status: $output"; return 1; }
    count=$((count + 1))
  done 3< <(sed -n '/^```sh/,/^```/p' "$document" | grep -v '^```')
  [ "$count" -ge 5 ]
}
