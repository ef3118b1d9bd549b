-- What a scorecard learned from the data: handed to its rules, none of which may change it, and written down with the
-- scores as JSON.
local dw = ...
local c, lua = dw.c, dw.lua
local G = lua._G
local tr = dw.base.tr
local type, error, concat = c.type, G.error, lua.table.concat

local deepest = 8

local function is_plain(value) return G.type(value) == "table" and type(value) == "table" end

local escapes = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }
local function quoted(text)
  return '"' .. lua.string.gsub(text, '[%c"\\]', function(char)
    return escapes[char] or lua.string.format("\\u%04x", lua.string.byte(char))
  end) .. '"'
end

local write

local function written_list(list, depth)
  local parts = {}
  for i = 1, #list do parts[i] = write(list[i], depth + 1) end
  return "[" .. concat(parts, ",") .. "]"
end

local function written_names(names, keys, depth)
  local parts = {}
  for _, key in G.ipairs(keys) do
    if type(key) ~= "string" and type(key) ~= "number" then
      error(tr("what is learned has names or numbers as keys, not a {type}", { type = type(key) }), 0)
    end
    parts[#parts + 1] = quoted(c.tostring(key)) .. ":" .. write(names[key], depth + 1)
  end
  return "{" .. concat(parts, ",") .. "}"
end

-- The fewest digits that are read back as the same number.
local function shortest(value)
  for digits = 15, 16 do
    local text = lua.string.format("%." .. digits .. "g", value)
    if G.tonumber(text) == value then return text end
  end
  return lua.string.format("%.17g", value)
end

local written_as = {
  number = function(value)
    if value ~= value or value == lua.math.huge or value == -lua.math.huge then
      error(tr "what is learned holds a number that is none or infinite", 0)
    end
    return lua.math.type(value) == "integer" and c.tostring(value) or shortest(value)
  end,
  boolean = c.tostring, string = quoted,
  date = function(value) return quoted(c.tostring(value)) end,
  instant = function(value) return quoted(c.tostring(value)) end,
  money = function(value) return quoted(c.tostring(value)) end,
}

function write(value, depth)
  if depth > deepest then error(tr("what is learned is nested deeper than {deepest}", { deepest = deepest }), 0) end
  if is_plain(value) then
    local keys = dw.keys(value)
    if #keys > 0 and #keys == #value then return written_list(value, depth) end
    return written_names(value, keys, depth)
  end
  local as = written_as[type(value)]
  if not as then
    error(tr("what is learned is made of tables, texts, numbers, dates and money; not of a {type}", { type = type(value) }), 0)
  end
  return as(value)
end

-- Tables within it are locked too: the points of one record must not depend on those of another.
local function locked(value)
  if not is_plain(value) then return value end
  local copy = {}
  for key, each in G.next, value do copy[key] = locked(each) end
  return dw.locked(copy, "table that was learned")
end

--- What rules get, and its text.
function dw.learned(value)
  if value == nil then error(tr "learn gives what the rules need; it gave nothing", 0) end
  local text = write(value, 1)
  return locked(value), text
end
