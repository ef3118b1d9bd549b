#!/usr/bin/env bats
# Annotations for editors: complete, up to date, and beside the scripts of a new workspace.
bats_require_minimum_version 1.5.0
load support

root() {
  echo "$BATS_TEST_DIRNAME/../.."
}

@test "the annotations of the shipped workspace are up to date" {
  dw -w "$(root)/scripts" rules meta >now.lua
  diff "$(root)/docs/reference/dealwright.lua" now.lua ||
    { echo "dealwright -w scripts rules meta > docs/reference/dealwright.lua"; return 1; }
}

# Lua's own, which every editor knows.
standard="_VERSION assert error getmetatable ipairs math next pairs pcall print rawequal require select setmetatable stats string table tonumber
tostring type utf8 xpcall"

# reached PATTERN: the names behind it in the list of what scripts reach.
reached() {
  grep -oE "^$1[a-z_]+(: (C )?function| = |: userdata)" "$(root)/tests/lua/reach.txt" | sed -E "s/^$1//; s/[: =].*//" | sort -u
}

described() {
  grep -oE "^(function $1[a-z_]+\(|$1[a-z_]+ = nil$)" "$(root)/docs/reference/dealwright.lua" |
    sed -E "s/^function //; s/^$1//; s/\($//; s/ = nil//" | sort -u
}

@test "every name that scripts reach is described, and nothing else" {
  diff <({ reached workspace.; reached mapping.; } | sort -u | grep -vxFf <(tr ' ' '\n' <<<"$standard")) <(described "")
  diff <(reached "session.stats.") <(described "stats\.")
  diff <(reached "session.activities.") <(described "class_query:")
  diff <(grep -oE "^ctx\.[a-z]+: function" "$(root)/tests/lua/reach.txt" | sed -E 's/ctx\.//; s/:.*//' | sort) \
    <(described "class_ctx:" | grep -vxE "command|install|read")
  diff <(grep -oE "^\(record\)\.[a-z_]+: function" "$(root)/tests/lua/reach.txt" | sed -E 's/.*\)\.//; s/:.*//' | sort) <(described "class_record:")
}

@test "kinds and fields of one's own are described" {
  mkdir -p kinds
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of annotations" }' >workspace.lua
  cat >kinds/own.lua <<'LUA'
kind "visit" { belongs_to = "client", title = "Visit", title_ru = "Визит",
  text "place" { required = true, help = "where\nit was" }, choice "mood" { "good", "bad" }, ref "host" { to = "user" },
  money "cost", minutes "length", choices "topics" { "price", "service" }, date "day" }
rollup "client.visits_paid" { count "visit" { cost = is_set }, help = "visits that cost something" }
formula "visit.hourly" { "money", function(visit) return visit.cost end }
LUA
  works rules meta
  shows '---@class visit : record'
  shows '---@field place string where it was'
  shows '---@field mood? "good"|"bad" Mood'
  shows '---@field host? user '
  shows '---@field cost? money '
  shows '---@field length? integer '
  shows '---@field topics? string[] '
  shows '---@field hourly? money '
  shows '---@field visits_paid? integer visits that cost something'
  shows '---@field visits visits'
  shows '---@field first fun(self: visits): visit?'
  shows 'function visit(values) end'
  works --lang ru rules meta
  shows '---Визит'
  shows '---сегодняшний день по часам программы'
}

@test "what a verb's table may hold comes from what it is checked by" {
  works rules meta
  shows '---@class options.process'
  shows '---@field back? "never"|"with reason"|"free"'
  shows '---@field stages table'
  shows '---@return fun(options: options.process)'
}

@test "a new workspace has it for its editor, and keeps what is there" {
  works init
  cmp library/dealwright.lua "$(root)/docs/reference/dealwright.lua"
  [ "$(jq -r '."workspace.library"[0]' .luarc.json)" = library ]
  works rules check
  mkdir other && cd other
  echo '{}' >.luarc.json
  works init
  [ "$(cat .luarc.json)" = '{}' ]
}
