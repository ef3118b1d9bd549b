#!/usr/bin/env bats
# Documents, letters, and results as Markdown and HTML.
bats_require_minimum_version 1.5.0
load support

prepare() {
  mkdir -p commands reports
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of documents" }' >workspace.lua
  cat >commands/documents.lua <<'LUA'
local columns = { text "name" { title = "Who" }, integer "employees" { title = "People" } }
local letter = template [[Dear {contact.name},

you wrote on {on} about {deal.title} for {deal.amount}. {{Sincerely}}
{sender}]]
command "briefing" {
  summary = "all about a client", params = { ref "client" { to = "client", required = true } }, examples = { "briefing Acme" },
  run = function(p)
    return document {
      title = "Briefing: " .. p.client.name,
      heading "Who they are",
      facts { { "Industry", p.client.industry }, { "Name", p.client.name }, { "On", date "2026-01-02" } },
      paragraph "First line.\nSecond <b>line</b> & 1. more, *not* bold, of a paragraph that is long enough to be broken at eighty columns.",
      heading("Next", 2), p.client.industry == "none" and paragraph "never",
      bullets { "call | ask", "*write*" }, { numbered { "one", "two" }, "a text is a paragraph" },
      table(clients:order_by "name", { title = "All of them", columns = columns }),
    }, { "a note" }
  end }
command "letter" {
  summary = "a letter", params = { boolean "short" { default = false } }, examples = { "letter" },
  run = function(p)
    local values = { contact = { name = "Ann" }, deal = deals:first(), on = date "2026-02-03" }
    if p.short then return letter(values) end
    return document { paragraph(letter(values)) }
  end }
command "wrong" {
  summary = "mistakes", params = { text "how" }, examples = { "wrong block" },
  run = function(p)
    local ways = {
      block = function() return document { 5 } end, option = function() return document { titel = "x" } end,
      nothing = function() return paragraph(nil) end, level = function() return heading("x", 4) end,
      brace = function() return template "a {b" end, code = function() return template "{a + b}" end,
      into = function() return template "{a.b}" { a = 5 } end, func = function() return template "{a}" { a = function() end } end,
      field = function() return template "{c.nmae}" { c = clients:first() } end, pair = function() return facts { "x" } end,
      change = function() local d = document {} d.title = "x" return d end,
    }
    return ways[p.how]()
  end }
LUA
  cat >reports/words.lua <<'LUA'
report "words" { title = "In words", params = { text "about" { default = "nothing" } },
  rows = function(p) return document { paragraph("About " .. p.about .. ".") } end }
LUA
  dw new client Acme industry=medical employees=12000 >/dev/null
  dw new client '<script>alert("x")</script> | *b*' >/dev/null
  dw new deal "Pumps & Co" client=Acme amount=1200 >/dev/null
}

@test "a document as text: headings, facts, lists, tables, wrapped" {
  works briefing Acme --width 60
  shows "Briefing: Acme
══════════════

Who they are
────────────

  Industry  medical
  Name      Acme
  On        2026-01-02

First line.
Second <b>line</b> & 1. more, *not* bold, of a paragraph
that is long enough to be broken at eighty columns.

Next

  • call | ask
  • *write*

  1. one
  2. two

a text is a paragraph

All of them"
  shows "12,000"
  shows "a note"
  hides "never"
  LC_ALL=C works briefing Acme --width 60
  shows "=============="
  shows "  - call"
}

@test "a document as Markdown: data is no markup" {
  works briefing Acme -f markdown
  shows "# Briefing: Acme

## Who they are

- **Industry**: medical"
  shows 'First line.\
Second \<b\>line\</b\> \& 1. more, \*not\* bold'
  shows '### Next'
  shows '- call \| ask'
  shows '1. one'
  shows 'All of them

| Who | People |
| --- | ---: |
| \<script\>alert("x")\</script\> \| \*b\* |  |
| Acme | 12,000 |'
  shows '*data '
}

@test "a document as HTML: escaped, no scripts, a strict policy" {
  works briefing Acme -o briefing.html
  [ -z "$output" ]
  run cat briefing.html
  shows '<html lang="en">'
  shows "<title>Briefing: Acme</title>"
  shows "<h1>Briefing: Acme</h1>"
  shows "<dt>Industry</dt>"
  shows "<li>call | ask</li>"
  shows "<ol>"
  shows "<caption>All of them</caption>"
  shows '<td>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; | *b*</td><td class="n"></td>'
  shows '<td class="n">12,000</td>'
  shows "default-src 'none'; style-src 'sha256-"
  shows "prefers-color-scheme:dark"
  shows "@media print"
  hides "<script"
  hides "unsafe-inline"
}

@test "the policy of a page names the hash of its style sheet" {
  works briefing Acme -f html
  sheet=${output#*<style>}
  sheet=${sheet%%</style>*}
  hash=$(printf '%s' "$sheet" | openssl dgst -sha256 -binary | openssl base64)
  shows "'sha256-$hash'"
}

@test "a document as JSON: blocks" {
  works briefing Acme -f json
  shows '{"title":"Briefing: Acme"'
  shows '{"type":"heading","level":2,"text":"Next"}'
  shows '{"type":"facts","items":[["Industry","medical"],["Name","Acme"],["On","2026-01-02"]]}'
  shows '{"type":"bullets","items":["call | ask","*write*"]}'
  shows '{"type":"table","title":"All of them","columns":[{"name":"name"'
  shows '"notes":["a note"]'
  jq -e . <<<"$output" >/dev/null
}

@test "a document has no rows" {
  fails 2 briefing Acme -f csv
  says "the answer is a document, which has no rows for csv"
  fails 2 briefing Acme -f ndjson
  fails 2 briefing Acme --limit 1
  says "are for tables"
  works briefing Acme --fail-if-empty
}

@test "ordinary results as Markdown and HTML, by format and by extension" {
  works list client -f markdown
  shows '| \# |'
  shows '| \#2 | \<script\>alert("x")\</script\> \| \*b\* |'
  works list client -o clients.md
  grep -q '| \\#1 | Acme |' clients.md
  works exec 'list client > clients.html'
  grep -q '&lt;script&gt;' clients.html
  run ! grep -q '<script' clients.html
  works list client -f html --lang ru
  shows '<html lang="ru">'
  fails 2 list client -f markdwn
  says "did you mean 'markdown'?"
}

@test "a file is written whole or not at all" {
  echo before >briefing.md
  fails 1 briefing Nobody -o briefing.md
  [ "$(cat briefing.md)" = before ]
  works briefing Acme -o briefing.md
  head -1 briefing.md | grep -q '^# Briefing'
  [ -z "$(ls briefing.md.* 2>/dev/null)" ]
}

@test "control characters never get out, into files neither" {
  dw new client $'Evil\e[31mred' >/dev/null
  for format in table markdown html; do
    works list client -f "$format" --width 80
    if [ "$format" != table ]; then hides $'\e'; fi
    works briefing Acme -f "$format"
    hides $'\e[31m'
  done
}

@test "a template shows what is not known as a gap, and notes it" {
  works letter
  shows "Dear Ann,

you wrote on 2026-02-03 about Pumps & Co for 1,200.00 USD. {Sincerely}
[sender?]"
  shows "not known: sender"
  works letter short=true
  shows "[sender?]"
  hides "not known"
  says "not known: sender"
  works letter -f html
  shows "Pumps &amp; Co"
  works letter --lang ru
  shows "не известно: sender"
}

@test "a report may answer a document" {
  works report words about=needs
  shows "In words
════════

About needs."
  shows "report words about=needs"
  works report words -f json
  shows '"blocks":['
}

@test "what a script gets of a document is its text" {
  works exec 'briefing("Acme")'
  shows "Briefing: Acme"
}

@test "mistakes in documents and templates name the author's line" {
  fails 1 wrong block
  says "commands/documents.lua"
  says "document: entry 1 is a number, not a block"
  fails 1 wrong option
  says "document has no option 'titel'; did you mean 'title'?"
  fails 1 wrong nothing
  says "paragraph takes a text, not a nil"
  fails 1 wrong level
  says "the level is 1, 2 or 3"
  fails 1 wrong brace
  says "template: '{b' is no {path}"
  fails 1 wrong code
  says "template: '{a + b}' is no {path}"
  fails 1 wrong into
  says "'a.b' leads into a number"
  fails 1 wrong func
  says "takes a text, not a function"
  fails 1 wrong field
  says "did you mean 'name'?"
  fails 1 wrong pair
  says "not a pair"
  fails 1 wrong change
  says "a document can't be changed"
}
