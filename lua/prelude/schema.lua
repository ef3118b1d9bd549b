-- Checking what authors write: unknown options, wrong types, duplicates; all of it is reported at
-- the author's file:line, as much as possible in one go.
local dw = ...
local c, lua = dw.c, dw.lua
local G = lua._G
local tr = dw.base.tr
local type, rawtype, next = c.type, G.type, G.next

--- Where the innermost line of a script is.
function dw.place()
  local file, line = c.place()
  return { file = file or "", line = line or 0 }
end

function dw.complain(place, message) c.complain(place.file, place.line, message) end

--- ": did you mean 'x'?" or "".
function dw.hint(word, names)
  local near = c.suggest(word, names)
  return near and tr("; did you mean '{name}'?", { name = near }) or ""
end

-- "type|type" → { type = true, … }; each such text is split once.
local sets = {}
local function set_of(types)
  local set = sets[types]
  if not set then
    set = {}
    for wanted in lua.string.gmatch(types, "[%w_]+") do set[wanted] = true end
    sets[types] = set
  end
  return set
end

local function allowed(value, set)
  local kind = rawtype(value)
  if kind == "table" or kind == "userdata" then kind = type(value) end
  return set[kind] or set.any or (set.list and kind == "table")
    or (set.integer and lua.math.type(value) == "integer") or false
end

local function is_among(value, list)
  for _, each in G.ipairs(list) do
    if each == value then return true end
  end
  return false
end

-- A spec as it is checked, made once: what each option may be, and the names of those that must be there.
local outlines = G.setmetatable({}, { __mode = "k" })
local function outline_of(spec)
  local outline = { rules = {}, required = {} }
  for name, rule in next, spec do
    local detailed = rawtype(rule) == "table"
    outline.rules[name] = { types = set_of(detailed and rule[1] or rule), among = detailed and rule.among }
    if detailed and rule.required then outline.required[#outline.required + 1] = name end
  end
  outlines[spec] = outline
  return outline
end

-- Whether all is well, without telling: nearly always it is, and telling takes an order.
local function fits(options, spec)
  local outline = outlines[spec] or outline_of(spec)
  local rules, required = outline.rules, outline.required
  for key, value in next, options do
    if rawtype(key) == "string" then
      local rule = rules[key]
      if not rule or not allowed(value, rule.types) or (rule.among and not is_among(value, rule.among)) then return false end
    end
  end
  for i = 1, #required do
    if options[required[i]] == nil then return false end
  end
  return true
end

--- Checks the named entries of an author's table against spec: option = "type|type" or
-- { "type|type", required = true, among = {…} }. Returns whether all was well.
function dw.check_options(what, options, spec, place)
  if type(options) == "table" and fits(options, spec) then return true end
  local well = true
  local function wrong(message)
    well = false
    dw.complain(place, message)
  end
  if type(options) ~= "table" then
    wrong(tr("{what} takes a table {{ … }}, not a {type}", { what = what, type = type(options) }))
    return false
  end
  for _, key in G.ipairs(dw.keys(options)) do
    if type(key) == "string" then
      local rule = spec[key]
      local types = type(rule) == "table" and rule[1] or rule
      if not rule then
        wrong(tr("{what} has no option '{key}'", { what = what, key = key }) .. dw.hint(key, dw.keys(spec)))
      elseif not allowed(options[key], set_of(types)) then
        wrong(what .. ": '" .. key .. "' is a " .. type(options[key]) .. ", not a " .. lua.string.gsub(types, "|", " or "))
      elseif type(rule) == "table" and rule.among then
        if not is_among(options[key], rule.among) then
          wrong(tr("{what}: '{key}' can't be '{key2}'{value} ({list})",
            { what = what, key = key, key2 = G.tostring(options[key]),
              value = dw.hint(G.tostring(options[key]), rule.among), list = lua.table.concat(rule.among, ", ") }))
        end
      end
    end
  end
  for _, key in G.ipairs(dw.keys(spec)) do
    if type(spec[key]) == "table" and spec[key].required and options[key] == nil then
      wrong(tr("{what} lacks '{key}'", { what = what, key = key }))
    end
  end
  return well
end

-- What each verb's table may hold, for whoever lists it (meta.lua).
dw.specs = {}
function dw.spec(name, spec)
  dw.specs[name] = spec
  return spec
end

-- Declarations that stand inside of others and were put nowhere yet: verb and name by the declaration.
local loose, unfinished = {}, {}

--- The entries of the list part, each of which must be what `verb` makes.
function dw.entries(what, options, accepted, place)
  local out = {}
  local count = #options
  for i = 1, count do
    local entry = options[i]
    local kind = type(entry) == "table" and G.rawget(entry, "declares") or nil
    if kind then loose[entry] = nil end
    if kind and accepted[kind] then
      out[#out + 1] = entry
    elseif type(entry) ~= "function" then -- a verb without its table, which is told for itself
      dw.complain(type(entry) == "table" and entry.place or place,
        tr("{what}: entry {i} is a {kind}, not one of: {list}",
          { what = what, i = i, kind = kind and "'" .. kind .. "'" or type(entry), list = lua.table.concat(dw.keys(accepted), ", ") }))
    end
  end
  return out
end

--- A list that is an option: nothing in it has a name.
function dw.check_list(what, list, place)
  if list and list.declares then
    dw.complain(place, tr("{what} is a list: put braces around its '{declares}'", { what = what, declares = list.declares }))
    return false
  end
  for _, key in G.ipairs(dw.keys(list or {})) do
    if type(key) == "string" then
      dw.complain(place, tr("{what} is a list {{ …, … }}: '{key}' stands in it by name", { what = what, key = key }))
      return false
    end
  end
  return true
end

local function check_name(verb, name)
  if type(name) ~= "string" then G.error(tr("{verb} takes a name in quotes first, not a {type}", { verb = verb, type = type(name) })) end
  if name == "" then G.error(tr("{verb} takes a name that is not empty", { verb = verb })) end
end

--- A verb that takes a name and a table and hands { declares, name, options, place } to `finish`. inside: where it belongs,
-- when what it makes must be put into another declaration.
function dw.named_verb(verb, finish, inside)
  return function(name)
    check_name(verb, name)
    local place, key = dw.place(), #unfinished + 1
    unfinished[key] = { verb = verb, name = name, place = place }
    return function(options)
      unfinished[key].done = true
      if type(options) ~= "table" then
        G.error(tr("{verb} \"{name}\" takes a table {{ … }}, not a {type}", { verb = verb, name = name, type = type(options) }))
      end
      local declaration = finish({ declares = verb, name = name, options = options, place = place })
      if inside and lua.string.sub(place.file, 1, 8) ~= "modules/" then loose[declaration] = inside end
      return declaration
    end
  end
end

--- A file that ended in an error finished nothing; that is told already.
function dw.forget_unfinished(file)
  for _, each in G.ipairs(unfinished) do each.done = each.done or each.place.file == file end
end

--- Before a mapping is read: one that was cut short, by lack of memory or by Ctrl-C, must not be told now.
function dw.begin_declaring() loose, unfinished = {}, {} end

--- Whatever was begun and not finished; or, when nothing else is wrong, made and put nowhere.
function dw.check_finished()
  for _, each in G.ipairs(unfinished) do
    if not each.done then dw.complain(each.place, tr("{verb} \"{name}\" lacks its table {{ … }}", { verb = each.verb, name = each.name })) end
  end
  if c.complaints() > 0 then loose = {} end
  local lost = {}
  for declaration in G.next, loose do lost[#lost + 1] = declaration end
  lua.table.sort(lost, function(a, b)
    if a.place.file ~= b.place.file then return a.place.file < b.place.file end
    if a.place.line ~= b.place.line then return a.place.line < b.place.line end
    return a.name < b.name
  end)
  for _, declaration in G.ipairs(lost) do
    dw.complain(declaration.place, tr("{declares} '{name}' stands alone; put it into {declaration}",
      { declares = declaration.declares, name = declaration.name, declaration = loose[declaration] }))
  end
  dw.begin_declaring()
end

--- The first of two declarations under one name stays; the second is an error that names the first.
function dw.unique(seen, name, what, place)
  local former = seen[name]
  if former then
    dw.complain(place, tr("{what} '{name}' is declared twice; the first is at {file}:{line}",
      { what = what, name = name, file = former.file, line = former.line }))
    return false
  end
  seen[name] = place
  return true
end
