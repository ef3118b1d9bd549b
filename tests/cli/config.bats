#!/usr/bin/env bats
# Settings: the file, the environment, the line, and which of them counts.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
  file="$HOME/.config/dealwright/config"
}

# holds LINE...: the file of settings is these lines.
holds() {
  mkdir -p "${file%/*}"
  printf '%s\n' "$@" >"$file"
}

# setting NAME: "value from", as config lists it.
setting() {
  "$DEALWRIGHT" config -f json "${@:2}" | jq -r --arg name "$1" '.rows[] | select(.setting == $name) | "\(.value) \(.from)"'
}

@test "without a file everything has its default" {
  [ "$(setting color)" = "auto default" ]
  [ "$(setting db)" = "sales.db default" ]
  works config path
  [ "$output" = "$file" ]
  [ ! -e "$file" ]
}

@test "the nearer counts: line, start, environment, file, default" {
  holds "color = never" "width = 70"
  [ "$(setting color)" = "never $file:1" ]
  export DEALWRIGHT_COLOR=always
  [ "$(setting color)" = "always DEALWRIGHT_COLOR" ]
  [ "$("$DEALWRIGHT" --color auto config -f json | jq -r '.rows[] | select(.setting == "color").value')" = auto ]
  [ "$(setting color --color never)" = "never --color" ]
  [ "$(setting width)" = "70 $file:2" ]
}

@test "what the file says is done" {
  holds "# for spreadsheets" "" "format = csv   # always" "columns_are_no_setting_here = 1"
  fails 78 list deal
  holds "# for spreadsheets" "" "format = csv   # always"
  works list deal --columns title
  [ "${lines[0]}" = title ]
  works list deal --columns title -f tsv
  [ "${lines[0]}" = title ]
  holds "read-only = on"
  fails 77 set 3 amount=5
  holds 'pager = "less -FRX"' "timing = on"
  run --separate-stderr "$DEALWRIGHT" exec "list deal"
  [ "$status" -eq 0 ]
  grep -q ' s$' <<<"$stderr"
}

@test "a mistake is told with its line, and only what mends it runs" {
  holds "format = csv" "colour = never"
  fails 78 list deal
  says "$file:2: no setting 'colour'; did you mean 'color'?"
  fails 78
  says "did you mean 'color'?"
  works config path
  works help list
  works version
  fails 78 --errors json list deal
  [ "$(jq -r .error.exit <<<"$stderr")" = 78 ]
  EDITOR="sed -i s/colour/color/" works config edit
  works list deal
}

@test "every kind of mistake has its words" {
  local line part
  while IFS='|' read -r line part; do
    holds "format = csv" "$line"
    fails 78 list deal
    says "$file:2: "
    says "$part"
  done <<'END'
colors = never|did you mean 'color'?
color = nevr|did you mean 'never'?
color = teal|it is one of: auto, always, never
format = json|'format' is set in line 1 already
width = wide|width is a number from 1 to 10000, not 'wide'
width = 0|width is a number from 1
confirm = 0|confirm is a number from 1
timeout = soon|is a number of seconds, not 'soon'
lang = fr|it is one of: en, ru
db = sales.db|it begins with / or ~/
just words|'just words' is no setting; write name = value
now = 2026-01-01|is for one line or one session
blargh = 1|no setting 'blargh'; 'config' lists what there is
END
  printf 'format = csv\377\n' >"$file"
  fails 78 list deal
  says "no text in UTF-8"
  head -c 100000 /dev/zero | tr '\0' '#' >"$file"
  fails 78 list deal
  says "larger than"
}

@test "a wrong variable is named" {
  export DEALWRIGHT_WIDTH=wide
  fails 78 list deal
  says "DEALWRIGHT_WIDTH: width is a number"
}

@test "config NAME=VALUE changes the file and nothing else in it" {
  holds "# mine" "format = csv" "" "color = never"
  works config format=json width=90 "pager=less -FRX"
  diff - "$file" <<'END'
# mine
format = json

color = never
width = 90
pager = less -FRX
END
  works config format=
  run grep -q format "$file"
  [ "$status" -eq 1 ]
  cp "$file" before
  fails 2 config width=120 colour=never
  says "did you mean 'color'?"
  fails 2 config now=2026-01-01
  fails 2 config nonsense
  says "neither path nor edit nor name=value"
  cmp before "$file"
}

@test "paths are whole: from the home, or from where one stands" {
  works config db=other.db
  grep -qx "db = $PWD/other.db" "$file"
  mkdir elsewhere
  works config 'db=~/mine.db'
  [ "$(cd elsewhere && setting db)" = "$HOME/mine.db $file:1" ]
}

@test "the folder one stands in is nearer than the file, a named workspace too" {
  dw init here >/dev/null
  dw init there >/dev/null
  holds "workspace = $PWD/there" "db = $PWD/sales.db"
  [ "$(setting workspace)" = "$PWD/there $file:1" ]
  [ "$(setting db)" = "$PWD/sales.db $file:2" ]
  [ "$(cd here && setting db)" = "sales.db default" ]
  [ "$(cd here && setting workspace)" = ". default" ]
  works use -w here
  shows "database here/sales.db"
  works -w here use
  shows "database here/sales.db"
}

@test "config edit makes the file with every setting as a remark" {
  EDITOR=true works config edit
  grep -qx "# format =" "$file"
  works list deal
  [ "$(stat -c %a "${file%/*}")" = 700 ]
}

@test "without a home there is no file, and that is no failure" {
  run --separate-stderr env -u HOME "$DEALWRIGHT" list deal
  [ "$status" -eq 0 ]
  [ -z "$stderr" ]
  run --separate-stderr env -u HOME "$DEALWRIGHT" config path
  [ "$status" -eq 78 ]
  says "set HOME or DEALWRIGHT_CONFIG"
  run --separate-stderr env -u HOME DEALWRIGHT_CONFIG="$PWD/mine" "$DEALWRIGHT" config format=csv
  [ "$status" -eq 0 ]
  [ "$(cat mine)" = "format = csv" ]
}

@test "a workspace speaks its first language where nobody asks for another" {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Russian", languages = { "ru", "en" } }' >workspace.lua
  works show 3
  shows "Клиент"
  LC_ALL=en_US.UTF-8 works show 3
  shows "Client"
  LC_ALL=C works show 3
  shows "Client"
  works show 3 --lang en
  shows "Client"
  DEALWRIGHT_LANG=en works show 3
  shows "Client"
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "French", languages = { "fr" } }' >workspace.lua
  fails 1 show 3
  says "language 'fr' is not spoken here"
}
