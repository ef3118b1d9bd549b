#!/usr/bin/env bats
# edit: a record or a script in the user's editor; here the editor is a line of sed.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
  unset VISUAL
}

# edits SED: the editor from here on.
edits() {
  printf '#!/bin/sh\nfor file; do :; done\ncp "$file" "%s/seen"\nexec sed -i -e '"'%s'"' "$file"\n' "$PWD" "$1" >editor
  chmod +x editor
  export EDITOR="$PWD/editor"
}

@test "a record is changed in the editor as one command that undo takes back" {
  edits 's/^amount=.*/amount="15,000.00 USD"/; s/^next_step=.*/next_step="send the plan"/'
  works edit '#3'
  shows "changed deal #3"
  works show 3
  shows "15,000.00 USD"
  shows "send the plan"
  works undo --yes
  works show 3
  shows "12,500.00 USD"
  hides "send the plan"
}

@test "what the editor shows is what set takes: all fields, quoted, none that a process moves" {
  edits ''
  works edit '#4'
  shows "nothing changed"
  grep -q '^title="Ёлочные игрушки"$' seen
  grep -q '^client=#2$' seen
  grep -q '^# client=#2 Acme Clinic$' seen
  grep -q '^expected_close=$' seen
  ! grep -q '^stage' seen
}

@test "nothing behind = unsets a field" {
  edits 's/^owner=.*/owner=/'
  works edit '#4'
  works show 4
  hides "Анна Орлова"
}

@test "a text keeps its quotes and its line ends through the editor" {
  works set 3 'notes=he said "no | never"
and > left'
  edits 's/never/ever/'
  works edit '#3'
  works show 3 -f json
  [ "$(jq -r '.rows[0].notes // .[0].notes // .notes' <<<"$output")" = 'he said "no | ever"
and > left' ]
}

@test "a mistake changes nothing and is told" {
  edits 's/^amount=.*/amount=much/'
  fails 1 edit '#3'
  says "much"
  works show 3
  shows "12,500.00 USD"
}

@test "an editor that fails or is not there changes nothing" {
  printf '#!/bin/sh\nexit 3\n' >editor
  chmod +x editor
  EDITOR="$PWD/editor" fails 1 edit '#3'
  says "ended with 3"
  EDITOR=/nonexistent/editor fails 78 edit '#3'
  says "set VISUAL or EDITOR"
}

@test "no text of a client stays behind in the folder for temporary files" {
  mkdir tmp
  edits ''
  TMPDIR=$PWD/tmp works edit '#3'
  [ -z "$(ls tmp)" ]
}

@test "a rule is opened where it stands and is in force afterwards" {
  works init mine
  printf '#!/bin/sh\necho "$@" >"%s/called"\nsed -i "s/we know what they do/we know their trade/" "$2"\n' "$PWD" >editor
  chmod +x editor
  EDITOR="$PWD/editor" works -w mine edit rule relationship.suspect.industry
  shows "the rules are in force"
  grep -Eq '^\+[0-9]+ .*stages/relationship/suspect.lua$' called
  works -w mine rules show relationship.suspect.industry
  shows "we know their trade"
}

@test "a script that is wrong after editing is told with its line, and edit rule opens it there" {
  works init mine
  printf '#!/bin/sh\necho "$@" >"%s/called"\necho "nonsense = 1" >>"$2"\n' "$PWD" >editor
  chmod +x editor
  EDITOR="$PWD/editor" fails 1 -w mine edit rule fit.size
  says "scorecards/fit.lua"
  printf '#!/bin/sh\necho "$@" >"%s/called"\nsed -i "/^nonsense/d" "$2"\n' "$PWD" >editor
  EDITOR="$PWD/editor" works -w mine edit rule
  grep -Eq '^\+[0-9]+ .*scorecards/fit.lua$' called
  works -w mine rules check
}

@test "the scripts inside the program can't be edited, and init is named" {
  edits ''
  fails 1 edit rule fit.size
  says "init"
}

@test "after an activation a rule is opened where it stands in the file, and a mistake in it is found" {
  works init mine
  works -w mine rules activate --reason "the first ones"
  local script=mine/stages/relationship/suspect.lua line
  sed -i '1i -- a remark\n-- another' "$script"
  line=$(grep -n 'must "industry"' "$script" | cut -d: -f1)
  printf '#!/bin/sh\necho "$1" >"%s/called"\n' "$PWD" >editor
  chmod +x editor
  EDITOR="$PWD/editor" works -w mine edit rule relationship.suspect.industry
  [ "$(cat called)" = "+$line" ]
  shows "'rules activate' takes them over"
  printf '#!/bin/sh\necho "nonsense = 1" >>"$2"\n' >editor
  EDITOR="$PWD/editor" fails 1 -w mine edit rule relationship.suspect.industry
  says "suspect.lua"
  says "nonsense"
}
