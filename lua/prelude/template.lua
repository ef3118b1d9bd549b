-- template, tr and trn: texts with {places}, and in the language of the reader.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local type, error = c.type, G.error

local tr -- below
local longest_template = 65536 -- no letter comes near

local readable = { string = true, number = true, boolean = true, date = true, instant = true, money = true }

-- A text of what may stand in a text.
local function words(what, value)
  if type(value) == "record" then return c.record_name(value) end
  if not readable[type(value)] then error(tr("{what} takes a text, not a {type}", { what = what, type = type(value) })) end
  return c.tostring(value)
end
dw.words = words

-- The paths that templates found nothing at, since the command or report began; each once.
local gaps
local function note_gap(path)
  if not gaps then return end
  for i = 1, #gaps do if gaps[i] == path then return end end
  gaps[#gaps + 1] = path
end

--- Calls run with a list of gaps of its own; gives its two results and notes about the gaps.
function dw.noting_gaps(run, ...)
  local before, found = gaps, {}
  gaps = found
  local value, notes = run(...)
  gaps = before
  local told = {}
  for i, path in G.ipairs(found) do told[i] = tr("not known: {path}", { path = path }) end
  return value, notes, told
end

-- { text, path, text, path, …, text }
local function parsed(what, text)
  local parts, literal, at = {}, {}, 1
  while true do
    local mark = lua.string.find(text, "[{}]", at)
    if not mark then break end
    literal[#literal + 1] = lua.string.sub(text, at, mark - 1)
    local sign = lua.string.sub(text, mark, mark)
    if lua.string.sub(text, mark + 1, mark + 1) == sign then
      literal[#literal + 1], at = sign, mark + 2
    else
      local path, behind = lua.string.match(text, "^{%s*([%a_][%w_.]*)%s*}()", mark)
      if not path or lua.string.find(path, "..", 1, true) or lua.string.sub(path, -1) == "." then
        local shown = lua.string.match(text, "^[^\n]*", mark)
        error(tr("{what}: '{value}' is no {{path}}; write {{{{ or }}}} for a brace", { what = what, value = lua.string.sub(shown, 1, 30) }))
      end
      parts[#parts + 1], parts[#parts + 2] = lua.table.concat(literal), path
      literal, at = {}, behind
    end
  end
  literal[#literal + 1] = lua.string.sub(text, at)
  parts[#parts + 1] = lua.table.concat(literal)
  return parts
end

local function value_at(what, values, path)
  local value = values
  for name in lua.string.gmatch(path, "[^.]+") do
    if value == nil then return nil end
    if type(value) ~= "table" and type(value) ~= "record" then
      error(tr("{what}: '{path}' leads into a {type}", { what = what, path = path, type = type(value) }))
    end
    value = value[name]
  end
  return value
end

-- nil stays visible as [contact.name?].
local function filled(what, parts, values)
  if type(values) ~= "table" and type(values) ~= "record" then
    error(tr("a template takes its values as a table {{ contact = … }}, not a {type}", { type = type(values) }))
  end
  local out = {}
  for i = 1, #parts, 2 do
    out[#out + 1] = parts[i]
    local path = parts[i + 1]
    local value = path and value_at(what, values, path)
    if path and value == nil then
      note_gap(path)
      out[#out + 1] = "[" .. path .. "?]"
    elseif path then
      out[#out + 1] = words(what .. ": {" .. path .. "}", value)
    end
  end
  return lua.table.concat(out)
end

--- template "Dear {contact.name}, …" gives a function of values.
function base.template(text)
  if type(text) ~= "string" then error(tr("template takes a text, not a {type}", { type = type(text) })) end
  if #text > longest_template then error(tr("template: more than {longest_template} bytes", { longest_template = longest_template })) end
  local parts = parsed("template", text)
  return function(values) return filled("template", parts, values) end
end

local function checked(what, value, kind)
  if type(value) ~= kind then error(what .. " takes a " .. (kind == "string" and "text" or kind) .. ", not a " .. type(value)) end
  return value
end

--- tr("{name} has no owner", { name = client.name }): the catalogue knows the text with its {places}.
function tr(text, values)
  if values ~= nil and type(values) ~= "record" then checked("tr", values, "table") end
  return filled("tr", parsed("tr", c.translate(checked("tr", text, "string"))), values or {})
end

base.tr = tr

--- title_of("deal.stage", deal.stage): what people read for a choice or a stage.
function base.title_of(path, value)
  if value == nil then return nil end
  local titles = c.words(checked("title_of", path, "string"))
  return titles[value] or value
end

--- trn("{n} deal", "{n} deals", 5): the form that stands with the number, which is {n}.
function base.trn(one, many, number, values)
  if lua.math.type(number) ~= "integer" then error(tr("trn takes a whole number, not {number}", { number = c.tostring(number) })) end
  local known = { n = number }
  for key, value in G.pairs(values == nil and known or checked("trn", values, "table")) do known[key] = value end
  return filled("trn", parsed("trn", c.translate_plural(checked("trn", one, "string"), checked("trn", many, "string"), number)), known)
end

--- "en" or "ru": the language of the program.
function base.language() return c.language() end
