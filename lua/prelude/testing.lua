-- test "…" { given, expect_… } and their running.
local dw = ...
local c, lua, verbs = dw.c, dw.lua, dw.verbs
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

local tests = {}
verbs.test = dw.named_verb("test", function(declaration) tests[#tests + 1] = declaration end)

local test_options = dw.spec("test", { given = "function", expect_blocked = "table", expect_allowed = "table",
  expect_refused = "table", expect_accepted = "table", expect_promoted = "table", expect = "function",
  scorecard = "string", cases = "table" })
local move_options = { to = { "string", required = true }, by = "table", advice = "table" }
local promote_options = { to = { "string", required = true } }
local accept_options = { by = "table", advice = "table" }

-- In a test the word for a kind makes a record: client { name = "…" }.
local function makers()
  local out = {}
  for name, kind in G.next, dw.kinds do
    out[name] = function(values)
      local given, engine = {}, {}
      for key, value in G.next, values do
        local field = kind.fields[key]
        if field and field.engine then engine[key] = value else given[key] = value end
      end
      for _, field in G.ipairs(kind.order) do
        if field.name == kind.name_field and field.type == "text" and given[field.name] == nil then given[field.name] = "a " .. name end
      end
      local record = c.create(name, given)
      for key, value in G.next, engine do c.put(record, key, value) end
      return record
    end
  end
  return out
end

-- given may write t.deal = …; the verbs that make records are globals of every test file.
function dw.open_makers(globals)
  for name, make in G.next, makers() do
    if globals[name] == nil then globals[name] = make end
  end
end

local function subject(t, name, place)
  local record = t[name]
  if record == nil then error(tr("{file}:{line}: given sets no t.{name}", { file = place.file, line = place.line, name = G.tostring(name) }), 0) end
  return record
end

local function failing(verdict, level)
  local ids = {}
  for _, item in G.ipairs(verdict.items) do
    if item.level == level and (item.outcome == "fail" or item.outcome == "broken") then
      ids[#ids + 1] = item.id
    end
  end
  lua.table.sort(ids)
  return lua.table.concat(ids, ", ")
end

local function sorted_words(list)
  local words = { lua.table.unpack(list) }
  lua.table.sort(words)
  return lua.table.concat(words, ", ")
end

-- What the verdict advises is told only where a test asks: advice = {} says that there is none.
local function check_advice(verdict, expectation)
  if not expectation.advice then return end
  local ids, expected = failing(verdict, "should"), sorted_words(expectation.advice)
  if ids ~= expected then return tr("advised by ({ids}), not by ({expected})", { ids = ids, expected = expected }) end
end

local function judge(t, test, expectation)
  local record = subject(t, expectation[1], test.place)
  local verdict = expectation.to and c.judge(record, expectation.to) or c.judge_acceptance(record)
  if verdict.structural then return verdict, verdict.structural end
  for _, item in G.ipairs(verdict.items) do
    if item.outcome == "broken" then return verdict, tr("criterion '{id}' is broken: {detail}",
      { id = item.id, detail = G.tostring(item.detail) }) end
  end
  return verdict
end

-- Whether the verdict is the one expected: blocked, by these if they are named.
local function check_blocked(t, test, expectation, passes)
  local verdict, wrong = judge(t, test, expectation)
  if wrong then return wrong end
  if verdict.allowed then return passes end
  if not expectation.by then return check_advice(verdict, expectation) end
  local ids, expected = failing(verdict, "must"), sorted_words(expectation.by)
  if ids == expected then return check_advice(verdict, expectation) end
  return tr("blocked by {ids}, not by {expected}", { ids = ids, expected = expected })
end

local function check_allowed(t, test, expectation)
  local verdict, wrong = judge(t, test, expectation)
  if wrong then return wrong end
  if not verdict.allowed then return tr("blocked by {ids}", { ids = failing(verdict, "must") }) end
  return check_advice(verdict, expectation)
end

-- Where the record stands once everything that `given` did is over, as at the end of a command.
local function check_promoted(t, test, expectation)
  local record = subject(t, expectation[1], test.place)
  local trouble = c.promote()
  if trouble then return trouble end
  local stage = c.stage_of(record, expectation.to)
  if stage ~= expectation.to then return tr("it stands at '{stage}', not at '{to}'", { stage = G.tostring(stage), to = expectation.to }) end
end

local function check_verdicts(t, test)
  local options = test.options
  return options.expect_blocked and check_blocked(t, test, options.expect_blocked, tr("the move to '{to}' is allowed",
    { to = options.expect_blocked.to }))
    or options.expect_allowed and check_allowed(t, test, options.expect_allowed)
    or options.expect_refused and check_blocked(t, test, options.expect_refused, "it is accepted")
    or options.expect_accepted and check_allowed(t, test, options.expect_accepted)
    or options.expect_promoted and check_promoted(t, test, options.expect_promoted)
    or nil
end

local function check_case(card, case, kind)
  local record = kind.make(case[2] or {})
  local points, grade, parts, broken = c.score(card, record)
  if broken then return broken end
  if case.points and points ~= case.points then return tr("{points} points, not {expected}", { points = points, expected = case.points }) end
  if case.grade and grade ~= case.grade then return tr("grade {grade}, not {expected}", { grade = G.tostring(grade), expected = case.grade }) end
  if case.fired then
    local fired, wanted = {}, sorted_words(case.fired)
    for _, id in G.ipairs(dw.keys(parts)) do
      if parts[id] ~= 0 then fired[#fired + 1] = id end
    end
    if lua.table.concat(fired, ", ") ~= wanted then
      return tr("fired: {fired}; expected: {wanted}", { fired = lua.table.concat(fired, ", "), wanted = wanted })
    end
  end
end

local function check_cases(test)
  local name = test.options.scorecard
  local kind = dw.scorecard_kinds[name]
  if not kind then return tr("there is no scorecard '{name}'", { name = name }) .. dw.hint(name, dw.keys(dw.scorecard_kinds)) end
  local make = makers()[kind]
  for _, case in G.ipairs(test.options.cases or {}) do
    local wrong = check_case(name, case, { make = make })
    if wrong then return "'" .. G.tostring(case[1]) .. "': " .. wrong end
  end
end

local function in_english(body, t)
  c.speak_english(true)
  local answer, detail = body(t)
  c.speak_english(false)
  return answer, detail
end

local function words_by_name(params)
  local words = {}
  for name, value in G.next, params or {} do words[name] = dw.word_of(value) end
  return words
end

-- What a test may do besides making records: what actions may, and to run reports and commands.
local acts = G.setmetatable({}, { __index = dw.acts })

--- t:report("name", { since = "2026-01-01" }): its rows.
function acts.report(_, name, params)
  local rows, columns = c.run_report(name, words_by_name(params))
  dw.remember_columns(rows, columns)
  return rows
end

--- t:command("name", { day = "friday" }): its rows, or its words when it answers no table.
function acts.command(_, name, params)
  local said, rows, columns = c.run_command(name, words_by_name(params))
  if rows == nil then return said end
  dw.remember_columns(rows, columns)
  return rows
end

local function run(test)
  local t = G.setmetatable({}, { __index = acts })
  if test.options.given then in_english(test.options.given, t) end
  local wrong = check_verdicts(t, test)
  if wrong then return wrong end
  if test.options.expect then
    local answer, detail = in_english(test.options.expect, t)
    if not answer then return detail or tr("expect answered {answer}", { answer = G.tostring(answer) }) end
  end
  if test.options.scorecard then return check_cases(test) end
end

local function outcome_of(test)
  c.begin()
  local well, wrong = c.pcall(run, test)
  c.cancel()
  if not well then return G.tostring(wrong) end
  return wrong
end

function dw.check_tests()
  local seen = {}
  for _, test in G.ipairs(tests) do
    local what = "test '" .. test.name .. "'"
    dw.unique(seen, test.name, "test", test.place)
    dw.check_options(what, test.options, test_options, test.place)
    local card = test.options.scorecard
    if type(card) == "string" and not dw.scorecard_kinds[card] then
      dw.complain(test.place, tr("{what}: there is no scorecard '{card}'",
        { what = what, card = card }) .. dw.hint(card, dw.keys(dw.scorecard_kinds)))
    end
    for name, spec in G.next, { expect_blocked = move_options, expect_allowed = move_options, expect_refused = accept_options,
      expect_accepted = accept_options, expect_promoted = promote_options } do
      local expectation = test.options[name]
      if type(expectation) == "table" then dw.check_options(name, expectation, spec, test.place) end
    end
  end
end

function dw.calls.run_tests(pattern)
  local rows, failed = {}, 0
  for _, test in G.ipairs(tests) do
    if pattern == "" or c.contains(test.name, pattern) then
      local wrong = outcome_of(test)
      if wrong then failed = failed + 1 end
      rows[#rows + 1] = { wrong and "failed" or "passed", test.name, wrong, test.place.file .. ":" .. test.place.line }
    end
  end
  return { columns = { { name = "outcome", type = "text", title = "outcome" }, { name = "test", type = "text", title = "test" },
    { name = "message", type = "text", title = "message" }, { name = "place", type = "text", title = "place" } }, rows = rows }, failed
end
