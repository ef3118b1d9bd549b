#!/usr/bin/env bats
# Before much is changed: who is asked, what is shown, and that nothing is done without a yes. The questions themselves are in tests/dialogue.
bats_require_minimum_version 1.5.0
load support

prepare() {
  make_book
}

# dump: every table but those that only index.
dump() {
  sqlite3 sales.db .dump | grep -v -e ' search' -e '"search' -e ' sequence' -e '"sequence'
}

# unchanged COMMAND...: the book is the same after it as before, whatever it answers.
unchanged() {
  dump >before.sql
  "$@"
  local code=$?
  dump >after.sql
  diff before.sql after.sql || { echo "'$*' changed the book" >&2; return 1; }
  return $code
}

@test "one record asks nothing, several do, with how much it is" {
  works set 3 source=web
  unchanged fails 4 set 3 4 source=fair
  says "This changes 2 deals worth 13.4k USD. add --yes to do it, --dry-run to see it"
  unchanged fails 4 delete 3 4
  says "This deletes 2 deals worth 13.4k USD."
  dw set 4 owner= >/dev/null
  unchanged fails 4 assign 3 4 "Анна Орлова"
  says "This changes 2 deals worth 13.4k USD."
  unchanged fails 4 --no-input set 3 4 source=fair
  works set 3 4 source=fair --yes
  shows "changed deal #4"
}

@test "kinds and currencies are counted apart" {
  dw set 4 amount="1,200,000 EUR" >/dev/null
  dw new deal Third client="Acme Clinic" amount="7 EUR" >/dev/null
  unchanged fails 4 delete 3 4 5
  says "This deletes 3 deals worth 12.5k USD and 1.2M EUR."
  unchanged fails 4 delete 3 4 5 2 1
  says "This deletes 1 user, 1 client, 3 deals worth 12.5k USD and 1.2M EUR."
}

@test "confirm=N asks from N records on" {
  works set 3 4 source=web --confirm 3
  fails 4 set 3 source=fair --confirm 1
  says "This changes 1 deal"
  dw config confirm=3 >/dev/null
  works set 3 4 source=fair
}

@test "a dry run shows every field, old and new, and changes nothing" {
  unchanged works set 3 4 source=web next_step=call owner="Анна Орлова" --dry-run
  [ "$output" = "~ deal #3 Scanners
    owner: unset → #1 Анна Орлова
    source: unset → web
    next_step: unset → call
~ deal #4 Ёлочные игрушки
    source: unset → web
    next_step: unset → call
(dry run: nothing was changed)" ] || { echo "$output"; return 1; }
  unchanged works delete 4 --dry-run
  shows "- deal #4 Ёлочные игрушки"
  unchanged works new client "New one" --dry-run
  shows "+ client #5 New one"
  unchanged works set 3 4 source=web --dry-run -f json
  [ "$(jq -c '[.rows[] | [.id, .change, .field, .old, .new]]' <<<"$output")" = '[[3,"changed","source",null,"web"],[4,"changed","source",null,"web"]]' ]
  unchanged works assign 3 4 "Анна Орлова" -n
  shows "owner: unset → #1 Анна Орлова"
  LC_ALL=C unchanged works set 3 source=web -n
  shows "source: unset -> web"
}

@test "what rules do is a part of it" {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Hooks" }' >workspace.lua
  mkdir -p stages
  cat >stages/hook.lua <<'LUA'
on "deal.changed.source" (function(deal, _, _, ctx)
  ctx:set(deal.client, { city = "Tver" })
  ctx:create("activity", { subject = "thank for " .. deal.source, type = "task", deal = deal })
end)
LUA
  dw set 2 industry=education >/dev/null
  unchanged works set 3 source=web -n
  shows "city: unset → Tver"
  shows "+ activity #5 thank for web"
  unchanged fails 4 set 3 4 source=web
  says "This changes 1 client, 2 deals worth 13.4k USD; adds 2 activities."
  works set 3 source=web
}

@test "several moves are all made or none, and the refusal is kept" {
  dw set 3 owner= >/dev/null
  dw set 2 city=Tver phone=+74951234567 >/dev/null
  works advance 4 --dry-run
  shows "prospecting → qualifying"
  fails 1 move 3 won next_step=call
  works show 3
  hides "call"
  works history 3
  shows "prospecting → won [refused]"
  fails 1 lose 4 3 lost_reason=price --reason price --yes
  says "lost_note"
  works list deal -f csv --columns stage
  hides "lost"
  works lose 4 3 lost_reason=price lost_note=expensive --reason price --yes
  works undo --yes
  works list deal -f csv --columns stage
  hides "lost"
}

@test "--yes in scripts, --no-input where nobody may be asked" {
  works exec 'set 3 4 source=web --yes'
  fails 4 exec 'set 3 4 source=fair'
  works list deal source=fair -f csv
  [ "${#lines[@]}" -eq 1 ]
}

@test "a command of the workspace asks from ten records on, or as it says" {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Many" }' >workspace.lua
  mkdir -p commands
  cat >commands/mark.lua <<'LUA'
local function mark(p, ctx)
  for deal in deals:each() do ctx:set(deal, { source = p.word }) end
  return "marked"
end
command "mark" { summary = "mark all deals", writes = true, params = { text "word" { required = true } }, examples = { "mark x" }, run = mark }
command "mark_all" { summary = "mark all deals", writes = true, confirm = false, params = { text "word" { required = true } },
  examples = { "mark_all x" }, run = mark }
command "mark_asking" { summary = "mark all deals", writes = true, confirm = "Really?", params = { text "word" { required = true } },
  examples = { "mark_asking x" }, run = mark }
LUA
  works mark few
  for i in 1 2 3 4 5 6 7 8; do dw new deal "Deal $i" client="Acme Clinic" >/dev/null; done
  unchanged fails 4 mark many
  says "This changes 10 deals worth 13.4k USD."
  unchanged fails 4 mark_asking many
  says "Really? add --yes"
  works mark many --yes
  works mark_all more
  unchanged works mark other --dry-run
  shows "source: more → other"
}

@test "promote asks for several" {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "Promotions" }' >workspace.lua
  mkdir -p stages processes
  echo 'process "status" { kind = "client", field = "status", stages = { "suspect", "prospect" } }' >processes/status.lua
  printf '%s\n' 'stage "status.suspect" { leave = { must "known" { "known", check = function() return today() > date "2026-01-01" end } } }' \
    'stage "status.prospect" { auto = true }' >stages/all.lua
  dw new client Beta --now 2025-01-01 >/dev/null
  dw set 2 city=Omsk >/dev/null
  dw new client Gamma --now 2025-01-01 >/dev/null
  unchanged fails 4 promote --now 2026-02-01
  says "This changes 2 clients."
  works promote --now 2026-02-01 --yes
}

@test "a line of Lua is one unit: asked for as a whole, taken back as a whole" {
  unchanged fails 1 exec 'set(deals:first(), "source=web") error "halfway"'
  works exec 'for deal in deals:each() do set(deal, "next_step=call") end new("client", "Beta")'
  works undo --dry-run
  shows "next_step: call → unset"
  shows "- client #5 Beta"
  works history --limit 1 -f json
  [ "$(jq -r '.rows[0].command' <<<"$output")" = 'for deal in deals:each() do set(deal, "next_step=call") end new("client", "Beta")' ]
  unchanged works --dry-run exec 'for deal in deals:each() do set(deal, "next_step=mail") end'
  shows "next_step: call → mail"
  works exec '=deals:count()'
  works exec 'undo("--yes")'
  works list deal -f csv --columns next_step
  hides "call"
}

@test "in a line of Lua a command asks as it would alone, and many small ones together from ten records on" {
  unchanged fails 4 exec 'set("deal", "--where", "amount>0", "next_step=mail")'
  says "This changes 2 deals worth 13.4k USD. add --yes"
  works exec 'set("deal", "--where", "amount>0", "next_step=mail", "--yes")'
  works --yes exec 'set("deal", "--where", "amount>0", "next_step=call")'
  for i in 1 2 3 4 5 6 7 8; do dw new deal "Deal $i" client="Acme Clinic" >/dev/null; done
  unchanged fails 4 exec 'for deal in deals:each() do set(deal, "source=web") end'
  says "This changes 10 deals worth 13.4k USD. add --yes"
  works exec 'for deal in deals:limit(9):each() do set(deal, "source=web") end'
}
