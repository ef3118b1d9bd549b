#!/usr/bin/env bats
# Fields that nobody types in: formulas in listings, cards and exports; words in their own order.
bats_require_minimum_version 1.5.0
load support

prepare() {
  mkdir -p ws/kinds
  cat >ws/workspace.lua <<'LUA'
-- dealwright: api=1
workspace { name = "Test", currency = "EUR" }
LUA
  cat >ws/kinds/all.lua <<'LUA'
process "sale" { kind = "deal", field = "stage", stages = { "new", "checked", "agreed" }, ends = { won = "won", lost = "lost" } }
formula "deal.weighted" { "money", function(deal) return deal.amount * 0.5 end, title = "Weighted", title_ru = "Взвешено" }
formula "client.per_head" { "number", function(client)
  if client.employees == 13 then return client.nonsense end
  return client.revenue and client.employees / 10
end }
LUA
  cd ws || return 1
  dw -d sales.db new client Acme employees=100 revenue=5 >/dev/null # 1
  dw new client Beta employees=50 revenue=9 >/dev/null            # 2
  dw new deal Scanners client=Acme amount=1000 >/dev/null         # 3
  dw new deal Pumps client=Beta amount=300 >/dev/null             # 4
  dw new deal Lamps >/dev/null                                    # 5
}

@test "a formula is a column of a listing" {
  works list deal --columns title,weighted -f csv
  [ "$output" = "title,weighted
Scanners,500.00
Pumps,150.00
Lamps," ]
  works list deal --columns title,client.per_head -f csv
  shows "Scanners,10"
  shows "Pumps,5"
}

@test "a listing sorts by a formula it does not show, with a limit" {
  works list deal --sort -weighted --columns title --limit 2 -f csv
  [ "$output" = "title
Scanners
Pumps" ]
  works list deal --sort weighted,title --columns title -f csv
  [ "$output" = "title
Lamps
Pumps
Scanners" ]
}

@test "a card and an export hold every formula" {
  works show 3
  shows "Weighted"
  shows "500.00 EUR"
  works export deal
  shows ",weighted"
  works list deal -f json
  echo "$output" | jq -e '.rows[0].weighted.amount == "500.00" and .rows[2].weighted == null and .rows[0].id == 3'
}

@test "an export's ids are numbers" {
  works export client --columns id,name
  [ "$output" = "id,name
1,Acme
2,Beta" ]
}

@test "a filter by a formula is refused and says what to do" {
  fails 1 list deal "weighted>10"
  says "'weighted' is a formula"
  says "use the fields it reads"
}

@test "a broken formula leaves a gap, is told with its line, and the exit is 1" {
  dw set 2 employees=13 >/dev/null
  fails 1 export client --columns name,per_head
  [ "$output" = "name,per_head
Acme,10
Beta," ]
  says "formula 'per_head' is broken for 1 record, first #2: kinds/all.lua:4: client has no field 'nonsense'"
  run --separate-stderr "$DEALWRIGHT" show 2
  [ "$status" -eq 1 ]
  shows "Beta"
  shows "formula 'per_head' is broken: kinds/all.lua:4"
}

@test "stages and choices stand in their declared order" {
  dw move 3 checked >/dev/null
  dw lose 4 --reason "no money" >/dev/null
  works list deal --sort stage --columns title,stage -f csv
  [ "$output" = "title,stage
Lamps,new
Scanners,checked
Pumps,lost" ]
  works list deal --sort -stage --columns stage -f csv
  [ "$output" = "stage
lost
checked
new" ]
  works list deal "stage>new" --columns title -f csv
  [ "$output" = "title
Scanners
Pumps" ]
}

@test "a formula that stands on itself, or gives another type, is told at its line" {
  cat >kinds/more.lua <<'LUA'
formula "client.loop" { "number", function(client) return client.round end }
formula "client.round" { "number", function(client) return client.loop + 1 end }
formula "client.words" { "number", function() return "five" end }
LUA
  run --separate-stderr "$DEALWRIGHT" show 1
  [ "$status" -eq 1 ]
  shows "formula 'loop' is broken: kinds/more.lua:2: formula 'client.loop' stands on itself"
  shows "formula 'words' is broken: kinds/more.lua:3: words: 'five' is not a number"
}
