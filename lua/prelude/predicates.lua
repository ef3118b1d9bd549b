-- Conditions of where-tables and the small predicates that rules are written with. A condition is
-- checked at load, compiled once for rules, and becomes SQL in queries; NULL never compares true.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G, find, sub = lua._G, lua.string.find, lua.string.sub
local tr = dw.base.tr
local type, error = c.type, G.error

base.unset = c.unset
base.today, base.now, base.amount = c.today, c.now, c.amount

--- The instant that words say as a person types them, "friday 10:00"; nil when they say none.
function base.read_moment(words)
  if type(words) ~= "string" then error(tr("read_moment takes words, not a {type}", { type = type(words) })) end
  return c.read_moment(words)
end

--- A length of time as people read it: 90 is 1h30m. Unset stays unset.
function base.minutes_text(minutes) return minutes and c.minutes_text(minutes) end

--- Durations are numbers of days.
for name, length in G.next, { days = 1, weeks = 7 } do
  base[name] = function(count)
    if type(count) ~= "number" then error(tr("{name} takes a number, not a {type}", { name = name, type = type(count) })) end
    return count * length
  end
end
function base.hours(count)
  if type(count) ~= "number" then error(tr("hours takes a number, not a {type}", { type = type(count) })) end
  return count / 24
end

-- Conditions can't be changed: is_set is one for all scripts.
local function make(op, value, high)
  if value == nil then return nil end -- a parameter that was not given filters nothing
  return G.setmetatable({}, {
    __type = "condition", __metatable = "condition", __index = { op = op, value = value, high = high },
    __newindex = function() error(tr "a condition can't be changed") end,
  })
end
function dw.is_condition(value) return type(value) == "condition" end

function base.over(limit) return make("greater", limit) end
function base.under(limit) return make("less", limit) end
function base.from(limit) return make("at_least", limit) end
function base.upto(limit) return make("at_most", limit) end
function base.is_not(value) return make("not_equal", value) end
base.is_set = make("not_equal", c.unset)
function base.between(low, high)
  if low == nil or high == nil then return make("at_least", low) or make("at_most", high) end
  return make("between", low, high)
end
function base.one_of(values)
  if values == nil then return nil end
  if type(values) ~= "table" then error(tr "one_of takes a list: one_of {{ \"a\", \"b\" }}") end
  return make("in", values)
end

-- starts_with "x" is a condition; starts_with(text, "x", "y") an answer.
local function two_faced(op, name, test)
  base[name] = function(...)
    local count = G.select("#", ...)
    if count == 1 then return make(op, (...)) end
    local text = ...
    if text == nil then return false end
    for i = 2, count do
      if test(text, (G.select(i, ...))) then return true end
    end
    return false
  end
end
two_faced("prefix", "starts_with", c.starts)
two_faced("suffix", "ends_with", c.ends)
two_faced("contains", "contains", c.contains)

local known_ops = { equal = true, not_equal = true, less = true, at_most = true, greater = true, at_least = true,
  contains = true, prefix = true, between = true, ["in"] = true, suffix = true }

--- The field a path leads to; or nil, what is wrong, and the kind.field that there is none of.
function dw.resolve(kind_name, path)
  local kind = dw.kinds[kind_name]
  local at, field = 1
  while true do
    local dot = find(path, ".", at, true)
    local name = sub(path, at, dot and dot - 1 or -1)
    if name == "id" and not dot then return { name = "id", type = "integer", stored = true } end
    field = kind.fields[name]
    if not field then
      local near = c.suggest(name, dw.keys(kind.fields))
      return nil, kind.name .. " has no field '" .. name .. "'" .. (near and "; did you mean '" .. near .. "'?" or ""), kind.name .. "." .. name
    end
    if not dot then return field end
    if field.type == "money" and sub(path, dot + 1) == "currency" then return { name = "currency", type = "text", stored = true } end
    if field.type ~= "ref" then
      return nil, tr("'{name}' of {kind} is no reference: nothing can follow it", { name = name, kind = kind.name })
    end
    kind, at = dw.kinds[field.to], dot + 1
  end
end

--- The conditions of a where-table in a fixed order: {{path, op, value, high}}.
function dw.conditions(where)
  local out = {}
  for _, path in G.ipairs(dw.keys(where)) do
    local value = where[path]
    if type(path) ~= "string" then error(tr "a where-table names fields: {{ field = value }}") end
    if dw.is_condition(value) then
      if not known_ops[value.op] then error(tr("'{path}': this is no condition", { path = path })) end
      out[#out + 1] = { path = path, op = value.op, value = value.value, high = value.high }
    else
      out[#out + 1] = { path = path, op = "equal", value = value }
    end
  end
  return out
end

-- What a field of each type can be compared with; whatever is not listed is text.
local number, day, word = { number = true }, { date = true, instant = true }, { string = true }
local comparable = { integer = number, number = number, percent = number, minutes = number, money = { number = true, money = true },
  boolean = { boolean = true }, date = day, instant = day, ref = { record = true, number = true } }
local parts = { prefix = true, suffix = true, contains = true }

local function is_word(value, words)
  for _, each in G.ipairs(words) do
    if each == value then return true end
  end
  return false
end

local function check_value(path, field, value, op, say)
  if value == c.unset then return end
  local wanted = parts[op] and word or comparable[field.type] or word
  if not wanted[type(value)] then
    say(tr("'{path}' is a {type}: it can't be compared with a {type2}", { path = path, type = field.type, type2 = type(value) }))
  elseif field.words and not parts[op] and not is_word(value, field.words) then
    say("'" .. value .. "' is no " .. (field.choices and "choice of " .. path or path) .. dw.hint(value, field.words))
  end
end

--- What is wrong with a where-table of that kind, said through `say`.
function dw.check_where(kind_name, where, say)
  for _, path in G.ipairs(dw.keys(where)) do
    if type(path) ~= "string" then say(tr "a where-table names fields: {{ field = value }}") return end
  end
  for _, each in G.ipairs(dw.conditions(where)) do
    local field, wrong = dw.resolve(kind_name, each.path)
    if not field then
      say(wrong)
    else
      for _, value in G.ipairs(each.op == "in" and each.value or { each.value, each.high }) do
        check_value(each.path, field, value, each.op, say)
      end
    end
  end
end
