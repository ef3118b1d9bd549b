bats_require_minimum_version 1.5.0
load support

prepare() {
  printf 'id,client,won\n7,Acme,2018-02-26 19:58:54\n8,Beta,2018-03-01 08:00:00\n' >closed.csv
}

mapping() { # mapping STAGES
  cat >map.lua <<LUA
import {
  title = "Closed",
  file "closed.csv" { kind = "deal", match = "external_id",
    column "id"     { to = "external_id" },
    column "client" { to = "client", by = "name", create = true },
    column "won"    { to = "closed_on" },
    stages "sale" { $1 },
  },
}
LUA
}

@test "every row of a file may have reached the same stages" {
  mapping 'reached "won" { at = "won" }'
  works -d sales.db import map.lua closed.csv
  works list deal --columns external_id,stage -f csv
  [ "$output" = $'external_id,stage\n7,won\n8,won' ]
}

@test "stages say a column with its words, or what all rows have reached" {
  mapping ''
  fails 1 -d sales.db import map.lua closed.csv
  says "give a column and its words, or what every row has reached"
  mapping 'word "Won" { reached "won" }'
  fails 1 -d sales.db import map.lua closed.csv
  says "map.lua:7"
}

@test "a moment in a column of dates counts as its day" {
  mapping 'reached "won" { at = "won" }'
  works -d sales.db import map.lua closed.csv
  works list deal --columns closed_on -f csv
  [ "$output" = $'closed_on\n2018-02-26\n2018-03-01' ]
}
