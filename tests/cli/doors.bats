#!/usr/bin/env bats
# A command means the same wherever it is given: the processes. Random lines: tests/doors.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

# at_every_door CODE LUA WORD...: batch, exec, the prompt and a line of Lua end with CODE and print the
# same; what is left of the words of an error is its message.
at_every_door() {
  local expected=$1 lua=$2 line
  shift 2
  line=$*
  run --separate-stderr "$DEALWRIGHT" -f csv "$@"
  [ "$status" -eq "$expected" ] || { echo "batch: $status: $output $stderr" >&2; return 1; }
  local said=$output wrong=${stderr_lines[0]-}
  for door in exec prompt lua; do
    case $door in
      exec) run --separate-stderr "$DEALWRIGHT" -f csv exec "$line" ;;
      prompt) run --separate-stderr "$DEALWRIGHT" -f csv <<<"$line" ;;
      lua) run --separate-stderr "$DEALWRIGHT" -f csv exec "=$lua" ;;
    esac
    [ "$status" -eq "$expected" ] || { echo "$door: $status: $output $stderr" >&2; return 1; }
    [ "$output" = "$said" ] || { echo "$door: $output, not $said" >&2; return 1; }
    [ "${stderr_lines[0]-}" = "$wrong" ] || [ "${stderr_lines[0]-}" = "dealwright: prompt:1: ${wrong#dealwright: }" ] ||
      { echo "$door: $stderr, not $wrong" >&2; return 1; }
  done
}

@test "answers, failures and exit codes are the same from a shell, by exec, at the prompt and in Lua" {
  at_every_door 0 'list("deal", "--columns", "title,amount")' list deal --columns title,amount
  at_every_door 3 'list("deal", "stage=won", "--fail-if-empty")' list deal stage=won --fail-if-empty
  at_every_door 1 'show("#99")' show 99
  at_every_door 2 'list("deal", "--frob")' list deal --frob
  at_every_door 1 'list("dael")' list dael
  at_every_door 1 'advance("#3")' advance 3
  at_every_door 4 'delete("#3", "#4")' delete 3 4
}

@test "a line of Lua ends with the code of the last command it called, and so does a file" {
  run --separate-stderr "$DEALWRIGHT" exec 'list("deal", "stage=won", "--fail-if-empty")' 'print "not reached"'
  [ "$status" -eq 3 ]
  hides "not reached"
  works exec 'list("deal", "stage=won", "--fail-if-empty") list("deal")'
  echo 'list("deal", "stage=won", "--fail-if-empty")' >empty.lua
  run "$DEALWRIGHT" run empty.lua
  [ "$status" -eq 3 ]
}

@test "columns that there are not are refused before anything is changed" {
  for line in 'set 3 amount=5' 'new client Beta' 'delete 3' 'advance 3 owner=#1'; do
    fails 2 exec "$line --columns nosuch"
    fails 2 exec "$line --sort nosuch"
  done
  works history -f csv
  [ "${#lines[@]}" -eq 5 ]
}

@test "a script's line looks at the day that it names, and only that line" {
  dw new client Later --now 2030-01-01T00:00:00Z >/dev/null
  works -f csv exec '=#list("client", "--as-of", "2029-12-31"), #list("client")'
  [ "$output" = "1	2" ]
  fails 77 exec 'set("#3", "amount=1", "--as-of", "2029-12-31")'
}

@test "a refused move is kept in the history though a script tried it, with all its reasons told" {
  fails 1 advance 3
  reasons=$(sed 1d <<<"$stderr")
  fails 1 exec 'advance("#3")'
  [ "$(sed -e 1,2d <<<"$stderr")" = "$reasons" ]
  works history 3
  [ "$(grep -c refused <<<"$output")" -eq 2 ] || { echo "$output"; return 1; }
}

@test "a dry run that a script makes tells what would change" {
  works exec 'set("#3", "amount=77", "--dry-run")'
  works -f csv exec '=set("#3", "amount=77", "--dry-run")'
  shows "amount"
  works show 3
  hides "77.00"
}
