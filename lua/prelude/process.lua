-- process, stage, must, should and on.
local dw = ...
local c, lua, verbs, base = dw.c, dw.lua, dw.verbs, dw.base
local G = lua._G
local type, error, tr = c.type, G.error, base.tr

local processes, stages, actions = {}, {}, {}

verbs.process = dw.named_verb("process", function(declaration) processes[#processes + 1] = declaration end)
verbs.stage = dw.named_verb("stage", function(declaration) stages[#stages + 1] = declaration end)

local function criterion(level)
  return dw.named_verb(level, function(declaration) return declaration end, "leave or enter of a stage, or into accept")
end
verbs.must, verbs.should = criterion("must"), criterion("should")

function verbs.on(event)
  if type(event) ~= "string" then error(tr "on takes an event in quotes first: on \"deal.won\"") end
  local place = dw.place()
  return function(run)
    if type(run) ~= "function" then error(tr("on \"{event}\" takes a function, not a {type}", { event = event, type = type(run) })) end
    actions[#actions + 1] = { event = event, run = run, place = place }
  end
end

local process_options = dw.spec("process", {
  kind = { "string", required = true }, field = { "string", required = true }, stages = { "table", required = true },
  ends = "table", skip = "boolean", title = "string", title_ru = "string",
  back = { "string", among = { "never", "with reason", "free" } }, where = "table",
})

local function check_target(declaration, what)
  local options, place = declaration.options, declaration.place
  local kind = dw.kinds[options.kind]
  if not kind then
    dw.complain(place, tr("{what} is for no kind: '{kind}'", { what = what, kind = options.kind }) .. dw.hint(options.kind, dw.keys(dw.kinds)))
    return false
  end
  local field = kind.fields[options.field]
  if not field then
    dw.complain(place, tr("{kind} has no field '{field}'",
      { kind = options.kind, field = options.field }) .. dw.hint(options.field, dw.keys(kind.fields)))
  elseif not field.engine then
    dw.complain(place, tr("'{field}' of {kind} can be changed by anyone; a process needs a field with engine = true",
      { field = options.field, kind = options.kind }))
  end
  return field ~= nil and field.engine
end

local function all_stages(declaration, what)
  local out, seen = {}, {}
  local is_list = dw.check_list(what .. ": stages", declaration.options.stages, declaration.place)
  local function add(name, ending)
    if type(name) ~= "string" then
      dw.complain(declaration.place, tr("{what}: a stage is a name in quotes, not a {type}", { what = what, type = type(name) }))
    elseif dw.unique(seen, name, "stage", declaration.place) then
      out[#out + 1] = { name = name, ending = ending }
    end
  end
  for i = 1, #declaration.options.stages do add(declaration.options.stages[i], "open") end
  local ends = declaration.options.ends or {}
  for _, ending in G.ipairs { "won", "lost", "closed" } do
    if ends[ending] ~= nil then add(ends[ending], ending) end
  end
  if is_list and #out == 0 then dw.complain(declaration.place, tr("{what} lists no stages: stages = {{ \"first\", \"second\" }}",
    { what = what })) end
  dw.check_options(what .. ": ends", ends, { won = "string", lost = "string", closed = "string" }, declaration.place)
  return out
end

-- The names of a process's stages, as far as they are names.
local function stage_names(options)
  local words, ends = {}, type(options.ends) == "table" and options.ends or {}
  for _, list in G.ipairs { type(options.stages) == "table" and options.stages or {}, { ends.won }, { ends.lost }, { ends.closed } } do
    for _, word in G.ipairs(list) do words[#words + 1] = type(word) == "string" and word or nil end
  end
  return words
end

--- The words of the fields that processes move, in their order; several processes of one field one behind the other. Before
-- anything names a stage; what is wrong with the processes is told later.
function dw.order_fields()
  local words, seen = {}, {}
  for _, declaration in G.ipairs(processes) do
    local options = declaration.options
    local kind = type(options.kind) == "string" and dw.kinds[options.kind]
    local field = kind and type(options.field) == "string" and kind.fields[options.field]
    if field and field.engine then
      local path = options.kind .. "." .. options.field
      words[path], seen[path] = words[path] or {}, seen[path] or {}
      for _, word in G.ipairs(stage_names(options)) do
        if not seen[path][word] then words[path][#words[path] + 1], seen[path][word] = word, true end
      end
      c.order_field(options.kind, options.field, words[path])
      field.words = words[path]
    end
  end
end

--- Transitions and verdicts refer to what processes move by the name of its kind. Before rollups, which may count them.
function dw.open_transitions()
  local open = {}
  for _, declaration in G.ipairs(processes) do
    local kind = dw.kinds[declaration.options.kind]
    if kind and not open[kind.name] then
      open[kind.name] = true
      for _, log in G.ipairs { "transition", "verdict" } do
        local well, wrong = c.add_field(log, { name = kind.name, type = "ref", to = kind.name, title = kind.title,
          title_ru = kind.title_ru })
        if not well then dw.complain(declaration.place, wrong) end
      end
    end
  end
end

local known = {} -- process → {kind, stages = {name = true}}
dw.processes = known

-- A process for some records of its kind only says so by fields of their own, in words that can be compared.
local where_types = { text = true, choice = true, boolean = true, integer = true }

local function condition_values(each)
  if each.op == "equal" then return { each.value } end
  if each.op == "in" then return each.value end
end

--- The where of a process: {{field, values}}, empty when it is for all; nil when something is wrong.
local function flat_where(declaration, what)
  local options, out, well = declaration.options, {}, true
  local function say(wrong)
    well = false
    dw.complain(declaration.place, tr("{what}: where: {wrong}", { what = what, wrong = wrong }))
  end
  if not options.where then return out end
  dw.check_where(options.kind, options.where, say)
  for _, each in G.ipairs(well and dw.conditions(options.where) or {}) do
    local field, values = dw.kinds[options.kind].fields[each.path], condition_values(each)
    if not field or not where_types[field.type] or field.engine or not field.stored then
      say(tr("'{path}' can't tell records apart; a choice, text, boolean or integer of {kind} can", { path = each.path, kind = options.kind }))
    elseif not values then
      say(tr("'{path}' is a value, one_of {{ … }} or unset here", { path = each.path }))
    else
      out[#out + 1] = { field = each.path, values = values }
    end
  end
  return well and out or nil
end

local function are_apart(a, b)
  for _, one in G.ipairs(a) do
    for _, other in G.ipairs(b) do
      if one.field == other.field then
        local common = false
        for _, value in G.ipairs(one.values) do
          for _, another in G.ipairs(other.values) do common = common or value == another end
        end
        if not common then return true end
      end
    end
  end
  return false
end

local function common_stage(a, b)
  for _, stage in G.ipairs(a.order) do
    if b.stages[stage.name] then return stage.name end
  end
end

-- Which process moves a record, and which one a stage's name means, must be sure.
local function check_apart(declaration, what)
  local mine = known[declaration.name]
  for _, name in G.ipairs(dw.keys(known)) do
    local other = known[name]
    if name ~= declaration.name and other.kind == mine.kind and not are_apart(mine.where, other.where) then
      local there = "process '" .. name .. "' (" .. other.place.file .. ":" .. other.place.line .. ")"
      local stage = common_stage(mine, other)
      if other.field == mine.field then
        dw.complain(declaration.place,
          tr("{what} and {there} move the same '{field}' of the same records of {kind}; tell them apart: where = {{ type = \"…\" }}",
          { what = what, there = there, field = mine.field, kind = mine.kind }))
      elseif stage then
        dw.complain(declaration.place, tr("{what} and {there} have both a stage '{stage}' for the same records of {kind}: a move could mean either; rename one",
          { what = what, there = there, stage = stage, kind = mine.kind }))
      end
    end
  end
end

local function install_process(declaration, seen)
  local what, options = "process '" .. declaration.name .. "'", declaration.options
  if not dw.unique(seen, declaration.name, "process", declaration.place)
    or not dw.check_options(what, options, process_options, declaration.place)
    or not check_target(declaration, what) then return end
  local list, where = all_stages(declaration, what), flat_where(declaration, what)
  if not where then return end
  known[declaration.name] = { kind = options.kind, field = options.field, where = where, place = declaration.place, stages = {},
    order = list }
  for _, stage in G.ipairs(list) do known[declaration.name].stages[stage.name] = stage end
  check_apart(declaration, what)
  c.add_process { name = declaration.name, kind = options.kind, field = options.field, all_stages = list,
    where = where, skip = options.skip, back = options.back, title = options.title, title_ru = options.title_ru, place = declaration.place }
end

local stage_options = dw.spec("stage", {
  title = "string", title_ru = "string", purpose = "string", purpose_ru = "string", probability = "number", rot = "number",
  enter = "table", leave = "table", on_enter = "function", on_leave = "function", auto = "boolean",
})
local criterion_options = dw.spec("criterion", {
  text_ru = "string", check = { "function", required = true }, fix = "string|function", fix_ru = "string", only_for = "function",
  since = "date", needs = "table",
})

local function check_needs(kind, flat, say)
  for _, path in G.ipairs(flat.needs or {}) do
    local field, wrong = dw.resolve(kind, path)
    if not field then say(tr("needs: {wrong}", { wrong = wrong })) end
  end
end

-- {deal.client} in a hint must lead somewhere.
local function check_fix(kind, fix, say)
  if type(fix) == "function" then return end
  for path in lua.string.gmatch(fix or "", "{([%w_.]*)}") do
    local root, rest = lua.string.match(path, "^([%w_]+)%.?(.*)$")
    local field, wrong = true, nil
    if root ~= kind then
      field, wrong = nil, tr("'{{{path}}}' begins with neither {{{kind}}} nor {{{kind}.field}}", { path = path, kind = kind })
    elseif rest ~= "" then
      field, wrong = dw.resolve(kind, rest)
    end
    if not field then say(tr("fix: {wrong}", { wrong = wrong })) end
  end
end

--- A criterion as declared, flat; nil when something is wrong with it.
function dw.flat_criterion(declaration, kind)
  local options, what = declaration.options, declaration.declares .. " '" .. declaration.name .. "'"
  if not dw.check_options(what, options, criterion_options, declaration.place) then return nil end
  if type(options[1]) ~= "string" or #options > 1 then
    dw.complain(declaration.place, tr("{what} begins with its sentence: {declares} \"{name}\" {{ \"…\", check = … }}",
      { what = what, declares = declaration.declares, name = declaration.name }))
    return nil
  end
  local function say(wrong) dw.complain(declaration.place, what .. ": " .. wrong) end
  check_needs(kind, options, say)
  check_fix(kind, options.fix, say)
  check_fix(kind, options.fix_ru, say)
  local by = type(options.fix) == "function" and options.fix or nil
  return { id = declaration.name, text = options[1], text_ru = options.text_ru, level = declaration.declares,
    fix = by and "" or options.fix, fix_ru = options.fix_ru, fix_by = by,
    since = options.since, place = declaration.place, check = options.check, only_for = options.only_for, needs = options.needs, kind = kind }
end

local function install_criteria(process, stage, list_name, declaration, seen)
  local list = declaration.options[list_name]
  if list == nil or not dw.check_list("'" .. list_name .. "'", list, declaration.place) then return end
  for _, entry in G.ipairs(dw.entries("'" .. list_name .. "'", list, { must = true, should = true }, declaration.place)) do
    local flat = dw.flat_criterion(entry, known[process].kind)
    if flat and dw.unique(seen, entry.name, "criterion", entry.place) then
      c.add_criterion(process, stage, list_name, flat)
    end
  end
end

-- The engine promotes to the next stage: one open stage after another, and the won end after the last.
local function check_auto(process, stage, flat, what, place)
  if not flat.auto then return end
  local order = known[process].order
  local ending = known[process].stages[stage].ending
  if order[1].name == stage then
    dw.complain(place, tr("{what}: auto says when it is entered, and every record begins in the first stage", { what = what }))
  elseif ending == "lost" or ending == "closed" then
    dw.complain(place, tr("{what}: auto leads to the next stage, and '{stage}' is the next of none", { what = what, stage = stage }))
  end
end

local function install_stage(declaration, seen)
  local place, what = declaration.place, "stage '" .. declaration.name .. "'"
  local process, stage = lua.string.match(declaration.name, "^([%w_]+)%.([%w_]+)$")
  if not process then
    dw.complain(place, tr("a stage is named process.stage, not '{name}'", { name = declaration.name }))
  elseif not known[process] then
    dw.complain(place, tr("there is no process '{process}'", { process = process }) .. dw.hint(process, dw.keys(known)))
  elseif not known[process].stages[stage] then
    dw.complain(place, tr("process '{process}' has no stage '{stage}'",
      { process = process, stage = stage }) .. dw.hint(stage, dw.keys(known[process].stages)))
  elseif dw.unique(seen, declaration.name, "stage", place) and dw.check_options(what, declaration.options, stage_options, place) then
    local flat, criteria = { place = place }, {}
    for name, value in G.next, declaration.options do flat[name] = value end
    if flat.probability and (flat.probability < 0 or flat.probability > 1) then
      dw.complain(place, tr("{what}: probability is a share from 0 to 1, not {probability}", { what = what, probability = flat.probability }))
    end
    local entry = known[process].stages[stage]
    entry.title, entry.title_ru, entry.probability, entry.rot = flat.title, flat.title_ru, flat.probability, flat.rot
    check_auto(process, stage, flat, what, place)
    if flat.rot then flat.rot = lua.math.tointeger(flat.rot) or dw.complain(place, tr("{what}: rot is whole days", { what = what })) end
    c.add_stage(process, stage, flat)
    install_criteria(process, stage, "enter", declaration, criteria)
    install_criteria(process, stage, "leave", declaration, criteria)
  end
end

-- "deal.created", "deal.changed", "deal.changed.amount", "deal.deleted" or "deal.<stage>"
local function event_is_known(kind, what)
  local field = lua.string.match(what, "^changed%.([%w_]+)$")
  if field then return dw.kinds[kind].fields[field] ~= nil, field, dw.keys(dw.kinds[kind].fields) end
  local names = { "created", "changed", "deleted" }
  for _, process in G.next, known do
    if process.kind == kind then
      for stage in G.next, process.stages do names[#names + 1] = stage end
    end
  end
  lua.table.sort(names)
  for _, name in G.ipairs(names) do
    if name == what then return true end
  end
  return false, what, names
end

local function install_action(action)
  local kind, what = lua.string.match(action.event, "^([%w_]+)%.([%w_.]+)$")
  if not kind or not dw.kinds[kind] then
    dw.complain(action.place, tr("an event is named kind.what: deal.won, client.changed.industry; not '{event}'", { event = action.event })
      .. (kind and dw.hint(kind, dw.keys(dw.kinds)) or ""))
    return
  end
  local well, word, names = event_is_known(kind, what)
  if not well then
    dw.complain(action.place, tr("nothing raises the event '{event}'", { event = action.event }) .. dw.hint(word, names))
    return
  end
  c.add_action(action)
end

function dw.install_processes()
  local seen, seen_stages = {}, {}
  for _, declaration in G.ipairs(processes) do install_process(declaration, seen) end
  for _, declaration in G.ipairs(stages) do install_stage(declaration, seen_stages) end
  for _, action in G.ipairs(actions) do install_action(action) end
end

--- The stages of a process in order, for reports: { name, title, probability, rot, ending }, where ending
--- is "open", "won", "lost" or "closed".
function base.stages_of(name)
  local process = known[name]
  if not process then error(tr("there is no process '{name}'", { name = G.tostring(name) }) .. dw.hint(G.tostring(name), dw.keys(known))) end
  local out = {}
  for i, stage in G.ipairs(process.order) do
    out[i] = { name = stage.name, ending = stage.ending, probability = stage.probability, rot = stage.rot,
      title = c.twin(stage.title, stage.title_ru) or stage.name }
  end
  return out
end

--- record:why(), record:why "won": what a move would be told, without trying it; nil where
--- nothing comes next.
-- { to, allowed, structural, items = { { id, text, level, outcome, detail, fix } } }
function dw.record_methods.why(record, to)
  to = to or c.next_stage(record)
  if not to then return nil end
  local verdict = c.judge(record, to)
  verdict.to = to
  return verdict
end

--- record:why_not(), record:why_not "won": all that keeps it from getting there, stage by stage, without trying it; to the won end
--- when no stage is named.
-- { to, structural, moves = { stage, … }, items = { { stage, need, id, text, level, outcome, detail, fix } } }, where need is "missing",
-- "broken", "depends" (on what is missing: not asked of this record now) or "later" (it can't be known before the record is there).
function dw.record_methods.why_not(record, to) return c.route(record, to) end

--- record:accepted(): what the criteria of its kind say of it as it is; the same shape.
function dw.record_methods.accepted(record) return c.judge_acceptance(record) end

-- judging; the numbers are enum outcome
local PASS, FAIL, EXEMPT = 0, 1, 3

local function follow(record, path)
  local value = record
  for name in lua.string.gmatch(path, "[^.]+") do
    if value == nil then return nil end
    value = value[name]
  end
  return value
end

function dw.calls.check(criterion_, record)
  if criterion_.only_for and not criterion_.only_for(record) then return EXEMPT end
  local needs = criterion_.needs
  for i = 1, needs and #needs or 0 do
    if follow(record, needs[i]) == nil then return FAIL, tr("{field} is not set", { field = needs[i] }) end
  end
  local answer, detail = criterion_.check(record)
  if answer == true then return PASS end
  if answer == false or answer == nil then
    return FAIL, detail ~= nil and G.tostring(detail) or nil
  end
  error(tr("{file}:{line}: a check answers true or false, not a {type}",
    { file = criterion_.place.file, line = criterion_.place.line, type = type(answer) }), 0)
end

-- Where a path breaks off: the record that lacks the field, and the field.
local function lacking(record, path)
  local owner = record
  for name in lua.string.gmatch(path, "[^.]+") do
    local value = owner[name]
    if value == nil then return owner, name end
    owner = value
  end
end

-- What a hint's placeholders lead through has to be set before the hint can be followed.
local function first_step(hint, record)
  for path in lua.string.gmatch(hint, "{[%w_]+%.([%w_.]+)}") do
    local owner, name = lacking(record, path)
    if owner and (owner.id or 0) ~= 0 then return "set #" .. owner.id .. " " .. name .. "=…" end
  end
end

--- The line to type, and true when it is only the first step to be able to.
function dw.calls.fix(criterion_, record)
  if criterion_.fix_by then
    local hint = criterion_.fix_by(record)
    if type(hint) ~= "string" then error(tr("a fix answers a text, not a {type}", { type = type(hint) }), 0) end
    return hint
  end
  local written = c.twin(criterion_.fix, criterion_.fix_ru)
  local first = first_step(written, record)
  if first then return first, true end
  return (lua.string.gsub(written, "{([%w_.]*)}", function(path)
    local rest = lua.string.match(path, "^[%w_]+%.(.+)$")
    local value = rest and follow(record, rest) or record
    if rest and follow(record, rest) == nil then return "…" end
    if type(value) == "record" then return "#" .. value.id end
    return c.tostring(value)
  end))
end
