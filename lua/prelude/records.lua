-- records "kind" { … }: records that a workspace ships, as data. They are declared here and created by a command, each once.
local dw = ...
local c, lua, verbs, base = dw.c, dw.lua, dw.verbs, dw.base
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

local declared, by_kind = {}, {}
verbs.records = dw.named_verb("records", function(declaration) declared[#declared + 1] = declaration end)

-- The field that an entry sets: text_ru is text for Russian readers.
local function field_of(kind, name)
  if kind.fields[name] then return name, false end
  local twin = lua.string.match(name, "^(.+)_ru$")
  if twin and kind.fields[twin] then return twin, true end
end

local function check_entry(declaration, kind, i, entry, seen)
  local what = "records '" .. declaration.name .. "': entry " .. i
  local function say(wrong) dw.complain(declaration.place, what .. wrong) end
  if type(entry) ~= "table" then return say(tr(" is a {type}, not a table {{ \"key\", field = value }}", { type = type(entry) })) end
  if type(entry[1]) ~= "string" or entry[1] == "" or #entry > 1 then return say(tr " begins with its key, which stays: {{ \"key\", field = value }}") end
  if not dw.unique(seen, entry[1], "record", declaration.place) then return end
  for _, name in G.ipairs(dw.keys(entry)) do
    local field = type(name) == "string" and field_of(kind, name)
    if name ~= 1 and not field then
      say(tr(": {name} has no field '{name2}'",
        { name = declaration.name, name2 = c.tostring(name) }) .. dw.hint(c.tostring(name), dw.keys(kind.fields)))
    elseif name == "external_id" then
      say(tr ": the key is the external id")
    end
  end
  return true
end

function dw.install_records()
  local seen = {}
  for _, declaration in G.ipairs(declared) do
    local name = declaration.name
    local kind = dw.kinds[name]
    if not kind then
      dw.complain(declaration.place, tr("records are of no kind: '{name}'", { name = name }) .. dw.hint(name, dw.keys(dw.kinds)))
    else
      seen[name], by_kind[name] = seen[name] or {}, by_kind[name] or {}
      for i, entry in G.ipairs(declaration.options) do
        if check_entry(declaration, kind, i, entry, seen[name]) then by_kind[name][#by_kind[name] + 1] = entry end
      end
    end
  end
end

-- The values of an entry in the language of the program.
local function values_of(kind, entry)
  local values, russian = {}, c.language() == "ru"
  for _, name in G.ipairs(dw.keys(entry)) do
    if name ~= 1 then
      local field, twin = field_of(kind, name)
      if not twin or russian then values[field] = entry[name] end
    end
  end
  values.external_id = entry[1]
  return values
end

local function kinds_meant(kind)
  if kind == nil then return dw.keys(by_kind) end
  if not dw.kinds[kind] then error(tr("there is no kind '{kind}'",
    { kind = c.tostring(kind) }) .. dw.hint(c.tostring(kind), dw.keys(dw.kinds)), 3) end
  return { kind }
end

--- shipped "kind": what the workspace ships of that kind, as tables, whether it was created or not.
function base.shipped(kind)
  local out = {}
  for _, entry in G.ipairs(by_kind[kinds_meant(kind)[1]] or {}) do out[#out + 1] = values_of(dw.kinds[kind], entry) end
  return out
end

local function is_wanted(kind, key, again)
  return dw.new_query(kind):where({ external_id = key }):count() == 0 and (again or not c.was_called(kind, key))
end

function dw.create_shipped(kind, again)
  local made = {}
  for _, name in G.ipairs(kinds_meant(kind)) do
    for _, entry in G.ipairs(by_kind[name] or {}) do
      if is_wanted(name, entry[1], again) then made[#made + 1] = c.create(name, values_of(dw.kinds[name], entry)) end
    end
  end
  return made
end
