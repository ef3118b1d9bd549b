-- identity: who the records of a kind are about; and comparing names, addresses and numbers.
local dw = ...
local c, lua, verbs, base = dw.c, dw.lua, dw.verbs, dw.base
local G = lua._G
local type, error, tr = c.type, G.error, base.tr

local declared = {}
verbs.identity = dw.named_verb("identity", function(declaration) declared[#declared + 1] = declaration end)

local identity_options = dw.spec("identity", { person = "string", company = "string", email = "string", phone = "string", settled = "string",
  among = "table" })
-- What may stand at the end of each path.
local path_types = { person = { text = true }, company = { text = true }, email = { email = true, text = true },
  phone = { phone = true, text = true } }

local function check_paths(declaration, say)
  local said = false
  for _, part in G.ipairs(dw.keys(path_types)) do
    local path = declaration.options[part]
    local field, wrong = nil, nil
    if path then field, wrong = dw.resolve(declaration.name, path) end
    said = said or path ~= nil
    if wrong then
      say(part .. ": " .. wrong)
    elseif field and not path_types[part][field.type] then
      say(part .. ": '" .. path .. "' is a " .. field.type .. ", not a " .. lua.table.concat(dw.keys(path_types[part]), " or "))
    end
  end
  if not said then say(tr "says nothing: person, company, email or phone name a field") end
end

local function check_among(declaration, all, say)
  for i, kind in G.ipairs(declaration.options.among or {}) do
    if type(kind) ~= "string" then
      say(tr("among: entry {i} is a {type}, not a kind in quotes", { i = i, type = type(kind) }))
    elseif not all[kind] then
      say(tr("among: there is no identity '{kind}'", { kind = kind }) .. dw.hint(kind, dw.keys(all)))
    end
  end
end

local function install(declaration, all, seen)
  local kind, what, options = declaration.name, "identity '" .. declaration.name .. "'", declaration.options
  local function say(wrong) dw.complain(declaration.place, what .. ": " .. wrong) end
  if not dw.kinds[kind] then return say(tr "there is no such kind" .. dw.hint(kind, dw.keys(dw.kinds))) end
  if not dw.unique(seen, kind, "identity", declaration.place)
    or not dw.check_options(what, options, identity_options, declaration.place) then return end
  check_paths(declaration, say)
  check_among(declaration, all, say)
  if options.settled and not dw.kinds[kind].fields[options.settled] then
    say(tr("settled: {kind} has no field '{settled}'",
      { kind = kind, settled = options.settled }) .. dw.hint(options.settled, dw.keys(dw.kinds[kind].fields)))
  end
  c.add_identity { kind = kind, person = options.person, company = options.company, email = options.email, phone = options.phone,
    settled = options.settled, among = options.among, place = declaration.place }
end

function dw.install_identities()
  local all, seen = {}, {}
  for _, declaration in G.ipairs(declared) do all[declaration.name] = true end
  for _, declaration in G.ipairs(declared) do install(declaration, all, seen) end
end

-- Each takes nil for nil: what is unset stays unset.
for _, name in G.ipairs { "plain_email", "plain_phone" } do
  base[name] = function(text)
    if text == nil then return nil end
    if type(text) ~= "string" then error(tr("{name} takes a text, not a {type}", { name = name, type = type(text) }), 2) end
    local plain = c[name](text)
    return plain ~= "" and plain or nil
  end
end

local function check_names(what, of, ...)
  if of ~= nil and of ~= "company" and of ~= "person" then error(tr("{what}: names are of a \"company\" or a \"person\"", { what = what }), 3) end
  for i = 1, G.select("#", ...) do
    local text = G.select(i, ...)
    if text ~= nil and type(text) ~= "string" then error(tr("{what} takes texts, not a {type}", { what = what, type = type(text) }), 3) end
  end
end

--- plain_name("ООО «Ромашка»") → "romashka"
function base.plain_name(text, of)
  check_names("plain_name", of, text)
  return text and c.plain_name(text, of)
end

--- alike("Юрий Петров", "Yuri Petrov", "person") → 1.0; from 0, nothing in common, to 1
function base.alike(a, b, of)
  check_names("alike", of, a, b)
  return a and b and c.alike(a, b, of)
end

local least_score = 0.6

local function two_places(number) return lua.string.format("%.2f", number) end

local function reasons_of(pair)
  local said = {}
  local function say(text) said[#said + 1] = text end
  if pair.email then say(tr "same e-mail") end
  if pair.phone == 1 then say(tr "same phone") elseif pair.phone and pair.phone > 0 then say(tr "phone alike") end
  if pair.person and pair.person >= 0.85 then say(tr("name alike {likeness}", { likeness = two_places(pair.person) })) end
  if pair.company and pair.company >= 0.85 then say(tr("company alike {likeness}", { likeness = two_places(pair.company) })) end
  return lua.table.concat(said, "; ")
end

local function list_of(value)
  if value == nil then return nil end
  if type(value) == "record" then return { value } end
  if type(value) ~= "table" then error(tr("doubles: 'of' is a record or a list of records, not a {type}", { type = type(value) }), 3) end
  return value
end

--- doubles { of = record or records, within = "client", least = 0.6 }
-- → { { first, second, first_name, second_name, score, reasons, … }, … }: likely doubles by what identity declares, the
-- likeliest first.
function base.doubles(options)
  options = options or {}
  for key in G.next, options do
    if key ~= "of" and key ~= "within" and key ~= "least" then
      error(tr("doubles has no option '{key}'", { key = c.tostring(key) }) .. dw.hint(c.tostring(key), { "of", "within", "least" }), 2)
    end
  end
  local pairs_found = c.doubles(list_of(options.of), options.within, options.least or least_score)
  for _, pair in G.ipairs(pairs_found) do
    pair.reasons = reasons_of(pair)
    pair.first_name, pair.second_name = c.record_name(pair.first), c.record_name(pair.second)
  end
  return pairs_found
end
