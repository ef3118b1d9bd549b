-- extend, kind, the field verbs, rollup and formula.
local dw = ...
local c, lua, verbs = dw.c, dw.lua, dw.verbs
local G = lua._G
local type, error, tr = c.type, G.error, dw.base.tr

local common = { required = "boolean", title = "string", title_ru = "string", help = "string", help_ru = "string",
  default = "any" }
local extra = {
  text = { long = "boolean", engine = "boolean" },
  integer = { min = "number", max = "number" },
  number = { min = "number", max = "number", decimals = "integer" },
  money = { min = "number", max = "number" },
  percent = { min = "number", max = "number", decimals = "integer" },
  boolean = {}, date = {}, instant = {}, choice = { engine = "boolean", titles = "table", titles_ru = "table" },
  choices = { titles = "table", titles_ru = "table" },
  ref = { to = { "string", required = true } }, email = {}, phone = {}, url = {}, minutes = { min = "number", max = "number" },
}
-- options that only columns of reports have
local shown = { of = "string", unit = "string", unit_ru = "string", decimals = "integer", chart = { "string", among = c.chart_types }, total = "boolean" }

-- options that only the parameters of commands have
local typed = { rest = "boolean", loose = "boolean", named = "boolean", file = "boolean", ask = "string", ask_ru = "string" }

-- role: nil of a kind, "column", "parameter" of a report, "argument" of a command
local function option_spec(field, role)
  local spec = { indexed = "boolean" }
  for name, types in G.next, common do spec[name] = types end
  for name, types in G.next, extra[field] do spec[name] = types end
  if role == "column" then
    for name, types in G.next, shown do spec[name] = types end
    spec.to = "string"
  elseif role == "argument" then
    for name, types in G.next, typed do spec[name] = types end
  end
  if (role == "parameter" or role == "argument") and field == "date" then spec.last_day = "boolean" end
  if role and field == "ref" and role ~= "column" then spec.to = { "string|table", required = true } end
  return spec
end

-- A field is itself callable, so that options are optional: money "budget", money "budget" { … }.
local descriptor = { __type = "field", __metatable = "field" }
descriptor.__call = function(self, options)
  if type(options) ~= "table" then
    error(tr("{type} \"{name}\" takes a table of options {{ … }}, not a {type2}", { type = self.type, name = self.name, type2 = type(options) }))
  end
  return G.setmetatable({ declares = "field", type = self.type, name = self.name, place = self.place, options = options }, descriptor)
end
function dw.is_field(value) return type(value) == "field" end

for name in G.next, extra do
  verbs[name] = function(field)
    if type(field) ~= "string" then error(tr("{name} takes a name in quotes, not a {type}", { name = name, type = type(field) })) end
    if name == "date" then
      local literal = c.date_literal(field)
      if literal then return literal end
      if lua.string.find(field, "^%d") then error(tr("'{field}' is no date; write date \"2026-01-31\"", { field = field })) end
    end
    return G.setmetatable({ declares = "field", type = name, name = field, place = dw.place(), options = {} }, descriptor)
  end
end
-- outside declarations, date "2026-01-31" is all there is
dw.base.date = function(iso)
  return c.date_literal(iso) or error(tr("'{iso}' is no date; write date \"2026-01-31\"", { iso = G.tostring(iso) }))
end

-- Titles stand in the order of the choices, one for each.
local function check_titles(field, what, titles, count)
  for i = 1, titles and lua.math.max(count, #titles) or 0 do
    if type(titles[i]) ~= "string" then
      dw.complain(field.place, tr("{what}: its titles are texts, one for each of the {count} choices", { what = what, count = count }))
      return false
    end
  end
  return true
end

--- Checks a field as declared and gives the flat table that dw.c takes; nil when something is wrong.
-- role: see option_spec.
function dw.flat_field(field, role)
  local what = field.type .. " '" .. field.name .. "'"
  local options = field.options
  if not dw.check_options(what, options, option_spec(field.type, role), field.place) then return nil end
  local flat = { name = field.name, type = field.type, place = field.place }
  for key, value in G.next, options do
    if type(key) == "string" then flat[key] = value end
  end
  if type(flat.to) == "table" then flat.to = lua.table.concat(flat.to, ", ") end
  if field.type == "choice" or field.type == "choices" then
    flat.choices = {}
    for i, value in G.ipairs(options) do
      if type(value) ~= "string" then
        dw.complain(field.place, tr("{what}: choice {i} is a {type}, not a text", { what = what, i = i, type = type(value) }))
        return nil
      end
      flat.choices[i] = value
    end
    if #flat.choices == 0 and role ~= "column" then
      dw.complain(field.place, tr("{what} lists no choices: {{ \"one\", \"two\" }}", { what = what }))
      return nil
    end
    if not check_titles(field, what, flat.titles, #flat.choices) or not check_titles(field, what, flat.titles_ru, #flat.choices) then return nil end
  elseif #options > 0 then
    dw.complain(field.place, tr("{what} takes named options only", { what = what }))
    return nil
  end
  return flat
end

dw.declared = { extended = {}, kinds = {}, fields = {}, rollups = {}, formulas = {} }

local function add_fields(kind, options, place)
  for i = 1, #options do
    local field = options[i]
    if dw.is_field(field) then
      dw.declared.fields[#dw.declared.fields + 1] = { kind = kind, field = field }
    else
      dw.complain(place, tr("entry {i} of '{kind}' is a {type}, not a field such as: text \"name\"", { i = i, kind = kind, type = type(field) }))
    end
  end
end

verbs.extend = dw.named_verb("extend", function(declaration)
  dw.check_options("extend \"" .. declaration.name .. "\"", declaration.options, {}, declaration.place)
  dw.declared.extended[#dw.declared.extended + 1] = declaration
  add_fields(declaration.name, declaration.options, declaration.place)
end)

local kind_options = dw.spec("kind", { plural = "string", title = "string", title_ru = "string", belongs_to = "string", name_field = "string",
  members_of = "string", members_meet = "string" })
verbs.kind = dw.named_verb("kind", function(declaration)
  local options = declaration.options
  dw.check_options("kind '" .. declaration.name .. "'", options, kind_options, declaration.place)
  dw.declared.kinds[#dw.declared.kinds + 1] = declaration
  add_fields(declaration.name, options, declaration.place)
end)

-- "client.meetings" → client, meetings; nil when there is no such kind.
local function split_target(verb, path, place)
  local kind, name = lua.string.match(path, "^([%w_]+)%.([%w_]+)$")
  if not kind then
    dw.complain(place, tr("a {verb} is named kind.field, not '{path}'", { verb = verb, path = path }))
  elseif not dw.kinds[kind] then
    dw.complain(place, tr("{verb} '{path}': there is no kind '{kind}'",
      { verb = verb, path = path, kind = kind }) .. dw.hint(kind, dw.keys(dw.kinds)))
    return nil
  end
  return kind, name
end

verbs.rollup = dw.named_verb("rollup", function(declaration)
  dw.declared.rollups[#dw.declared.rollups + 1] = declaration
end)
verbs.formula = dw.named_verb("formula", function(declaration)
  dw.declared.formulas[#dw.declared.formulas + 1] = declaration
end)

local function complain_if(place, done, message)
  if not done then dw.complain(place, message) end
  return done
end

local function declare_kind(declaration)
  local options, name_field = declaration.options, declaration.options.name_field
  for i = 1, #options do
    local field = options[i]
    if not name_field and dw.is_field(field) and field.type == "text" then name_field = field.name end
  end
  complain_if(declaration.place, c.add_kind {
    name = declaration.name, plural = options.plural or declaration.name .. "s",
    title = options.title, title_ru = options.title_ru, belongs_to = options.belongs_to, name_field = name_field,
    members_of = options.members_of, members_meet = options.members_meet,
  })
end

local function filters_of(filter)
  local out = {}
  for _, each in G.ipairs(dw.conditions(filter or {})) do
    if each.op == "between" then
      out[#out + 1] = { path = each.path, op = "at_least", value = each.value }
      out[#out + 1] = { path = each.path, op = "at_most", value = each.high }
    elseif each.op == "in" then
      out[#out + 1] = { path = each.path, values = each.value }
    else
      out[#out + 1] = each
    end
  end
  return out
end

local keeps_type = { sum = true, minimum = true, maximum = true }
local counts = { count = true, count_distinct = true }

local function type_of_figure(fn, field)
  if counts[fn] then return "integer" end
  if not field then return "number" end
  local whole = field.type == "integer" or field.type == "minutes"
  return (keeps_type[fn] or not whole) and field.type or "number"
end

-- The kind of the records looked at and the path over them (nil for count); nil when it is not said.
local function target_of(figure, say)
  if not dw.is_aggregate(figure) or not figure.fn then
    return say(tr "needs count, sum, average, minimum, maximum or median first")
  end
  if figure.fn == "percentile" then return say(tr "a rollup has no percentile; use the median") end
  local kind, path = figure.path, nil
  if figure.fn ~= "count" then kind, path = lua.string.match(figure.path, "^([%w_]+)%.(.+)$") end
  if not kind then
    return say(figure.fn .. " names the kind too: " .. figure.fn .. (figure.fn == "count" and " \"deal\"" or " \"deal.amount\""))
  end
  if not dw.kinds[kind] then return say(tr("there is no kind '{kind}'", { kind = kind }) .. dw.hint(kind, dw.keys(dw.kinds))) end
  if figure.filter ~= nil and type(figure.filter) ~= "table" then
    return say(tr("conditions are a table {{ field = value }}, not a {type}", { type = type(figure.filter) }))
  end
  return kind, path
end

local rollup_options = dw.spec("rollup", { title = "string", title_ru = "string", help = "string", help_ru = "string", via = "string" })

-- A rollup as declared, checked as far as it can be alone; nil when something is wrong.
local function read_rollup(declaration)
  local place, options, what = declaration.place, declaration.options, "rollup '" .. declaration.name .. "'"
  local function say(wrong) dw.complain(place, what .. ": " .. wrong) end
  local kind, name = split_target("rollup", declaration.name, place)
  if not dw.check_options(what, options, rollup_options, place) or not kind then return nil end
  local figure = options[1]
  local from, path = target_of(figure, say)
  if not from then return nil end
  return { kind = kind, name = name, figure = figure, from = from, path = path, options = options, place = place, say = say }
end

-- What is wrong with what a rollup reads, or nil; and the name of the field that is not there: it may be a rollup still to come.
local function missing(rollup)
  local paths = dw.keys(rollup.figure.filter or {})
  if rollup.path and not lua.string.find(rollup.path, "(", 1, true) then paths[#paths + 1] = rollup.path end
  for _, path in G.ipairs(paths) do
    local field, wrong, lacking = dw.resolve(rollup.from, G.tostring(path))
    if not field then return wrong, lacking end
    if field.formula then return "'" .. path .. "' is a formula, which only scripts compute: use the fields it reads" end
    if path == rollup.path then rollup.field = field end
  end
end

-- What each figure can be taken of.
local amounts = { integer = true, number = true, money = true, percent = true, minutes = true }
local ordered = { integer = true, number = true, money = true, percent = true, minutes = true, date = true, instant = true }
local takes = { sum = amounts, average = amounts, median = amounts, minimum = ordered, maximum = ordered }

local function add_rollup(rollup)
  local options, figure, well = rollup.options, rollup.figure, true
  local accepted, field_type = takes[figure.fn], rollup.field and rollup.field.type
  if accepted and field_type and not accepted[field_type] then
    local wanted = accepted == ordered and "a number, money or a date" or "a number or money"
    rollup.say(figure.fn .. " needs " .. wanted .. "; '" .. rollup.path .. "' is a " .. field_type)
    return
  end
  dw.check_where(rollup.from, figure.filter or {}, function(wrong) well = false rollup.say(wrong) end)
  if not well then return end
  local field = { name = rollup.name, place = rollup.place, type = type_of_figure(figure.fn, rollup.field), rollup = {
    fn = figure.fn, kind = rollup.from, path = rollup.path, via = options.via, filters = filters_of(figure.filter),
  }, title = options.title, title_ru = options.title_ru, help = options.help, help_ru = options.help_ru }
  if complain_if(rollup.place, c.add_field(rollup.kind, field)) then
    dw.kinds[rollup.kind].fields[rollup.name] = { name = rollup.name, type = field.type }
  end
end

-- Rollups may stand on one another in any order: those go first that find what they read.
local function declare_rollups(declarations)
  local waiting = {}
  for _, declaration in G.ipairs(declarations) do waiting[#waiting + 1] = read_rollup(declaration) end
  repeat
    local left = {}
    for _, rollup in G.ipairs(waiting) do
      if missing(rollup) then left[#left + 1] = rollup else add_rollup(rollup) end
    end
    local stuck = #left == #waiting
    waiting = left
  until stuck
  local names = {}
  for _, rollup in G.ipairs(waiting) do names[rollup.kind .. "." .. rollup.name] = true end
  for _, rollup in G.ipairs(waiting) do
    local wrong, lacking = missing(rollup)
    rollup.say(names[lacking] and "stands on '" .. lacking .. "', which is wrong or stands on this one" or wrong)
  end
end

-- What a function can give as one value.
local computable = { text = true, integer = true, number = true, money = true, percent = true, minutes = true, boolean = true,
  date = true, instant = true }

local function declare_formula(declaration)
  local place, options = declaration.place, declaration.options
  local kind, name = split_target("formula", declaration.name, place)
  local field_type, compute = options[1], options[2]
  if not dw.check_options("formula '" .. declaration.name .. "'", options,
    { title = "string", title_ru = "string", help = "string", help_ru = "string" }, place) or not kind then return end
  if not computable[field_type] then
    dw.complain(place, tr("formula '{name}' needs a type first: {list}",
      { name = declaration.name, list = lua.table.concat(dw.keys(computable), ", ") }) .. dw.hint(G.tostring(field_type), dw.keys(computable)))
  elseif type(compute) ~= "function" then
    dw.complain(place, tr("formula '{name}' needs a function second", { name = declaration.name }))
  else
    dw.formulas[declaration.name] = { compute = compute, place = place }
    complain_if(place, c.add_field(kind, { name = name, place = place, type = field_type, formula = true,
      title = options.title, title_ru = options.title_ru, help = options.help, help_ru = options.help_ru }))
  end
end

-- A child refers to its parent by a field named like the parent's kind.
local function declare_owner(declaration)
  local owner = declaration.options.belongs_to
  if owner == nil then return end
  if not dw.kinds[owner] then
    dw.complain(declaration.place, tr("kind '{name}' belongs to no kind: '{owner}'",
      { name = declaration.name, owner = owner }) .. dw.hint(owner, dw.keys(dw.kinds)))
  elseif dw.kinds[declaration.name] then
    complain_if(declaration.place, c.add_field(declaration.name, { name = owner, place = declaration.place, type = "ref", to = owner,
      title = dw.kinds[owner].title, title_ru = dw.kinds[owner].title_ru, required = true, indexed = true }))
  end
end

-- What only the whole shows (the first of it), blamed on the declaration that the message begins with.
local function check_whole(declared)
  local well, message = c.check_catalog()
  if well then return end
  local place = { file = "", line = 0 }
  for _, list in G.ipairs { declared.kinds, declared.rollups, declared.formulas } do
    for _, declaration in G.ipairs(list) do
      if lua.string.sub(message, 1, #declaration.name + 1) == declaration.name .. ":" then place = declaration.place end
    end
  end
  for _, each in G.ipairs(declared.fields) do
    local name = each.kind .. "." .. each.field.name .. ":"
    if lua.string.sub(message, 1, #name) == name then place = each.field.place end
  end
  dw.complain(place, message)
end

--- All kinds first, then fields, then what is computed from them.
function dw.install_kinds()
  dw.formulas = {}
  local declared = dw.declared
  local seen = {}
  for _, declaration in G.ipairs(declared.kinds) do
    if dw.unique(seen, declaration.name, "kind", declaration.place) then declare_kind(declaration) end
  end
  dw.kinds = c.kinds(dw.kinds)
  for _, each in G.ipairs(declared.extended) do
    if not dw.kinds[each.name] then
      dw.complain(each.place, tr("there is no kind '{name}'", { name = each.name }) .. dw.hint(each.name, dw.keys(dw.kinds)))
    end
  end
  for _, declaration in G.ipairs(declared.kinds) do declare_owner(declaration) end
  for _, each in G.ipairs(declared.fields) do
    local flat = dw.kinds[each.kind] and dw.flat_field(each.field)
    if flat then
      if flat.to and not dw.kinds[flat.to] then
        dw.complain(flat.place, tr("ref '{name}' leads to no kind: '{to}'",
          { name = flat.name, to = flat.to }) .. dw.hint(flat.to, dw.keys(dw.kinds)))
      else
        complain_if(flat.place, c.add_field(each.kind, flat))
      end
    end
  end
  dw.open_transitions()
  for _, declaration in G.ipairs(declared.formulas) do declare_formula(declaration) end
  dw.kinds = c.kinds(dw.kinds)
  dw.order_fields()
  declare_rollups(declared.rollups)
  dw.kinds = c.kinds(dw.kinds)
  if c.complaints() == 0 then check_whole(declared) end
end
