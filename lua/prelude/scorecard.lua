-- scorecard, rule and decay. All rules of a card become one function for bulk runs; the same pieces
-- stand alone for explanations, so both give the same points.
local dw = ...
local c, lua, verbs = dw.c, dw.lua, dw.verbs
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

local cards = {}
verbs.scorecard = dw.named_verb("scorecard", function(declaration) cards[#cards + 1] = declaration end)
verbs.rule = dw.named_verb("rule", function(declaration) return declaration end, "a scorecard")
function verbs.decay(options)
  return { declares = "decay", name = "decay", options = options, place = dw.place() }
end

local card_options = dw.spec("scorecard", { kind = { "string", required = true }, title = "string", title_ru = "string", grades = "table",
  learn = "function" })
local rule_options = dw.spec("rule", { text_ru = "string", points = { "number|condition|function", required = true }, where = "table", when = "function" })
local decay_options = dw.spec("decay", { after = { "number", required = true }, per_month = { "number", required = true },
  since = { "string", required = true }, text = "string", text_ru = "string" })

local comparison = { less = "<", at_most = "<=", greater = ">", at_least = ">=" }

-- The compiler of where-tables: Lua source over the record `r`. Constants are locals where there is
-- room for them, faster than the table `k` that holds them all.
local named_constants = 100
local function constant(constants, value)
  local at = #constants + 1
  constants[at] = value
  return at <= named_constants and "k" .. at or "k[" .. at .. "]"
end

local function set_of(values)
  local set = {}
  for _, value in G.ipairs(values) do set[value] = true end
  return set
end

local function is_reference(kind, path)
  local field = dw.resolve(kind, path)
  return field and field.type == "ref"
end

local function read_source(path)
  local parts, source = {}, "r"
  for name in lua.string.gmatch(path, "[^.]+") do parts[#parts + 1] = name end
  for i, name in G.ipairs(parts) do
    local step = source .. "." .. name
    source = i < #parts and "(" .. step .. " or none)" or step
  end
  return source
end

local function condition_source(kind, each, constants)
  local value = read_source(each.path)
  if is_reference(kind, each.path) and each.value ~= c.unset then
    value = "(" .. read_source(each.path) .. " or none).id"
    if type(each.value) == "record" then each.value = each.value.id end
  end
  local wanted = each.value ~= c.unset and constant(constants, each.op == "in" and set_of(each.value) or each.value)
  if each.op == "equal" then return wanted and value .. " == " .. wanted or value .. " == nil" end
  if each.op == "not_equal" then
    if not wanted then return value .. " ~= nil" end
    return "(" .. value .. " ~= nil and " .. value .. " ~= " .. wanted .. ")"
  end
  if each.op == "in" then return "has(" .. wanted .. ", " .. value .. ")" end
  if each.op == "between" then
    return "(" .. value .. " >= " .. wanted .. " and " .. value .. " <= " .. constant(constants, each.high) .. ")"
  end
  if comparison[each.op] then return value .. " " .. comparison[each.op] .. " " .. wanted end
  return each.op .. "(" .. value .. ", " .. wanted .. ")"
end

local function where_source(kind, where, constants)
  local parts = {}
  for _, each in G.ipairs(dw.conditions(where)) do parts[#parts + 1] = condition_source(kind, each, constants) end
  return #parts > 0 and lua.table.concat(parts, " and ") or "true"
end

-- A rule as an expression's statements: they leave the points in `p`.
local function rule_source(kind, rule, constants)
  local options = rule.options
  local value = options[2]
  if type(options.points) == "function" then value = options.points end
  local test = options.where and where_source(kind, options.where, constants)
    or options.when and constant(constants, options.when) .. "(r, learned)" or "true"
  if not value then return "if " .. test .. " then p = " .. constant(constants, options.points) .. " else p = 0 end" end
  local source = "p = " .. constant(constants, value) .. "(r, learned)\nif p == nil then p = 0 end\n"
  if type(options.points) == "condition" then
    local low, high = constant(constants, options.points.value), constant(constants, options.points.high)
    source = "p = " .. constant(constants, value) .. "(r, learned)\nif p == nil then p = 0 elseif p < " .. low .. " then p = " .. low
      .. " elseif p > " .. high .. " then p = " .. high .. " end\n"
  end
  return "if " .. test .. " then\n" .. source .. "else p = 0 end"
end

local prefix_test = function(value, part) return value ~= nil and c.starts(value, part) end
local suffix_test = function(value, part) return value ~= nil and c.ends(value, part) end
local contains_test = function(value, part) return value ~= nil and c.contains(value, part) end
local function has(set, value) return value ~= nil and set[value] == true end

local tools = { none = G.setmetatable({}, { __newindex = function() error(tr "read only") end }), has = has,
  prefix = prefix_test, suffix = suffix_test, contains = contains_test }

local function compile(source, constants, name)
  local head = { "local k, none, has, prefix, suffix, contains = ...\n" }
  for i = 1, lua.math.min(#constants, named_constants) do head[i + 1] = "local k" .. i .. " = k[" .. i .. "]\n" end
  local chunk, wrong = c.load(lua.table.concat(head) .. source, "=prelude", {})
  if not chunk then error(tr("scorecard '{name}' can't be compiled: {wrong}", { name = name, wrong = wrong }), 0) end
  return chunk(constants, tools.none, has, prefix_test, suffix_test, contains_test)
end

-- One function that runs all the rules and returns the points of each.
local function driver_of(name, sources, constants)
  local names, body = {}, {}
  for i, source in G.ipairs(sources) do
    names[i] = "p" .. i
    body[i] = "local p" .. i .. "\ndo local p\n" .. source .. "\np" .. i .. " = p end\n"
  end
  return compile("return function(r, learned)\n" .. lua.table.concat(body) .. "return " .. lua.table.concat(names, ", ") .. "\nend", constants, name)
end

-- One function per rule.
local function singles_of(name, sources, constants)
  local body = {}
  for i, source in G.ipairs(sources) do body[i] = "function(r, learned)\nlocal p\n" .. source .. "\nreturn p\nend,\n" end
  return compile("return {\n" .. lua.table.concat(body) .. "}", constants, name)
end

-- A file's lines, split once: many rules stand in one file.
local split = {}
local function lines_of(file)
  if not split[file] then
    local lines = {}
    for text in lua.string.gmatch((dw.sources[file] or "") .. "\n", "(.-)\n") do lines[#lines + 1] = text end
    split[file] = lines
  end
  return split[file]
end

-- The names that stand behind a dot in the source of a function: what it may read.
local function names_read(fn, names)
  local file, first, last = c.lines(fn)
  local lines = lines_of(file)
  for line = first, lua.math.min(last, #lines) do
    for name in lua.string.gmatch(lines[line], "[.:]%s*([%a_][%w_]*)") do names[name] = true end
  end
end

-- Lays out the reused rows: which fields of the record and of the records it refers to are fetched.
local function layout(kind, rules)
  local names, columns, rows = {}, {}, { kind }
  for _, rule in G.ipairs(rules) do
    for _, value in G.next, rule.options do
      if type(value) == "function" then names_read(value, names) end
    end
    for path in G.next, rule.options.where or {} do
      for name in lua.string.gmatch(path, "[^.]+") do names[name] = true end
    end
  end
  -- A reference is fetched as a row of its own. One behind another reference is not: like whatever else is not fetched it is read
  -- from the loaded record.
  local function add(kind_name, prefix, row, may_follow)
    for _, field in G.ipairs(dw.kinds[kind_name].order) do
      local refers = field.type == "ref"
      if names[field.name] and not field.formula and (may_follow or not refers) then
        local column = { path = prefix .. field.name, name = field.name, row = row, leads_to = 0 }
        columns[#columns + 1] = column
        if refers then
          rows[#rows + 1] = field.to
          column.leads_to = #rows - 1
          add(field.to, prefix .. field.name .. ".", column.leads_to, false)
        end
      end
    end
  end
  add(kind, "", 0, true)
  if #columns == 0 then columns[1] = { path = "id", name = "id", row = 0, leads_to = 0 } end
  return columns, rows
end

local function check_rule(kind, rule)
  local options, what = rule.options, "rule '" .. rule.name .. "'"
  local function say(wrong) dw.complain(rule.place, what .. ": " .. wrong) return false end
  if not dw.check_options(what, options, rule_options, rule.place) then return false end
  if type(options[1]) ~= "string" then return say(tr("begins with its sentence: rule \"{name}\" {{ \"…\", points = … }}", { name = rule.name })) end
  if options[2] ~= nil and type(options[2]) ~= "function" then return say(tr("the second entry is a function, not a {type}",
    { type = type(options[2]) })) end
  if options[3] ~= nil then return say(tr "has more than a sentence and a function") end
  if options.where and options.when then return say(tr "takes where or when, not both") end
  if type(options.points) == "condition" and (options.points.op ~= "between" or not options[2]) then
    return say(tr "points are a number, between(low, high) with a function, or a function")
  end
  if type(options.points) == "number" and options[2] then return say(tr "a function gives points between two bounds: points = between(0, 20)") end
  if options.where then dw.check_where(kind, options.where, say) end
  return true
end

local function grades_of(declaration)
  local out = {}
  for _, name in G.ipairs(dw.keys(declaration.options.grades or {})) do
    local at_least = declaration.options.grades[name]
    if type(name) ~= "string" or #name > 15 or type(at_least) ~= "number" then
      dw.complain(declaration.place, tr "grades are names of up to 15 letters with the points they begin at: {{ A = 70, B = 45 }}")
      break
    else
      out[#out + 1] = { name = name, at_least = at_least }
    end
  end
  lua.table.sort(out, function(a, b) return a.at_least > b.at_least end)
  return out
end

-- Decay is a part like any other, so that the parts still add up: it takes a share off the points gained.
local function decay_rule(kind, decay)
  local options = decay.options
  if not dw.check_options("decay", options, decay_options, decay.place) then return nil end
  local field, wrong = dw.resolve(kind, options.since)
  if not field then
    dw.complain(decay.place, tr("decay: since: {wrong}", { wrong = wrong }))
    return nil
  end
  local text = options.text
    or tr("loses {share} % a month after {days} days", { share = lua.string.format("%g", options.per_month * 100), days = options.after })
  return { id = "decay", text = text, text_ru = options.text_ru, place = decay.place, options = options }
end

local function share_lost(options)
  local follow = compile("return function(r) return " .. read_source(options.since) .. " end", {}, "decay")
  return function(record)
    local last = follow(record)
    if last == nil then return 0 end
    local months = (c.today() - last - options.after) / 30
    return lua.math.max(0, lua.math.min(1, months * options.per_month))
  end
end

local function decaying_driver(decay, driver, count)
  local lost = share_lost(decay.options)
  local function part(record, ...)
    local gained = 0
    for i = 1, count do gained = gained + lua.math.max(0, (G.select(i, ...))) end
    return -gained * lost(record)
  end
  local function answers(record, ...)
    local list = lua.table.pack(...)
    list[count + 1] = part(record, ...)
    return lua.table.unpack(list, 1, count + 1)
  end
  return function(record, learned) return answers(record, driver(record, learned)) end
end

local function decaying_single(decay, singles, count)
  local lost = share_lost(decay.options)
  return function(record, learned)
    local gained = 0
    for i = 1, count do
      local well, points = c.pcall(singles[i], record, learned)
      if well and type(points) == "number" then gained = gained + lua.math.max(0, points) end
    end
    return -gained * lost(record)
  end
end

-- What one function of Lua holds: a register for each rule's points and one more to return them.
local most_rules = 120

local function accepted_rules(declaration)
  local rules, decay, seen = {}, nil, {}
  local kind = declaration.options.kind
  for _, entry in G.ipairs(dw.entries("scorecard '" .. declaration.name .. "'", declaration.options, { rule = true, decay = true }, declaration.place)) do
    if entry.declares == "decay" then
      decay = decay_rule(kind, entry)
    elseif dw.unique(seen, entry.name, "rule", entry.place) and check_rule(kind, entry) then
      rules[#rules + 1] = entry
    end
  end
  if #rules > most_rules then
    dw.complain(declaration.place, tr("scorecard '{name}' has more than {most_rules} rules", { name = declaration.name, most_rules = most_rules }))
  end
  return rules, decay
end

-- What C asks for when a card is first evaluated, not when it is loaded: most cards of a session
-- never are. All that can be wrong with them was checked before.
local function sources_of(card)
  if not card.sources then
    local sources, constants = {}, {}
    for i, rule in G.ipairs(card.rules) do sources[i] = rule_source(card.kind, rule, constants) end
    card.sources, card.constants = sources, constants
  end
  return card.sources, card.constants
end

local function singles_for(card)
  local singles, count = singles_of(card.name, sources_of(card)), #card.rules
  if card.decay then singles[count + 1] = decaying_single(card.decay, singles, count) end
  return singles
end

local function bulk_for(card)
  local driver, read = driver_of(card.name, sources_of(card)), { lua.table.unpack(card.rules) }
  if card.decay then
    driver = decaying_driver(card.decay, driver, #card.rules)
    read[#read + 1] = { options = { where = { [card.decay.options.since] = true } } }
  end
  return driver, layout(card.kind, read)
end

local known = {}
dw.scorecard_kinds = {}

local function install(declaration)
  local options, what = declaration.options, "scorecard '" .. declaration.name .. "'"
  if not dw.unique(known, declaration.name, "scorecard", declaration.place)
    or not dw.check_options(what, options, card_options, declaration.place) then return end
  if not dw.kinds[options.kind] then
    dw.complain(declaration.place, tr("{what} is for no kind: '{kind}'",
      { what = what, kind = options.kind }) .. dw.hint(options.kind, dw.keys(dw.kinds)))
    return
  end
  dw.scorecard_kinds[declaration.name] = options.kind
  local rules, decay = accepted_rules(declaration)
  local listed = {}
  for i, rule in G.ipairs(rules) do
    listed[i] = { id = rule.name, text = rule.options[1], text_ru = rule.options.text_ru, place = rule.place }
  end
  listed[#listed + 1] = decay
  local card = { name = declaration.name, kind = options.kind, rules = rules, decay = decay }
  c.add_scorecard { name = declaration.name, kind = options.kind, title = options.title, title_ru = options.title_ru,
    grades = grades_of(declaration), rules = listed, place = declaration.place,
    learn = options.learn and function() return dw.learned(options.learn()) end,
    singles = function() return singles_for(card) end, bulk = function() return bulk_for(card) end }
end

function dw.install_scorecards()
  for _, declaration in G.ipairs(cards) do install(declaration) end
end
