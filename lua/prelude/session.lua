-- The user's chunks: the scripts' environment with the commands as functions and variables that
-- stay. A local at the outermost level of a chunk becomes a variable of the session.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local tr = dw.base.tr
local type, error, tostring = c.type, G.error, c.tostring
local sub, find = lua.string.sub, lua.string.find

local commands, variables, declared = {}, {}, {}
-- What the chunk under way put something else in the place of: { declared, value } by name.
local former = {}

-- The built-in commands and the workspace's own.
local function all_verbs()
  local verbs = c.verbs()
  for _, name in G.ipairs(dw.keys(dw.commands)) do verbs[#verbs + 1] = name end
  return verbs
end

local function open_commands()
  for _, verb in G.ipairs(all_verbs()) do
    local name = lua.string.gsub(verb, "%-", "_")
    if not commands[name] then
      commands[name] = function(...)
        local rows, columns = c.run_verb(verb, dw.words_of(...))
        if rows == nil then return end -- it has said all: there is no value to show
        dw.remember_columns(rows, columns)
        return rows
      end
    end
  end
end

-- What a name that stands alone on a line may have been meant to do.
local function line_for(name)
  if c.is_report(name) then return "report " .. name end
  return dw.kinds[name] and "list " .. name or nil
end

local environment = G.setmetatable({}, {
  __index = function(_, name)
    local value = variables[name]
    if value ~= nil then return value end
    if declared[name] then return nil end
    value = commands[name]
    if value == nil then value = base[name] end
    if value ~= nil then return value end
    local names = dw.keys(variables)
    for _, list in G.ipairs { commands, base } do
      for _, each in G.ipairs(dw.keys(list)) do names[#names + 1] = each end
    end
    local line = line_for(tostring(name))
    error(tr("'{value}' is not defined", { value = tostring(name) }) ..
      (line and tr("; did you mean '{name}'?", { name = line }) or dw.hint(tostring(name), names)))
  end,
  __newindex = function(_, name, value)
    if commands[name] then error(tr("'{name}' is a command; take another name", { name = name })) end
    if base[name] ~= nil then error(tr("'{name}' belongs to the language; take another name", { name = name })) end
    if not former[name] then former[name] = { declared[name], variables[name] } end
    declared[name] = true
    variables[name] = value
  end,
  __metatable = "session",
})

-- A small tokenizer: enough to see strings, comments and the depth of blocks.
local function skip_long(text, at)
  local level = lua.string.match(text, "^%[(=*)%[", at)
  if not level then return nil end
  local _, last = find(text, "]" .. level .. "]", at, true)
  return (last or #text) + 1
end

local function next_token(text, at)
  at = find(text, "%S", at)
  if not at then return nil end
  local byte = sub(text, at, at)
  if sub(text, at, at + 1) == "--" then
    local after = skip_long(text, at + 2) or (find(text, "\n", at, true) or #text) + 1
    return next_token(text, after)
  end
  if byte == "\"" or byte == "'" then
    local to = at + 1
    while to <= #text and sub(text, to, to) ~= byte do
      to = to + (sub(text, to, to) == "\\" and 2 or 1)
    end
    return "string", at, to + 1
  end
  local after = byte == "[" and skip_long(text, at)
  if after then return "string", at, after end
  local name_end = lua.string.match(text, "^[%a_][%w_]*()", at)
  if name_end then return sub(text, at, name_end - 1), at, name_end end
  local number_end = lua.string.match(text, "^%d[%w.]*()", at)
  if number_end then return "number", at, number_end end
  return byte, at, at + 1
end

local opening = { ["if"] = 1, ["do"] = 1, ["function"] = 1, ["repeat"] = 1, ["("] = 1, ["["] = 1, ["{"] = 1,
  ["end"] = -1, ["until"] = -1, [")"] = -1, ["]"] = -1, ["}"] = -1 }

-- The edits that make `local a <const>, b` at `at` an assignment to session variables.
local function edit_local(text, at, after, edits)
  local token, _, to = next_token(text, after)
  edits[#edits + 1] = { at, after - 1, lua.string.rep(" ", after - at) }
  if token == "function" then return after end
  local last = after
  while token and lua.string.match(token, "^[%a_]") do
    last = to
    local from
    token, from, to = next_token(text, to)
    if token == "<" then
      local _, _, name_end = next_token(text, to)
      local _, _, close = next_token(text, name_end)
      edits[#edits + 1] = { from, close - 1, lua.string.rep(" ", close - from) }
      last = close
      token, _, to = next_token(text, close)
    end
    if token ~= "," then break end
    token, _, to = next_token(text, to)
  end
  if token ~= "=" then edits[#edits + 1] = { last, last - 1, " = nil" } end
  return last
end

--- The chunk with its outermost locals as assignments; line numbers stay.
function dw.session_chunk(text)
  local edits, depth, at = {}, 0, 1
  while true do
    local token, from, to = next_token(text, at)
    if not token then break end
    at = to
    if token == "local" and depth == 0 then
      at = edit_local(text, from, to, edits)
    elseif opening[token] then
      depth = depth + opening[token]
    end
  end
  local parts, last = {}, 1
  for _, edit in G.ipairs(edits) do
    parts[#parts + 1] = sub(text, last, edit[1] - 1)
    parts[#parts + 1] = edit[3]
    last = edit[2] + 1
  end
  parts[#parts + 1] = sub(text, last)
  return lua.table.concat(parts)
end

-- The function of a chunk; an expression gives its values. nil, message when it is no Lua.
local function compile(text, name)
  local expression = lua.string.match(text, "^%s*=(.*)$")
  local chunk = c.load("return " .. (expression or text), "@" .. name, environment)
  if chunk then return chunk, true end
  return c.load(expression and "return " .. expression or dw.session_chunk(text), "@" .. name, environment)
end

local function lacks_end(message)
  return message ~= nil and lua.string.sub(message, -5) == "<eof>"
end

local function shown_list(value)
  local parts, count = {}, 0
  for _, key in G.ipairs(dw.keys(value)) do
    count = count + 1
    if count > 20 then parts[#parts + 1] = "…" break end
    local each = value[key]
    local text = G.type(each) == "string" and lua.string.format("%q", each) or tostring(each)
    parts[#parts + 1] = type(key) == "string" and key .. " = " .. text or text
  end
  return "{ " .. lua.table.concat(parts, ", ") .. " }"
end

local function is_rows(value)
  if G.type(value) ~= "table" or type(value) ~= "table" or value[1] == nil then return false end
  for _, row in G.ipairs(value) do
    local kind = type(row)
    if kind ~= "record" and not (kind == "table" and row[1] == nil) then return false end
  end
  return true
end

local function record_table(record)
  local columns = { { name = "id", type = "integer" } }
  for _, field in G.ipairs(dw.kinds[record.kind].order) do columns[#columns + 1] = { name = field.name, type = field.type } end
  local out = dw.as_table({ record }, columns)
  out.single = true
  return out
end

-- What the answer shows: text, or a table for a query, records, rows.
local function present(value)
  if dw.is_query(value) then
    return nil, dw.as_table(value)
  elseif type(value) == "record" then
    return nil, record_table(value)
  elseif is_rows(value) or dw.has_columns(value) then
    return nil, dw.as_answer(value)
  elseif type(value) == "table" then
    return shown_list(value)
  end
  return tostring(value)
end

local function presented(count, ...)
  if count == 0 then return nil end
  if count == 1 then
    local shown, result = present((...))
    if result then return nil, result end
    return shown .. "\n"
  end
  local words = {}
  for i = 1, count do words[i] = type((G.select(i, ...))) == "table" and shown_list((G.select(i, ...))) or tostring((G.select(i, ...))) end
  return lua.table.concat(words, "\t") .. "\n"
end

local function run(chunk, is_expression)
  local values = lua.table.pack(chunk())
  if not is_expression and values.n == 0 then return nil end
  if values.n == 1 and values[1] == nil then
    -- a command that printed by itself gives nothing to show
    return is_expression == true and "nil\n" or nil
  end
  return presented(values.n, lua.table.unpack(values, 1, values.n))
end

--- shown, result.
function dw.calls.evaluate(text, name)
  former = {}
  open_commands()
  local chunk, expression = compile(text, name)
  if not chunk then error(expression, 0) end
  local shown, result = run(chunk, expression == true)
  former = {}
  return shown, result
end

--- The variables as they were before the chunk that failed; whether it had set any. Takes no memory: there may be none.
function dw.calls.forget_chunk()
  for name, was in G.next, former do declared[name], variables[name] = was[1], was[2] end
  return G.next(former) ~= nil
end

--- is it Lua, and does it lack its end?
function dw.calls.compiles(text)
  local chunk, message = compile(text, "line")
  if chunk then return true, false end
  local incomplete = lacks_end(message)
  return incomplete, incomplete
end

-- The names after a chain a.b.c; fields of a kind when the chain begins with its word.
local function names_after(chain, separator)
  local value, first = nil, true
  local kind
  for name in lua.string.gmatch(chain, "[%w_]+") do
    if first then
      value = variables[name]
      if value == nil then value = base[name] end
      if value == nil then kind = dw.kinds[name] end
    elseif kind then
      local field = kind.fields[name]
      kind = field and field.to and dw.kinds[field.to]
    else
      local well, member = c.pcall(function(v, key) return v[key] end, value, name)
      value = well and member or nil
    end
    first = false
  end
  if kind then return dw.members_of_kind(kind.name, separator) end
  return value ~= nil and dw.members(value, separator) or {}
end

-- The names that an expression begins with.
local function names_of_all()
  local out, seen = {}, {}
  local function add(entry)
    if not seen[entry[1]] then seen[entry[1]], out[#out + 1] = true, entry end
  end
  for _, list in G.ipairs { variables, commands } do
    for _, name in G.ipairs(dw.keys(list)) do add { name, "" } end
  end
  for _, entry in G.ipairs(dw.language_members()) do add(entry) end
  return out
end

--- What completes the expression: whole expressions, sorted, and beside each its sentence or "".
function dw.calls.complete(expression)
  open_commands()
  local head, chain, separator, part = lua.string.match(expression, "^(.-)([%a_][%w_.]*)([.:])([%w_]*)$")
  local prefix, found
  if chain then
    found, prefix = names_after(chain, separator), head .. chain .. separator
  else
    head, part = lua.string.match(expression, "^(.-)([%a_]?[%w_]*)$")
    found, prefix = names_of_all(), head
  end
  lua.table.sort(found, function(a, b) return a[1] < b[1] end)
  local names, sentences = {}, {}
  for _, entry in G.ipairs(found) do
    if sub(entry[1], 1, #part) == part then
      names[#names + 1], sentences[#sentences + 1] = prefix .. entry[1], entry[2]
    end
  end
  return names, sentences
end
