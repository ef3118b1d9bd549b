#!/usr/bin/env bats
# docs/method.md is true: every command on it works as shown, and its table leads to code and tests that exist.
#
# Of the page, blocks ```console DAY are played in order on one book, with the clock at that day: behind "$ " stands what is typed, below it
# what is printed, if the page shows it. A line "…" stands for any lines. "# refused" at the end: exit 1. Blocks ```csv FILE write that file.
bats_require_minimum_version 1.5.0
load support

page="$BATS_TEST_DIRNAME/../../docs/method.md"
root="$BATS_TEST_DIRNAME/../.."

# matches OUTPUT EXPECTED: but for the lines at which rules stand in their files
matches() {
  local said pattern
  # shellcheck disable=SC2001 # a number of any length
  said=$(sed 's/\.lua:[0-9]*/.lua/' <<<"$1")
  pattern=$(sed -e 's/\.lua:[0-9]*/.lua/' -e 's/[][\\*?]/\\&/g' -e 's/^…$/*/' <<<"$2")
  # shellcheck disable=SC2053 # a pattern on purpose
  [[ $said == $pattern ]]
}

# play DAY COMMAND EXPECTED
play() {
  local wanted=0 said code=0
  case $2 in *"# refused") wanted=1 ;; esac
  said=$(bash -c "dealwright() { \"\$DEALWRIGHT\" --now $1T09:00:00Z \"\$@\"; }; $2" 2>&1 </dev/null) || code=$?
  [ "$code" -eq "$wanted" ] || { printf '%s\nexit %s, not %s:\n%s\n' "$2" "$code" "$wanted" "$said"; return 1; }
  [ -z "$3" ] || matches "$said" "$3" || { printf '%s\nprints:\n%s\nnot:\n%s\n' "$2" "$said" "$3"; return 1; }
}

@test "every command of the page works, in order, and prints what the page shows" {
  local line kind="" day="" file="" command="" expected="" count=0
  while IFS= read -r line <&3; do
    case $kind,$line in
    ,'```console '*) kind=console day=${line#'```console '} ;;
    ,'```csv '*) kind=csv file=${line#'```csv '} && : >"$file" ;;
    console,'$ '* | console,'```')
      if [ -n "$command" ]; then
        play "$day" "$command" "$expected"
        count=$((count + 1))
      fi
      command="" expected=""
      if [ "$line" = '```' ]; then kind=""; else command=${line#'$ '}; fi
      ;;
    console,*) expected+=${expected:+$'\n'}$line ;;
    csv,'```') kind="" ;;
    csv,*) printf '%s\n' "$line" >>"$file" ;;
    esac
  done 3<"$page"
  [ -z "$kind" ] || { echo "the block '$kind' is not closed"; return 1; }
  [ "$count" -ge 60 ] || { echo "only $count commands"; return 1; }
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
