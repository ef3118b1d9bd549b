#!/usr/bin/env bats
# Commands that a workspace declares are commands like the built-in ones.
bats_require_minimum_version 1.5.0
load support

prepare() {
  mkdir -p commands
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of commands" }' >workspace.lua
  cat >commands/daily.lua <<'LUA'
command "agenda" {
  summary = "what is planned for a day", summary_ru = "что намечено на день",
  params = { date "on" { default = "today", help = "the day" }, ref "owner" { to = "user" } },
  examples = { "agenda", "agenda friday", "agenda on=+3d owner=Ann" },
  columns = { text "subject", date "day", text "who" },
  run = function(p) return { { subject = "call", day = p.on, who = p.owner } }, { "made by hand" } end,
}
command "jot" {
  summary = "write down what was said", writes = true,
  params = { ref "about" { to = "record", required = true }, minutes "spent" { loose = true }, date "on" { loose = true },
    text "next" { named = true }, text "words" { rest = true } },
  examples = { "jot #42", "jot #42 friday 45m \"asked for a price\" next=call" },
  run = function(p, ctx)
    local note = ctx:create("activity", { type = "note", state = "held", subject = p.words or "nothing said" })
    if p.next then ctx:command("set #" .. note.id, { notes = p.next }) end
    return table.concat({ tostring(p.about), tostring(p.spent), tostring(p.on), tostring(p.next), tostring(p.words) }, "|")
  end,
}
command "people" {
  summary = "everyone", examples = { "people" },
  run = function(_, ctx) return ctx:command "list user" end,
}
command "clear-out" {
  summary = "delete a client", writes = true, params = { ref "client" { to = "client", required = true } },
  examples = { "clear-out Acme" }, confirm = function(p) return "This deletes " .. p.client.name .. "." end,
  run = function(p, ctx) ctx:delete(p.client) end,
}
command "sneak" {
  summary = "tries what it may not", params = { choice "how" { "create", "command", "loop", "undo", "prompt", "file" } },
  examples = { "sneak create" },
  run = function(p, ctx)
    if p.how == "create" then ctx:create("client", { name = "Sneaky" }) end
    if p.how == "command" then ctx:command "new client Sneaky" end
    if p.how == "loop" then ctx:command "sneak loop" end
    if p.how == "prompt" then ctx:command "use other.db" end
    if p.how == "file" then ctx:command "list user > out.csv" end
    return 5
  end,
}
command "take-back" { summary = "tries to undo", writes = true, examples = { "take-back" },
  run = function(_, ctx) ctx:command "undo" end }
LUA
  case $BATS_TEST_DESCRIPTION in *"without a book"*) ;; *)
    dw new user Ann >/dev/null
    dw new client Acme >/dev/null ;;
  esac
}

# wrong LINE...: a file of these lines is refused by rules check.
wrong() {
  printf '%s\n' "$@" >commands/wrong.lua
  fails 3 rules check
}

@test "arguments go to parameters by position and by name" {
  works agenda 2026-05-01 Ann -f csv
  shows "call,2026-05-01,Ann"
  works agenda owner=#1 on=2026-05-02 -f csv
  shows "call,2026-05-02,Ann"
  works exec -f csv 'list user' 'agenda 2026-05-03 %1' 'list user' 'agenda 2026-05-04 _'
  shows "call,2026-05-03,Ann"
  shows "call,2026-05-04,Ann"
}

@test "defaults are words read on the day itself" {
  works agenda --now 2026-01-01 -f csv
  shows "call,2026-01-01,"
  works agenda friday --now 2026-01-01T10:00:00Z -f csv
  shows "call,2026-01-02,"
  works agenda
  shows "made by hand"
}

@test "wrong arguments say what is wrong" {
  fails 1 agenda fridya
  says "on: 'fridya' is not a date"
  fails 2 agenda onn=today
  says "did you mean 'on'?"
  fails 2 agenda today Ann more
  says "one word too many"
  fails 2 agenda today on=today
  says "'on' is given twice"
  fails 1 agenda today Bob
  says "no user is called 'Bob'"
  fails 1 agenda today '#2'
  says "#2 is of kind client, not user"
  fails 2 jot
  says "'about' is missing"
  fails 2 jot Ann nxt=5
  says "did you mean 'next'?"
}

@test "loose parameters take what they can read, the rest takes the other words" {
  works jot Acme 2026-05-01 1h30m "asked for" a price next="call back"
  shows "client #2|90|2026-05-01|call back|asked for a price"
  works jot Acme 45m a=b
  shows "client #2|45|nil|nil|a=b"
  works jot Acme
  shows "client #2|nil|nil|nil|nil"
}

@test "what a writing command does is one unit under the typed line" {
  works jot Acme "asked for a price" next=call
  works history --limit 1 -f csv
  shows 'jot Acme ""asked for a price"" next=call'
  works list activity -f csv --columns subject,notes
  shows "asked for a price,call"
  works undo --yes
  works list activity -f csv
  hides "asked for a price"
}

@test "a dry run of a writing command changes nothing" {
  works jot Acme secret --dry-run
  shows "nothing was changed"
  works list activity -f csv
  hides "secret"
  fails 77 jot Acme secret --read-only
}

@test "a command that does not say writes = true changes nothing" {
  fails 1 sneak create
  says "a command with writes = true"
  fails 77 sneak command
  says "declares writes = true"
  fails 2 sneak prompt
  says "is for the prompt"
  fails 2 sneak file
  [ ! -e out.csv ]
  fails 1 sneak loop
  says "more than 8 deep"
  fails 1 sneak
  says "commands/daily.lua:28: a command answers rows, a query, a document, a text or nothing, not a number"
  fails 2 take-back
  says "can't be a part of another command"
  works list client -f csv
  hides "Sneaky"
}

@test "confirm asks before it runs" {
  fails 4 clear-out Acme --no-input
  says "This deletes Acme."
  works show client Acme
  works clear-out Acme --yes
  fails 1 show client Acme
}

@test "help lists them, shows their parameters and examples, without a book" {
  works help
  shows "commands of this workspace"
  shows "what is planned for a day"
  works help jot
  shows "jot ABOUT [SPENT] [ON] [next=NEXT] [WORDS]..."
  shows "minutes"
  shows 'jot #42 friday 45m "asked for a price" next=call'
  works agenda --help
  shows "agenda friday"
  works help --lang ru
  shows "что намечено на день"
  fails 66 agenda
}

@test "a mistyped one gets a suggestion, nonsense none, without a book" {
  fails 2 agnda
  says "did you mean 'agenda'?"
  fails 2 exec 'agnda friday'
  says "did you mean 'agenda'?"
  fails 2 xqzzy
  says "'help' lists what there is"
}

@test "the same line at the prompt, by exec, after its options and as a Lua function" {
  expected=$(dw agenda 2026-05-01 -f csv)
  [ "$(dw exec -f csv 'agenda 2026-05-01')" = "$expected" ]
  [ "$(echo 'agenda 2026-05-01 -f csv' | dw)" = "$expected" ]
  works exec 'explain agenda 2026-05-01'
  shows 'in Lua: agenda("2026-05-01")'
  works exec 'rows = agenda { on = "2026-05-01" } print(#rows, rows[1].subject, rows[1].day)'
  shows "1	call	2026-05-01"
  works exec '=jot("Acme", "said") == nil' 'list activity'
  shows "said"
  fails 1 exec 'agenda = 5'
  says "is a command; take another name"
  mkdir elsewhere
  cd elsewhere
  works agenda 2026-05-01 -f csv -w ..
  [ "$output" = "$expected" ]
  works agenda 2026-05-01 -f csv --workspace .. -d ../sales.db
}

@test "a command runs another one and gets its answer" {
  works people -f csv
  shows "Ann"
}

@test "rules list and rules show know them" {
  works rules list -f csv
  shows "command,agenda,what is planned for a day,commands/daily.lua:1"
  works rules show agenda
  shows 'command "agenda" {'
}

@test "a broken workspace is told when the verb could be its own, and a typo as a typo" {
  echo 'command "x"' >commands/wrong.lua
  echo 'commnd "y" {}' >>commands/wrong.lua
  fails 1 agenda
  says "commands/wrong.lua:2"
  fails 2 lisst
  says "did you mean 'list'?"
  works help
  shows "advance"
}

@test "all that is wrong with a declaration is told at its place" {
  wrong 'command "report" { summary = "s", examples = { "report" }, run = function() end }' \
    'command "exit" { summary = "s", examples = { "exit" }, run = function() end }' \
    'command "while" { summary = "s", examples = { "while" }, run = function() end }' \
    'command "deals" { summary = "s", examples = { "deals" }, run = function() end }' \
    'command "Big" { summary = "s", examples = { "Big" }, run = function() end }' \
    'command "one" { sumary = "s", examples = { "two" }, run = 5 }' \
    'command "agenda" { summary = "s", examples = { "agenda" }, run = function() end }' \
    'command "two" { summary = "", examples = {}, confirm = "sure?", run = function() end,' \
    '  params = { text "d" { loose = true }, text "a" { rest = true }, text "b", ref "c" { to = "usr", named = true }, 5 } }'
  says "commands/wrong.lua:1: command 'report': there is a built-in command of that name"
  says "commands/wrong.lua:2: command 'exit': there is a built-in command of that name"
  says "commands/wrong.lua:3: command 'while': it is a keyword of Lua"
  says "commands/wrong.lua:4: command 'deals': the name belongs to the language"
  says "commands/wrong.lua:5: command 'Big': a command is named by small letters"
  says "commands/wrong.lua:6: command 'one' has no option 'sumary'; did you mean 'summary'?"
  says "commands/wrong.lua:6: command 'one' lacks 'summary'"
  says "commands/wrong.lua:6: command 'one': 'run' is a number, not a function"
  says "commands/wrong.lua:7: command 'agenda' is declared twice; the first is at commands/daily.lua:1"
  says "commands/wrong.lua:8: command 'two': 'summary' says nothing"
  says "commands/wrong.lua:8: command 'two': examples lists no line"
  says "commands/wrong.lua:8: command 'two': 'confirm' is for commands with writes = true"
  says "'b' comes after 'a', which takes the rest of the words"
  says "ref 'c' leads to no kind: 'usr'; did you mean 'user'?"
  says "'d' is a text, which any word is"
  says "entry 5 of params is a number, not a field"
}

@test "an example that can't be read is found by rules check" {
  wrong 'command "weekly" { summary = "s", params = { date "on" }, run = function() end,' \
    '  examples = { "weekly", "weekly nonsense", "weekly today more" } }'
  says "commands/wrong.lua:1: example 'weekly nonsense': on: 'nonsense' is not a date"
  wrong 'command "weekly" { summary = "s", params = { date "on" }, run = function() end, examples = { "weekly --frob" } }'
  says "no option"
}

@test "every command that is shipped has examples that can be read, without a book" {
  rm -r commands workspace.lua
  works rules check
}

@test "a backup in the middle of a command is refused, and the command with it" {
  cat >commands/saving.lua <<'LUA'
command "saving" { summary = "saves in the middle", writes = true, examples = { "saving" },
  run = function(p, ctx) ctx:create("client", { name = "Halfway" }) return ctx:command "backup copy.db" end }
LUA
  fails 2 saving
  says "a backup can't be made in the middle of a change"
  [ ! -e copy.db ]
  works list client -f csv
  hides "Halfway"
}

@test "a parameter may lead to one of several kinds: others of that name are not meant, nor taken" {
  cat >commands/greet.lua <<'LUA'
command "greet" { summary = "says whom it got", examples = { "greet Ann" },
  params = { ref "who" { to = { "client", "contact" }, required = true } },
  run = function(p) return p.who.kind .. " " .. p.who.name end }
LUA
  dw new user Ann >/dev/null
  dw new contact Ann >/dev/null
  works greet Ann
  shows "contact Ann"
  works help greet
  shows "client, contact"
  works completion line "dealwright greet "
  shows "Ann"
  works new deal Pumps
  fails 1 greet Pumps
  says "no client, contact is called 'Pumps'"
  fails 1 greet '#1'
  sed -i 's/"client", "contact" }/"client", "contcat" }/' commands/greet.lua
  fails 3 rules check
  says "ref 'who' leads to no kind: 'contcat'; did you mean 'contact'?"
}
