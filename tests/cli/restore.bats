#!/usr/bin/env bats
# Back to a backup: what is checked, what is told, what is kept.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
  dw backup copy.db >/dev/null
  dw set 3 source=web >/dev/null
  LOGNAME=ivan dw set 4 source=fair >/dev/null
}

kept() {
  printf '%s\n' sales.db.2*
}

dump() {
  sqlite3 "$1" .dump | grep -v -e ' search' -e '"search'
}

@test "restore tells what will be lost, asks, and keeps the state before" {
  fails 4 restore copy.db
  says "This puts 'copy.db' (4 units of work, the last "
  says "2 units of work by 2 people will not be in it."
  works restore copy.db --dry-run
  shows "ivan  set 4 source=fair"
  shows "(dry run: nothing was changed)"
  dump sales.db >before.sql
  works restore copy.db --yes
  shows "restored and verified: sales.db"
  dump copy.db >copy.sql
  dump sales.db | diff copy.sql -
  [ "$(kept | wc -l)" -eq 1 ]
  shows "the state before is kept: $(kept)"
  dump "$(kept)" | diff before.sql -
  [ "$(stat -c %a sales.db "$(kept)" | sort -u)" = 600 ]
  works list deal -f csv --columns source
  hides "web"
}

@test "what was kept can be restored in turn, and nothing is lost then" {
  dw restore copy.db --yes >/dev/null
  fails 4 restore "$(kept)"
  says "nothing is lost"
  works restore "$(kept)" --yes
  works list deal source=web -f csv
  [ "${#lines[@]}" -eq 2 ]
}

@test "another book is named as such" {
  dw -d other.db new client Beta >/dev/null
  fails 4 restore other.db
  says "it is no state of this database; 6 units of work by 2 people will not be in it"
}

@test "what is no sound backup is refused before anything is touched" {
  dump sales.db >before.sql
  cp copy.db damaged.db
  dd if=/dev/zero of=damaged.db bs=4096 seek=3 count=2 conv=notrunc 2>/dev/null
  fails 74 restore damaged.db --yes
  echo text >text.db
  fails 66 restore text.db --yes
  fails 66 restore none.db --yes
  fails 2 restore sales.db --yes
  says "is the database itself"
  sqlite3 copy.db "pragma user_version = 999"
  fails 74 restore copy.db --yes
  says "newer Dealwright"
  sqlite3 text2.db "create table t (a)"
  fails 66 restore text2.db --yes
  fails 77 restore copy.db --read-only
  dump sales.db | diff before.sql -
  [ "$(kept)" = "sales.db.2*" ]
}

@test "an older backup is brought to this program's schema" {
  gunzip -c "$BATS_TEST_DIRNAME/../core/golden/book_1.db.gz" >old.db
  works backup --verify old.db
  works restore old.db --yes
  works doctor
  works list client
}

@test "a damaged database and a missing one are replaced" {
  dd if=/dev/zero of=sales.db bs=4096 seek=2 count=3 conv=notrunc 2>/dev/null
  run --separate-stderr "$DEALWRIGHT" restore copy.db
  [ "$status" -eq 4 ]
  works restore copy.db --yes
  works doctor --full
  rm sales.db
  fails 4 restore copy.db
  says "there is no database now"
  works restore copy.db --yes
  works list deal
}

@test "nobody is overwritten while at work: 75" {
  mkfifo go
  sqlite3 sales.db <go >/dev/null 2>&1 &
  exec 7>go
  echo "begin immediate; select 1;" >&7
  sleep 0.5
  fails 75 restore copy.db --yes
  echo "rollback; .quit" >&7
  exec 7>&-
  wait
  works restore copy.db --yes
}

@test "an open prompt sees the restored book" {
  mkfifo typed
  "$DEALWRIGHT" <typed >session.txt 2>&1 &
  exec 7>typed
  echo 'list deal -f csv --columns source' >&7
  sleep 1
  works restore copy.db --yes
  echo 'set 3 next_step=call' >&7
  echo 'list deal -f csv --columns source,next_step' >&7
  exec 7>&-
  wait
  grep -q '^,call' session.txt || { cat session.txt; return 1; }
  works restore copy.db --yes
  run --separate-stderr "$DEALWRIGHT" <<<"set 3 source=late
restore copy.db --yes
list deal source=late -f csv
history"
  hides "late,"
}

@test "backup asks before it replaces one, and --verify only looks" {
  fails 4 backup copy.db
  says "'copy.db' exists already: 4 units of work, the last "
  works backup copy.db --yes
  works backup --verify copy.db
  shows "copy.db is sound: 6 units of work, the last "
  dd if=/dev/zero of=copy.db bs=4096 seek=3 count=2 conv=notrunc 2>/dev/null
  fails 74 backup --verify copy.db
  says "damaged"
  fails 66 backup --verify none.db
  mkdir elsewhere
  cd elsewhere
  works backup --verify ../sales.db
}
