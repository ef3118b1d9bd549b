#!/usr/bin/env bats
# watch: a command again and again.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

@test "what another process changed is marked at the next look, and only that" {
  ( sleep 0.5; "$DEALWRIGHT" set 3 amount=99000 >/dev/null ) &
  works watch --every 1 --times 3 list deal --columns title,amount
  wait
  shows "99,000.00 USD*"
  [ "$(grep -c '\*' <<<"$output")" = 1 ]
}

@test "a heading says what is watched and how often" {
  works watch --every 0.5 --times 1 list deal stage=prospecting
  [[ ${lines[0]} == "every 0.5 s "*" UTC   list deal stage=prospecting" ]]
}

@test "the marks are on a record too, where one is shown" {
  ( sleep 0.5; "$DEALWRIGHT" set 3 next_step=call >/dev/null ) &
  works watch --every 1 --times 2 show 3
  wait
  grep -Eq '^  Next step +call\*$' <<<"$output"
  hides "Scanners*"
}

@test "figures of a chart that changed are marked" {
  ( sleep 0.5; "$DEALWRIGHT" set 3 amount=99000 >/dev/null ) &
  works watch --every 1 --times 3 chart pipeline amount,weighted --width 60
  wait
  [ "$(grep -c '^prospecting .*99,900.00 USD\*$' <<<"$output")" = 1 ]
  [ "$(grep -c '\*$' <<<"$output")" = 2 ] # and the weighted amount
}

@test "what changes data or the session can't be watched" {
  fails 2 watch set 3 amount=1
  says "'set' changes data"
  fails 2 watch watch list deal
  says "about the session"
  fails 2 watch shw 3
  says "did you mean 'show'?"
  fails 2 watch --every no list deal
  says "--every takes seconds"
}
