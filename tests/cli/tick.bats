#!/usr/bin/env bats
# What runs by itself: once, when it is due, whoever asks and however many do.
bats_require_minimum_version 1.5.0
load support

# The clocks of the tests: Thursday, Friday at nine, and the Mondays after.
thursday=2026-01-01T12:00:00Z friday=2026-01-02T09:00:30Z monday=2026-01-05T08:00:00Z

write_week() {
  cat >schedules/week.lua <<'LUA'
every "friday 09:00" { "plan next week", title_ru = "план недели", run = function(ctx)
  ctx:create("client", { name = "Planned " .. tostring(ctx.today) })
  return "one meeting planned"
end }
LUA
}

prepare() {
  printf '%s\n' '-- dealwright: api=1' 'workspace { name = "For the tests of tick" }' >workspace.lua
  mkdir -p schedules
  write_week
  dw -d sales.db new user Ann >/dev/null
  dw --now "$thursday" tick >/dev/null
}

planned() {
  works list client -f csv --columns name
  [ "$(grep -c Planned <<<"$output")" -eq "$1" ] || { echo "not $1 runs: $output" >&2; return 1; }
}

@test "what is due runs once, as a unit that undo takes back" {
  works --now "$friday" tick
  shows "plan next week (2026-01-02 09:00): done"
  shows "one meeting planned"
  planned 1
  works --now "$friday" tick
  shows "nothing is due"
  planned 1
  works history -f csv
  shows 'every ""friday 09:00"": plan next week'
  works undo --yes
  planned 0
  works --now "$friday" tick
  shows "nothing is due"
}

@test "nothing is due before its time" {
  works --now 2026-01-02T08:59:59Z tick
  shows "nothing is due"
  planned 0
}

@test "a missed friday is made up for, several of them once" {
  works --now "$monday" tick
  shows "plan next week (2026-01-02 09:00): done"
  planned 1
  works --now 2026-01-27T08:00:00Z tick
  shows "(2026-01-23 09:00): done"
  works --now 2026-01-27T08:05:00Z tick
  shows "nothing is due"
  planned 2
}

@test "what was due before the book knew the schedule is not made up for" {
  cat >schedules/late.lua <<'LUA'
every "day 06:00" { "greet", run = function(ctx) ctx:create("client", { name = "Planned too early" }) end }
LUA
  works --now "$thursday" tick
  shows "nothing is due"
  works --now 2026-01-02T06:00:00Z tick
  shows "greet (2026-01-02 06:00): done"
}

@test "two ticks at the same time run it once" {
  local round
  for round in 1 2 3 4 5; do
    local now
    now=$(date -u -d "2026-01-02 + $(((round - 1) * 7)) days" +%FT09:00:30Z)
    dw --now "$now" tick >first 2>&1 &
    local one=$!
    dw --now "$now" tick >second 2>&1 &
    wait "$one"
    wait $!
    planned "$round"
    [ "$(cat first second | grep -c ": done")" -eq 1 ]
  done
}

@test "a dry run lists what is due and does nothing" {
  works --now "$friday" tick --dry-run
  shows "plan next week (2026-01-02 09:00): is due"
  planned 0
  works schedules -f csv
  shows "plan next week,friday 09:00,,,"
  works --now "$friday" tick
  planned 1
}

break_it() {
  cat >schedules/week.lua <<'LUA'
every "friday 09:00" { "plan next week", run = function(ctx)
  ctx:create("client", { name = "Planned half" })
  error "no calendar today"
end }
LUA
}

@test "a run that fails is told, undone, kept, and tried again later" {
  break_it
  fails 1 --now "$friday" tick
  says "plan next week (2026-01-02 09:00): failed: "
  says "schedules/week.lua:3: no calendar today"
  planned 0
  works --now "$friday" schedules -f csv --columns schedule,outcome,next,message
  shows "plan next week,failed,2026-01-02T09:05:30Z,"
  shows "no calendar today"
  works --now 2026-01-02T09:03:00Z tick
  shows "nothing is due"
  write_week
  works --now 2026-01-02T09:06:00Z tick
  shows "plan next week (2026-01-02 09:00): done"
  planned 1
}

@test "what fails too often waits for its next time" {
  break_it
  local at
  for at in 2026-01-02T10:00:00Z 2026-01-02T11:00:00Z 2026-01-02T13:00:00Z 2026-01-02T20:00:00Z; do
    fails 1 --now "$at" tick
  done
  fails 1 --now 2026-01-03T20:00:00Z tick
  says "it failed too often and is not tried again until its next time"
  works --now 2026-01-04T20:00:00Z tick
  shows "nothing is due"
  fails 1 --now 2026-01-09T09:00:00Z tick
}

@test "one that fails does not stop the others" {
  break_it
  cat >schedules/also.lua <<'LUA'
every "friday 09:00" { "also", run = function(ctx) ctx:create("client", { name = "Planned also" }) end }
LUA
  dw --now "$thursday" tick >/dev/null
  fails 1 --now "$friday" tick
  shows "also (2026-01-02 09:00): done"
  planned 1
}

@test "a run whose process died is taken over after an hour" {
  sqlite3 sales.db "insert into schedule_run (schedule, due, attempt, started, outcome) values
    ('plan next week', '2026-01-02T09:00:00Z', 1, '2026-01-02T09:00:30Z', 'running')"
  works --now 2026-01-02T09:30:00Z tick
  shows "nothing is due"
  works --now 2026-01-02T10:00:30Z tick
  shows "done"
  planned 1
}

@test "schedules run other commands" {
  mkdir -p commands
  cat >commands/plan.lua <<'LUA'
command "plan" { summary = "plans", writes = true, examples = { "plan" },
  run = function(p, ctx) ctx:create("client", { name = "Planned by command" }) return "planned" end }
LUA
  cat >schedules/week.lua <<'LUA'
every "friday 09:00" { "plan next week", run = function(ctx) return ctx:command "plan" end }
LUA
  works --now "$friday" tick
  shows "planned"
  planned 1
}

@test "a run that answers rows shows them" {
  cat >schedules/week.lua <<'LUA'
every "friday 09:00" { "plan next week", run = function() return users:select { "name" } end }
LUA
  works --now "$friday" tick
  shows "plan next week (2026-01-02 09:00): done"
  shows "Ann"
}

@test "what is not understood is found when the rules are loaded" {
  printf '%s\n' 'every "fryday 09:00" { "a", run = function() end }' 'every "friday 09:00" { run = function() end }' \
    'every "friday 09:00" { "plan next week", run = function() end }' 'every "friday 09:00" { "b" }' >schedules/wrong.lua
  fails 3 rules check
  says "schedules/wrong.lua:1: every 'fryday 09:00': 'fryday' says no time; did you mean 'friday'?"
  says "schedules/wrong.lua:2: every 'friday 09:00' begins with what is done"
  says "schedules/wrong.lua:3: schedule 'plan next week' is declared twice; the first is at schedules/week.lua:1"
  says "schedules/wrong.lua:4: every 'friday 09:00' lacks 'run'"
}

@test "rules list shows schedules, in Russian they are called by their Russian titles" {
  works rules list -f csv
  shows "every,plan next week,friday 09:00,schedules/week.lua:1"
  works --now "$friday" --lang ru tick
  shows "план недели (2026-01-02 09:00)"
}
