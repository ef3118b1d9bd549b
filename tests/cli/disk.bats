#!/usr/bin/env bats
# A disk that can't be written, and one that is full: the book stays as it was.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
  mkdir small
  before=$(dw export deal)
}

# on_disk LINE...: runs the lines of sh in a small file system of its own that holds the book.
on_disk() {
  unshare -rm true 2>/dev/null || skip "no mount of one's own can be made here"
  printf '%s\n' 'set -e' 'mount -t tmpfs -o size=4m tmpfs small' 'cp sales.db small/' 'cd small' "$@" >lines.sh
  run --separate-stderr unshare -rm bash lines.sh
  [ "$status" -eq 0 ] || { echo "exit $status: $output $stderr" >&2; return 1; }
}

# ends CODE COMMAND, for lines of on_disk.
ends='ends() { wanted=$1; shift; code=0; "$DEALWRIGHT" -d sales.db "$@" || code=$?;
  [ $code = $wanted ] || { echo "$* ends with $code" >&2; exit 1; }; }'

@test "on a read-only disk all can be read and nothing is changed" {
  on_disk "$ends" 'cd ..; mount -o remount,ro small; cd small' 'ends 0 list deal' 'ends 77 set 3 amount=5' \
    'ends 77 new client Beta' 'ends 74 backup copy.db' 'ends 74 list deal -o deals.csv' 'ends 0 export deal >../after.csv'
  says "is open for reading only"
  says "cannot write deals.csv"
  [ "$(cat after.csv)" = "$before" ]
}

@test "on a full disk a change fails, says what to do and leaves the book as it was" {
  on_disk "$ends" 'dd if=/dev/zero of=fill bs=1k 2>/dev/null || true' 'ends 74 set 3 amount=5' 'ends 74 backup copy.db' \
    'ends 74 list deal -o deals.csv' '[ ! -e copy.db ] && [ ! -e deals.csv ]' 'rm fill' 'ends 0 export deal >../after.csv' \
    'ends 0 set 3 amount=6'
  says "the disk is full: free some space and try again"
  [ "$(cat after.csv)" = "$before" ]
}
