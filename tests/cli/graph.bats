#!/usr/bin/env bats
# Processes as pictures: one definition, in each shape.
bats_require_minimum_version 1.5.0
load support

# Three stages and both ends; the titles hold what has a meaning in each language.
prepare() {
  mkdir -p processes
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of graphs" }' >workspace.lua
  cat >processes/sale.lua <<'LUA'
process "sale" { kind = "deal", field = "stage", title = "Sale", title_ru = "Продажа",
  stages = { "first", "second" }, ends = { won = "won", lost = "lost", closed = "closed" }, skip = true, back = "free" }
stage "sale.first" { title = 'The "first" <b>&#35;\\ one', title_ru = "Начало", leave = {
  must "client" { "there is a client", check = function() return true end },
  should "owner" { "there is an owner", check = function() return false end } } }
stage "sale.second" { title = "Second", auto = true, leave = {
  must "never" { "it never is", check = function() return false end } } }
stage "sale.won" { title = "Won" }
stage "sale.lost" { title = "Lost" }
LUA
  cat >processes/other.lua <<'LUA'
process "mailing" { kind = "campaign", field = "stage", where = { type = "mailing" }, stages = { "draft" }, back = "never" }
LUA
}

# Three deals: one went on by itself, as all do; one is lost from the second stage.
make_deals() {
  for title in One Two Three; do dw -d sales.db new deal $title >/dev/null; done
  dw back One --reason "not yet" >/dev/null
  dw lose Two --reason "no need" >/dev/null
  dw advance Three --force --reason test >/dev/null
}

@test "stages, arrows and ends with what stands there and went on" {
  make_deals
  cat >expected <<'TEXT'
Sale: deal.stage
────────────────

┌──────────────────────────────────────┐
│ The "first" <b>&#35;\ one            │
│ 1 record, 1 must, 1 should           │
└──┬───────────────────────────────────┘
   │ 3 of 3 went on (100 %)
┌──▼───────────────────────────────────┐
│ Second                               │
│ 0 records, 1 must, entered by itself │
└──┬───────────────────────────────────┘
   │ 1 of 3 went on (33 %)
┌──▼───────────────────────────────────┐
│ Won                                  │
│ 1 record                             │
└──────────────────────────────────────┘
   ┊ from any stage
┌──▼───────────────────────────────────┐
│ Lost                                 │
│ 1 record                             │
└──────────────────────────────────────┘
   ┊ from any stage
┌──▼───────────────────────────────────┐
│ closed                               │
│ 0 records                            │
└──────────────────────────────────────┘

  • stages may be skipped
  • back to any stage before
TEXT
  works rules graph sale
  [ "$output" = "$(cat "$BATS_TEST_TMPDIR/expected")" ] || { echo "$output"; return 1; }
}

@test "all processes are drawn when none is named, also without a database" {
  works rules graph
  shows "Sale: deal.stage"
  shows "mailing: campaign.stage"
  shows "for records with type = mailing"
  shows "nothing goes back"
  shows "│ 1 must, entered by itself"
  hides "record,"
  fails 1 rules graph sael
  says "did you mean 'sale'?"
}

@test "without Unicode it is drawn with what there is" {
  export LC_ALL=C
  works rules graph mailing
  shows "+-------+
| draft |
+-------+"
  ! grep -q '[^ -~]' <<<"$output"
}

@test "Markdown has a flowchart of Mermaid, with every mark of its language escaped" {
  works rules graph sale -f markdown
  shows '```mermaid
flowchart TD
  subgraph open [" "]
    s0["The #quot;first#quot; #lt;b#gt;#amp;#35;35;\ one<br/>1 must, 1 should"]'
  shows '  s0 --> s1
  s1 --> s2
  s2(["Won"])
  s3(["Lost"])
  open -..->|"from any stage"| s3'
}

@test "Graphviz gets a digraph of each process" {
  make_deals
  works rules graph -o all.dot
  [ "$(grep -c '^digraph' all.dot)" = 2 ]
  grep -qF 's0 [label="The \"first\" <b>&amp;#35;\\ one\n1 record, 1 must, 1 should"];' all.dot
  grep -qF 's0 -> s1 [label="3 of 3 went on (100 %)"];' all.dot
  grep -qF 's1 -> s3 [label="from any stage", ltail=cluster_open, style=dashed];' all.dot
  fails 2 list deal -f dot
  says "a graph is made of a diagram"
}

@test "HTML has it as a picture that the page's policy allows" {
  works rules graph sale -o sale.html
  grep -q '<svg xmlns="http://www.w3.org/2000/svg" role="group"' sale.html
  grep -qF 'The &quot;first&quot; &lt;b&gt;&amp;#35;\ one</text>' sale.html
  [ "$(grep -c '<rect' sale.html)" = 5 ]
  [ "$(grep -c 'stroke-dasharray' sale.html)" = 2 ]
  ! grep -q 'style="\|<script\|<image\|href=' sale.html
}

@test "JSON has its boxes, and lists refuse it" {
  works rules graph sale -f json
  [ "$(jq -r '.blocks[1].boxes[] | "\(.place) \(.name)"' <<<"$output" | paste -sd,)" = "group first,group second,end won,out lost,out closed" ]
  fails 2 rules graph sale -f csv
  says "the answer is a document"
}

@test "it is counted as of a day" {
  dw -d sales.db new deal Old --now 2026-01-10 >/dev/null
  works rules graph sale --as-of 2026-01-01
  hides "1 record"
}

@test "in Russian" {
  works --lang ru rules graph sale
  shows "Продажа: deal.stage"
  shows "│ Начало"
}
