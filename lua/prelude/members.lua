-- What stands behind a dot or a colon, each name with its sentence: for completion.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local type = c.type
local reference = dw.reference

-- Of a colon the functions, of a dot the rest.
local function add_rows(out, rows, separator)
  for _, row in G.ipairs(rows or {}) do
    if dw.is_function_row(row) == (separator == ":") then out[#out + 1] = { row[1], dw.row_sentence(row) } end
  end
end

local function add_documented(out, names, rows)
  for _, name in G.ipairs(names) do
    local row = dw.reference_row(rows, name)
    out[#out + 1] = { name, row and dw.row_sentence(row) or "" }
  end
end

--- Of the records of a kind.
function dw.members_of_kind(name, separator)
  local out, kind = {}, dw.kinds[name]
  add_rows(out, reference.classes.record, separator)
  if separator == ":" then return out end
  for _, field in G.ipairs(kind.order) do out[#out + 1] = { field.name, dw.field_sentence(name, field) } end
  local collections = dw.collections_of(name)
  for _, plural in G.ipairs(dw.keys(collections)) do
    local of = dw.kinds[collections[plural]]
    out[#out + 1] = { plural, c.twin(of.title, of.title_ru) or "" }
  end
  return out
end

-- A library shows nothing of itself: what it holds stands in Lua's own, or in C's.
local function library_of(value)
  for _, name in G.ipairs { "string", "table", "math", "utf8" } do
    if value == base[name] then return lua[name] end
  end
  return value == base.stats and c.statistics or nil
end

-- Instants have what days have.
local parents = { instant = "date" }

--- Of a value.
function dw.members(value, separator)
  local out, kind, library = {}, type(value), library_of(value)
  if library then
    add_documented(out, dw.keys(library), library == c.statistics and reference.classes.stats or nil)
  elseif kind == "record" then
    return dw.members_of_kind(value.kind, separator)
  elseif kind == "string" then
    add_documented(out, separator == ":" and dw.keys(lua.string) or {})
  elseif kind == "table" and G.type(value) == "table" then
    for _, key in G.ipairs(dw.keys(value)) do
      if type(key) == "string" then out[#out + 1] = { key, "" } end
    end
  else
    add_rows(out, reference.classes[kind], separator)
    add_rows(out, reference.classes[parents[kind]], separator)
  end
  return out
end

--- Of nothing: the names of the language, and the kinds' words.
function dw.language_members()
  local out = {}
  for _, name in G.ipairs(dw.keys(dw.kinds)) do
    local kind = dw.kinds[name]
    out[#out + 1] = { name, c.twin(kind.title, kind.title_ru) or "" }
    if kind.plural then out[#out + 1] = { kind.plural, c.twin(kind.title, kind.title_ru) or "" } end
  end
  add_documented(out, dw.keys(base), reference.globals) -- the queries of kinds again, which were first
  return out
end
