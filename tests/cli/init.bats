#!/usr/bin/env bats
# A workspace for a newcomer: what is written, what is said, and that nothing of anybody is overwritten.
bats_require_minimum_version 1.5.0
load support

@test "init writes scripts, a book, a README and what git is not to see, and says how to go on" {
  works init mine
  shows "the database is mine/sales.db"
  shows "to begin: cd mine && dealwright"
  shows "cd mine && git init && git add ."
  [ -f mine/workspace.lua ] && [ -f mine/README.md ] && [ -f mine/.luarc.json ] && [ -f mine/sales.db ]
  grep -qx '\*\.db' mine/.gitignore
  works -w mine rules check
  cd mine
  while read -r name; do [ -e "$name" ] || { echo "no $name" >&2; return 1; }; done < <(grep -o '^| `[^|]*' README.md | grep -o '`[^`]*`' | tr -d '`')
}

@test "here, and in a folder with blanks" {
  mkdir here && cd here
  works init
  hides "cd ."
  shows "to begin: dealwright"
  works init "../my sales"
  shows 'cd "../my sales" && dealwright'
  works -w "../my sales" rules check
}

@test "what is there already stays: a README, a book, a .gitignore" {
  mkdir mine
  echo mine >mine/README.md
  echo mine >mine/.gitignore
  dw -d mine/sales.db new client Acme >/dev/null
  works init mine
  [ "$(cat mine/README.md mine/.gitignore)" = "mine
mine" ]
  works -w mine list client -f csv --columns name
  [ "${lines[1]}" = Acme ]
}

@test "a script that would be overwritten stops it before anything is written" {
  mkdir -p mine/stages/sale
  echo mine >mine/stages/sale/ends.lua
  fails 2 init mine
  says "'mine/stages/sale/ends.lua' is there already"
  [ "$(find mine -type f)" = mine/stages/sale/ends.lua ]
  works init other
  fails 2 init other
  says "holds a workspace already; 'dealwright -w other' uses it"
}

@test "git takes the rules and leaves the data" {
  command -v git >/dev/null || skip "there is no git"
  works init mine
  cd mine
  dw backup copy.db >/dev/null
  git init -q
  git status --porcelain >status.txt
  grep -q workspace.lua status.txt
  run grep '\.db' status.txt
  [ "$status" -eq 1 ]
}
