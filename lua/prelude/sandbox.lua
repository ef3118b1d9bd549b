-- What scripts get of Lua itself. Everything not put into dw.base here or by another file of the
-- prelude does not exist for them; docs/scripting.md lists the result.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G, sort = lua._G, lua.table.sort
local tr = dw.base.tr
local error, select, rawtype, next = G.error, G.select, G.type, G.next

for _, name in G.ipairs { "assert", "error", "ipairs", "rawequal", "select", "tonumber" } do
  base[name] = G[name]
end
for _, name in G.ipairs { "type", "tostring", "setmetatable", "getmetatable" } do
  base[name] = c[name]
end
base.pcall = c.pcall
base._VERSION = G._VERSION
local type, tostring = c.type, c.tostring

-- The handler runs after the call is over: inside it no limit would hold.
function base.xpcall(body, handler, ...)
  local answer = lua.table.pack(c.pcall(body, ...))
  if answer[1] then return lua.table.unpack(answer, 1, answer.n) end
  return false, handler(answer[2])
end

local function plain(t, what)
  if rawtype(t) ~= "table" or type(t) ~= "table" then
    error(tr("{what} takes a plain table, not a {type}", { what = what, type = type(t) }))
  end
  return t
end

function dw.keys(t)
  local keys = c.keys(t)
  sort(keys, c.key_before)
  return keys
end

-- The same order on every machine: numbers, then names, then the rest.
function base.pairs(t)
  plain(t, "pairs")
  local keys, at = dw.keys(t), 0
  return function()
    local key, value
    repeat
      at = at + 1
      key = keys[at]
      if key == nil then return nil end
      value = t[key]
    until value ~= nil
    return key, value
  end
end

-- Only the question whether there is anything: the order of next() is nobody's business.
function base.next(t, key)
  plain(t, "next")
  if key ~= nil then error(tr "next: use pairs, whose order is fixed") end
  return next(t)
end

function base.print(...)
  local words = {}
  for i = 1, select("#", ...) do words[i] = tostring((select(i, ...))) end
  c.print(lua.table.concat(words, "\t") .. "\n")
end

-- string: patterns by a matcher that counts its steps, results bounded
local text = {}
for _, name in G.ipairs { "byte", "char", "len", "reverse", "sub" } do
  text[name] = lua.string[name]
end
text.rep, text.lower, text.upper = c.rep, c.lower, c.upper

local function start_of(subject, init)
  init = init or 1
  if init < 0 then init = lua.math.max(#subject + init + 1, 1) end
  return init == 0 and 1 or init
end

local function after_places(_, _, ...) return ... end

function text.find(subject, pattern, init, literal)
  subject = tostring(subject)
  if literal then return c.plain(subject, pattern, start_of(subject, init)) end
  local answer = lua.table.pack(c.match(subject, pattern, start_of(subject, init)))
  if answer[1] == nil then return nil end
  if lua.string.find(pattern, "(", 1, true) then return lua.table.unpack(answer, 1, answer.n) end
  return answer[1], answer[2]
end

function text.match(subject, pattern, init)
  subject = tostring(subject)
  return after_places(c.match(subject, pattern, start_of(subject, init)))
end

function text.gmatch(subject, pattern)
  subject = tostring(subject)
  local from, last_end = 1, nil
  return function()
    while from <= #subject + 1 do
      local answer = lua.table.pack(c.match(subject, pattern, from))
      if answer[1] == nil then from = #subject + 2 return nil end
      from = lua.math.max(answer[2] + 1, answer[1])
      if answer[2] ~= last_end then
        last_end = answer[2]
        if answer[2] < answer[1] then from = answer[1] + 1 end
        return lua.table.unpack(answer, 3, answer.n)
      end
      from = from + 1
    end
  end
end

local function expanded(replacement, whole, captures)
  local parts, at = {}, 1
  while true do
    local mark = lua.string.find(replacement, "%", at, true)
    if not mark then break end
    local digit = lua.string.sub(replacement, mark + 1, mark + 1)
    parts[#parts + 1] = lua.string.sub(replacement, at, mark - 1)
    if digit == "%" then
      parts[#parts + 1] = "%"
    elseif digit == "0" then
      parts[#parts + 1] = whole
    else
      local capture = captures[lua.math.tointeger(digit) or 0]
      if capture == nil then error(tr "invalid use of '%' in replacement string") end
      parts[#parts + 1] = tostring(capture)
    end
    at = mark + 2
  end
  parts[#parts + 1] = lua.string.sub(replacement, at)
  return lua.table.concat(parts)
end

local function replaced(replacement, whole, captures)
  local value
  if rawtype(replacement) == "function" then
    value = replacement(lua.table.unpack(captures))
  elseif rawtype(replacement) == "table" then
    value = replacement[captures[1]]
  else
    value = expanded(tostring(replacement), whole, captures)
  end
  if not value then return whole end
  if rawtype(value) ~= "string" and rawtype(value) ~= "number" then
    error(tr("invalid replacement value (a {type})", { type = type(value) }))
  end
  return tostring(value)
end

function text.gsub(subject, pattern, replacement, limit)
  subject = tostring(subject)
  local parts, at, count, last_end = {}, 1, 0, nil
  local anchored = lua.string.sub(pattern, 1, 1) == "^"
  while at <= #subject + 1 and (not limit or count < limit) do
    local answer = lua.table.pack(c.match(subject, pattern, at))
    local from, to = answer[1], answer[2]
    if from == nil then break end
    if to < from and to == last_end then
      -- an empty match right behind the last one does not count
      parts[#parts + 1] = lua.string.sub(subject, at, at)
      at, last_end = at + 1, nil
    else
      parts[#parts + 1] = lua.string.sub(subject, at, from - 1)
      local whole = lua.string.sub(subject, from, to)
      parts[#parts + 1] = replaced(replacement, whole, { lua.table.unpack(answer, 3, answer.n) })
      count, at, last_end = count + 1, to + 1, to
    end
    if anchored then break end
  end
  parts[#parts + 1] = lua.string.sub(subject, at)
  return lua.table.concat(parts), count
end

function text.format(format, ...)
  c.check_format(format)
  local arguments = lua.table.pack(...)
  for i = 1, arguments.n do
    local kind = rawtype(arguments[i])
    if kind == "table" or kind == "userdata" or kind == "function" or kind == "nil" then
      arguments[i] = tostring(arguments[i])
    end
  end
  return lua.string.format(format, lua.table.unpack(arguments, 1, arguments.n))
end

-- table: plain tables only, and no loop of C longer than a script could notice. Neither a __len nor
-- a few entries far apart may make a table look endless.
local list, longest = {}, 1000000

local function raw(t, what)
  plain(t, what)
  if G.getmetatable(t) ~= nil then error(tr("{what} takes a table without a metatable", { what = what })) end
  if #t > longest then error(tr("{what}: more than a million entries", { what = what })) end
  return t
end

function list.concat(t, separator, from, to)
  raw(t, "table.concat")
  return lua.table.concat(t, separator, from, to)
end
function list.insert(t, ...)
  raw(t, "table.insert")
  return lua.table.insert(t, ...)
end
function list.remove(t, at)
  raw(t, "table.remove")
  if at == nil then return lua.table.remove(t) end
  return lua.table.remove(t, at)
end
function list.move(t, from, to, at, other)
  raw(t, "table.move")
  if to - from >= longest then error(tr "table.move: more than a million entries") end
  return lua.table.move(t, from, to, at, raw(other or t, "table.move"))
end
function list.sort(t, before)
  raw(t, "table.sort")
  if #t > 100000 then error(tr "table.sort: more than 100000 entries") end
  -- as a function of Lua: the library's own comparing would run past every limit
  return sort(t, before or function(a, b) return a < b end)
end
list.pack, list.unpack = lua.table.pack, lua.table.unpack -- neither loops longer than the stack

local numbers = {}
for name, value in next, lua.math do
  if name ~= "random" and name ~= "randomseed" then numbers[name] = value end
end
local codes = {}
for name, value in next, lua.utf8 do codes[name] = value end

--- string.sub by characters.
function codes.sub(subject, from, to)
  local count = codes.len(subject) or error(tr "utf8.sub: the text is not UTF-8")
  to = to or -1
  if from < 0 then from = lua.math.max(count + from + 1, 1) elseif from == 0 then from = 1 end
  if to < 0 then to = count + to + 1 elseif to > count then to = count end
  if from > to then return "" end
  return lua.string.sub(subject, codes.offset(subject, from), codes.offset(subject, to + 1) - 1)
end

--- What is shared by all scripts of a workspace: none may change it.
function dw.locked(contents, what, call)
  return G.setmetatable({}, {
    __index = contents, __call = call, __len = function() return #contents end,
    __newindex = function() error(tr("the {what} can't be changed", { what = what })) end,
    __metatable = "library",
  })
end
local locked = dw.locked

-- A name that a library lacks is a typo, not nil.
for name, library in next, { string = text, table = list, math = numbers, utf8 = codes } do
  G.setmetatable(library, { __index = function(_, key)
    error(tr("'{name}.{value}' is not defined", { name = name, value = tostring(key) }) .. dw.hint(tostring(key), dw.keys(library)))
  end })
end
base.string = locked(text, "library 'string'")
base.table = locked(list, "library 'table'", function(_, ...) return dw.table_block(...) end)
base.math, base.utf8 = locked(numbers, "library 'math'"), locked(codes, "library 'utf8'")
local strings = G.getmetatable("")
strings.__index, strings.__metatable = base.string, "string"

--- An environment: reads `globals`, raises for a name that is not there, refuses new names.
function dw.environment(globals, place)
  local function unknown(_, name)
    local near = c.suggest(name, dw.keys(globals))
    if not near then near = c.suggest(name, dw.keys(base)) end
    error("'" .. tostring(name) .. "' is not defined" .. (near and "; did you mean '" .. near .. "'?" or ""))
  end
  local readable = G.setmetatable({}, { __index = function(_, name)
    local value = globals[name]
    if value == nil then value = base[name] end
    if value == nil then unknown(nil, name) end
    return value
  end })
  return G.setmetatable({}, {
    __index = readable,
    __newindex = function(_, name)
      error(tr("'{value}' would be a global variable of {place}; write: local {value}", { value = tostring(name), place = place }))
    end,
    __metatable = "environment",
  })
end
