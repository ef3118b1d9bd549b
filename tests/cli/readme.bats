# The README's tour, line by line as it is printed there. A line that ends in "# refused" must exit with 1.
load support

@test "the tour works as the README says" {
  local readme="$BATS_TEST_DIRNAME/../../README.md" count=0 line expected
  cp -r "$BATS_TEST_DIRNAME/../../scripts" .
  mkdir tour && cd tour
  while IFS= read -r line <&3; do
    expected=0
    case $line in *"# refused") expected=1 ;; esac
    run bash -c "dealwright() { \"$DEALWRIGHT\" \"\$@\"; }; $line"
    [ "$status" -eq "$expected" ] || { echo "$line: exit $status: $output"; return 1; }
    [ -n "$output" ] || { echo "$line: prints nothing"; return 1; }
    count=$((count + 1))
  done 3< <(sed -n '/^```sh/,/^```/p' "$readme" | grep '^dealwright ')
  [ "$count" -ge 18 ]
}
