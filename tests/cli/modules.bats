#!/usr/bin/env bats
# Files of modules/ hold what several files of a workspace share.
bats_require_minimum_version 1.5.0
load support

prepare() {
  mkdir -p modules/texts reports kinds
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of modules" }' >workspace.lua
  cat >modules/cities.lua <<'LUA'
local cities = { names = { "Oslo", "Bergen" } }
function cities.count() return #cities.names end
return cities
LUA
  printf '%s\n' 'local cities = require "cities"' 'return { say = function() return cities.count() .. " cities" end }' >modules/texts/say.lua
  printf '%s\n' 'extend "client" { choice "town" { table.unpack(require("cities").names) } }' >kinds/client.lua
  cat >reports/cities.lua <<'LUA'
local say = require "texts/say"
report "cities" { title = "Cities", columns = { text "said", integer "n" },
  rows = function() return { { said = say.say(), n = require("cities").count() } } end }
LUA
}

@test "files share what a module returns, while loading and later, modules among them" {
  works new user Ann
  works report cities -f csv
  shows "2 cities,2"
  fails 1 new client Acme town=Osol
  says "did you mean 'Oslo'?"
  works exec 'print(require("cities").count())'
  shows "2"
}

@test "no script changes what all share" {
  fails 1 exec 'require("cities").names = {}'
  says "the module 'cities' can't be changed"
}

@test "a module that is not there is named, with what was meant" {
  sed -i 's/"texts\/say"/"texts\/sya"/' reports/cities.lua
  fails 3 rules check
  says "reports/cities.lua:1: there is no module 'texts/sya'; did you mean 'texts/say'?"
  says "modules/texts/sya.lua"
}

@test "a mistake in a module is told once, at its line, with who could not load" {
  printf '%s\n' 'return {' '  x = nope }' >modules/cities.lua
  fails 3 rules check
  says "modules/cities.lua:2: 'nope' is not defined"
  says "modules/texts/say.lua:1: module 'cities' did not load; see modules/cities.lua"
  [ "$(grep -c "'nope'" <<<"$stderr")" -eq 1 ]
}

@test "a module that nobody requires is checked too" {
  printf '%s\n' 'local x =' >modules/unused.lua
  fails 3 rules check
  says "modules/unused.lua:2:"
}

@test "a module without a value, and modules in a circle" {
  printf '%s\n' 'local x = 1' >modules/empty.lua
  printf '%s\n' 'return { other = require "two" }' >modules/one.lua
  printf '%s\n' 'return { other = require "one" }' >modules/two.lua
  fails 3 rules check
  says "modules/empty.lua:1: a module ends with what it shares"
  says "modules require one another in a circle: one, two, one"
}
