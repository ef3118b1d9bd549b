-- tr and trn: what a person reads, in the language of the program.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local type, error = c.type, G.error

local function checked(what, value, kind)
  if type(value) ~= kind then error(what .. " takes a " .. (kind == "string" and "text" or kind) .. ", not a " .. type(value)) end
  return value
end

--- tr("{name} has no owner", { name = client.name }): the catalogue knows the text with its {places}.
function base.tr(text, values)
  if values ~= nil and type(values) ~= "record" then checked("tr", values, "table") end
  return dw.fill("tr", c.translate(checked("tr", text, "string")), values or {})
end

--- trn("{n} deal", "{n} deals", 5): the form that stands with the number, which is {n}.
function base.trn(one, many, number, values)
  if lua.math.type(number) ~= "integer" then error("trn takes a whole number, not " .. c.tostring(number)) end
  local known = { n = number }
  for key, value in base.pairs(values == nil and known or checked("trn", values, "table")) do known[key] = value end
  return dw.fill("trn", c.translate_plural(checked("trn", one, "string"), checked("trn", many, "string"), number), known)
end
