-- Annotations for editors (LuaLS): what scripts can call, and the kinds of the workspace with their fields.
local dw = ...
local c, lua = dw.c, dw.lua
local G = lua._G
local sub = lua.string.sub
local reference = dw.reference

local keywords = {}
for word in lua.string.gmatch("and break do else elseif end false for function goto if in local nil not or repeat return then true until while", "%a+") do
  keywords[word] = true
end

-- Lines of the file, as they come.
local function new_page()
  local lines = {}
  return {
    add = function(...) lines[#lines + 1] = lua.table.concat { ... } end,
    text = function() return lua.table.concat(lines, "\n") .. "\n" end,
  }
end

-- A sentence on one line.
local function flat(text) return (lua.string.gsub(text or "", "%s+", " ")) end

-- "a: x, b: fun(c: y, d: z)" at its outer commas.
local function split(list)
  local parts, depth, from = {}, 0, 1
  for i = 1, #list do
    local byte = sub(list, i, i)
    if byte == "(" then depth = depth + 1 elseif byte == ")" then depth = depth - 1 end
    if byte == "," and depth == 0 then parts[#parts + 1], from = sub(list, from, i - 1), i + 1 end
  end
  if #list > 0 then parts[#parts + 1] = sub(list, from) end
  for i, part in G.ipairs(parts) do parts[i] = lua.string.match(part, "^%s*(.-)%s*$") end
  return parts
end

--- The parameters and results of "(a: x, b?: y): z, v": { { name, type } }, { type }.
local function read_signature(signature)
  local inside, results = lua.string.match(signature, "^(%b()):?%s*(.*)$")
  local params = split(sub(inside, 2, -2))
  for i, param in G.ipairs(params) do
    local name, type = lua.string.match(param, "^([%w_.?]+):%s*(.*)$")
    params[i] = { name, type }
  end
  return params, split(results)
end

local function add_function(page, prefix, row)
  local params, results = read_signature(row[2])
  local names = {}
  page.add("---", dw.row_sentence(row))
  for i, param in G.ipairs(params) do
    names[i] = lua.string.gsub(param[1], "?", "")
    page.add("---@param ", param[1], " ", param[2])
  end
  for _, result in G.ipairs(results) do page.add("---@return ", result) end
  page.add("function ", prefix, row[1], "(", lua.table.concat(names, ", "), ") end", "\n")
end

local function add_globals(page, rows)
  for _, row in G.ipairs(rows) do
    if dw.is_function_row(row) then
      add_function(page, "", row)
    else
      page.add("---", dw.row_sentence(row), "\n---@type ", sub(row[2], 3), "\n", row[1], " = nil", "\n")
    end
  end
end

-- parent: ": record", or "" where there is none. The table has a name of its own: `date` is a function, too.
local function add_class(page, name, parent, rows)
  page.add("---@class ", name, parent)
  for _, row in G.ipairs(rows) do
    if not dw.is_function_row(row) then page.add("---@field ", row[1], " ", sub(row[2], 3), " ", dw.row_sentence(row)) end
  end
  page.add("local class_", name, " = {}", "\n")
  for _, row in G.ipairs(rows) do
    if dw.is_function_row(row) then add_function(page, "class_" .. name .. ":", row) end
  end
end

local option_types = { list = "table", condition = "condition", date = "date", any = "any" }

local function option_type(rule)
  local detailed = G.type(rule) == "table"
  if detailed and rule.among then
    local words = {}
    for i, word in G.ipairs(rule.among) do words[i] = lua.string.format("%q", word) end
    return lua.table.concat(words, "|")
  end
  return (lua.string.gsub(detailed and rule[1] or rule, "[%w_]+", function(type) return option_types[type] or type end))
end

local function add_options(page)
  for _, name in G.ipairs(dw.keys(dw.specs)) do
    local spec = dw.specs[name]
    page.add("---@class options.", name)
    for _, option in G.ipairs(dw.keys(spec)) do
      local required = G.type(spec[option]) == "table" and spec[option].required
      page.add("---@field ", option, required and " " or "? ", option_type(spec[option]))
    end
    page.add("")
  end
end

local field_types = { text = "string", email = "string", phone = "string", url = "string", integer = "integer", minutes = "integer",
  number = "number", percent = "number", money = "money", boolean = "boolean", date = "date", instant = "instant", choices = "string[]" }

local function value_type(field)
  if field.type == "ref" then return field.to end
  local words = field.type == "choice" and field.choices or field.engine and field.words
  if not words then return field_types[field.type] or "any" end
  local quoted = {}
  for i, word in G.ipairs(words) do quoted[i] = lua.string.format("%q", word) end
  return lua.table.concat(quoted, "|")
end

--- What a field is for, in the reader's language.
function dw.field_sentence(kind, field)
  local help, help_ru = c.field_help(kind, field.name)
  return flat(help and c.twin(help, help_ru) or c.twin(field.title, field.title_ru) or field.name)
end

local function add_kind(page, kind)
  page.add("---", flat(c.twin(kind.title, kind.title_ru)))
  page.add("---@class ", kind.name, " : record")
  for _, field in G.ipairs(kind.order) do
    page.add("---@field ", field.name, field.required and " " or "? ", value_type(field), " ", dw.field_sentence(kind.name, field))
  end
  local collections = dw.collections_of(kind.name)
  for _, plural in G.ipairs(dw.keys(collections)) do page.add("---@field ", plural, " ", plural) end
  page.add("")
end

-- The query of a kind: what narrows gives the same, what asks gives its records.
local function add_collection(page, kind)
  local name, plural = kind.name, kind.plural
  page.add("---@class ", plural, " : query")
  for _, method in G.ipairs { "where", "either", "none" } do
    page.add("---@field ", method, " fun(self: ", plural, ", conditions: table): ", plural)
  end
  page.add("---@field limit fun(self: ", plural, ", count: integer): ", plural)
  page.add("---@field order_by fun(self: ", plural, ", ...: string): ", plural)
  page.add("---@field first fun(self: ", plural, "): ", name, "?")
  page.add("---@field all fun(self: ", plural, "): ", name, "[]")
  page.add("---@field each fun(self: ", plural, "): fun(): ", name, "?")
  page.add("---", flat(c.twin(kind.title, kind.title_ru)), "\n---@type ", plural, "\n", plural, " = nil", "\n")
end

-- In tests the word for a kind makes a record.
local function add_maker(page, kind)
  if keywords[kind.name] or dw.base[kind.name] ~= nil or dw.verbs[kind.name] ~= nil then return end
  page.add("---@param values table\n---@return ", kind.name, "\nfunction ", kind.name, "(values) end", "\n")
end

local function add_kinds(page)
  for _, name in G.ipairs(dw.keys(dw.kinds)) do
    local kind = dw.kinds[name]
    add_kind(page, kind)
    if kind.plural and not keywords[kind.plural] then add_collection(page, kind) end
    add_maker(page, kind)
  end
end

-- What the sentences name and nobody needs to look into.
local plain = { "block", "condition", "criterion", "document", "rule", "unset" }

function dw.calls.meta()
  local page = new_page()
  page.add "---@meta\n-- What scripts of this workspace can call. Written by: rules meta\n"
  for _, name in G.ipairs(plain) do page.add("---@class ", name) end
  page.add "---@class field\n---@overload fun(options: table): field\n"
  add_class(page, "date", "", reference.classes.date)
  add_class(page, "instant", " : date", reference.classes.instant)
  for _, name in G.ipairs { "money", "aggregate", "failure", "record", "query", "ctx" } do add_class(page, name, "", reference.classes[name]) end
  page.add "stats = {}\n"
  for _, row in G.ipairs(reference.classes.stats) do add_function(page, "stats.", row) end
  add_options(page)
  add_kinds(page)
  add_globals(page, reference.globals)
  add_globals(page, reference.verbs)
  add_globals(page, reference.mapping)
  return page.text()
end
