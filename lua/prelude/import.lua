-- import and its verbs, for mapping scripts only: docs/decisions/012-import-mapping-language.md.
local dw = ...
local c, lua = dw.c, dw.lua
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

local verbs = {}
dw.import_verbs = verbs

for verb, inside in G.next, { file = "import", column = "a file", stages = "a file", word = "stages" } do
  verbs[verb] = dw.named_verb(verb, function(declaration) return declaration end, inside)
end
function verbs.ignore(headers)
  return { declares = "ignore", headers = headers, place = dw.place() }
end
-- reached "won" or reached "won" { at = "close_date" }
function verbs.reached(stage)
  local place = dw.place()
  return G.setmetatable({ declares = "reached", name = stage, options = {}, place = place }, {
    __call = function(_, options) return { declares = "reached", name = stage, options = options, place = place } end,
  })
end

local file_options = dw.spec("file", {
  kind = { "string", required = true }, match = "string", encoding = "string", delimiter = "string", currency = "string",
  since = "string", order = { "string", among = { "ymd", "dmy", "mdy" } }, decimal = { "string", among = { ".", "," } },
})
local column_options = dw.spec("column", { to = { "string", required = true }, by = { "string", among = { "name", "external_id" } }, create = "boolean",
  required = "boolean", suffix = "string", values = "table", since = "string" })

-- Every mistake is told: what is wrong with one option does not keep the others from being looked at.
local function sayer(what, place)
  return function(wrong) dw.complain(place, what .. ": " .. wrong) end
end

-- kind: a name known to be right, or nil when nobody knows which.
local function find_field(kind, name, say)
  if not kind or type(name) ~= "string" then return nil end
  local fields = dw.kinds[kind].fields
  if not fields[name] then say(tr("{kind} has no field '{name}'", { kind = kind, name = name }) .. dw.hint(name, dw.keys(fields))) end
  return fields[name]
end

local function check_filled(field, options, say)
  if field.engine then
    say(tr("a process moves '{name}': say which words mean which stages with stages \"…\" {{ … }}", { name = field.name }))
  elseif not field.stored then
    say(tr("'{name}' is computed: nothing can be put into it", { name = field.name }))
  elseif field.type ~= "ref" and (options.by or options.create) then
    say(tr("'{name}' is no reference, so there is nothing to find by or create", { name = field.name }))
  end
end

local translated = { string = true, number = true, boolean = true }

local function flat_translations(values, say)
  local out = {}
  for _, from in G.ipairs(dw.keys(values)) do
    local to = values[from]
    if type(from) == "string" and (to == false or translated[type(to)]) then
      out[#out + 1] = { from = from, to = to and c.tostring(to) or nil }
    else
      say(tr "values turn words of cells into others: {{ [\"GTXPro\"] = \"GTX Pro\" }}, or into nothing: {{ none = false }}")
    end
  end
  return out
end

local function flat_column(declaration, kind)
  local options, what = declaration.options, "column '" .. declaration.name .. "'"
  local say = sayer(what, declaration.place)
  dw.check_options(what, options, column_options, declaration.place)
  if #options > 0 then say(tr "takes named options only: {{ to = \"…\" }}") end
  local field = find_field(kind, options.to, say)
  if field then check_filled(field, options, say) end
  return { header = declaration.name, to = options.to, by = options.by, create = options.create, required = options.required,
    suffix = options.suffix, since = options.since, place = declaration.place,
    translations = type(options.values) == "table" and flat_translations(options.values, say) or {} }
end

local function flat_reached(what, holder, declaration, process)
  local reached = {}
  for _, each in G.ipairs(dw.entries(what, holder.options, { reached = true }, holder.place)) do
    dw.check_options("reached '" .. each.name .. "'", each.options, { at = "string" }, each.place)
    if process and not process.stages[each.name] then
      dw.complain(each.place, tr("process '{name}' has no stage '{name2}'",
        { name = declaration.name, name2 = each.name }) .. dw.hint(each.name, dw.keys(process.stages)))
    end
    reached[#reached + 1] = { stage = each.name, at = each.options.at }
  end
  return reached
end

local function flat_word(word, declaration, process)
  local what = "word '" .. word.name .. "'"
  dw.check_options(what, word.options, {}, word.place)
  return { word = word.name, stages = flat_reached(what, word, declaration, process) }
end

local function flat_stages(declaration, kind)
  local process, what = dw.processes[declaration.name], "stages '" .. declaration.name .. "'"
  local say, words, seen = sayer(what, declaration.place), {}, {}
  dw.check_options(what, declaration.options, { column = "string" }, declaration.place)
  if not process then
    say(tr "there is no such process" .. dw.hint(declaration.name, dw.keys(dw.processes)))
  elseif kind and process.kind ~= kind then
    say(tr("the process is for {kind}, not for {kind2}", { kind = process.kind, kind2 = kind }))
  end
  if not declaration.options.column then -- every row has reached the same stages
    words[1] = { word = "", stages = flat_reached(what, declaration, declaration, process) }
    if #words[1].stages == 0 then say(tr "give a column and its words, or what every row has reached") end
    return { process = declaration.name, words = words }
  end
  for _, word in G.ipairs(dw.entries(what, declaration.options, { word = true }, declaration.place)) do
    if dw.unique(seen, word.name, "word", word.place) then words[#words + 1] = flat_word(word, declaration, process) end
  end
  return { process = declaration.name, column = declaration.options.column, words = words }
end

-- What only C knows: encodings, currencies.
local function check_reading(options, say)
  if type(options.currency) == "string" then
    local well, wrong = c.check_currency(options.currency)
    if not well then say(tr("currency: {wrong}", { wrong = wrong })) end
  end
  if type(options.encoding) == "string" then
    local well, wrong = c.check_encoding(options.encoding)
    if not well then say(tr("encoding: {wrong}", { wrong = wrong })) end
  end
  if type(options.delimiter) == "string" and #options.delimiter ~= 1 then
    say(tr("delimiter is one character, such as \";\", not '{delimiter}'", { delimiter = options.delimiter }))
  end
end

local adders = {}
function adders.column(out, entry, seen)
  local column = flat_column(entry, out.known)
  -- one column may fill several fields, but no field is filled twice
  if column.to == nil or dw.unique(seen.fields, column.to, "the column for", entry.place) then out.columns[#out.columns + 1] = column end
end
function adders.ignore(out, entry)
  if type(entry.headers) ~= "table" then
    dw.complain(entry.place, tr("ignore takes a list of headers: ignore {{ \"notes\" }}, not a {type}", { type = type(entry.headers) }))
    return
  end
  for _, header in G.ipairs(entry.headers) do
    if type(header) ~= "string" then dw.complain(entry.place, tr("ignore takes headers in quotes, not a {type}", { type = type(header) })) end
    out.ignored[#out.ignored + 1] = header
  end
end
function adders.stages(out, entry)
  if out.stages then dw.complain(entry.place, tr "a file has one column of stages; this is the second") end
  out.stages = flat_stages(entry, out.known)
end

local function flat_file(declaration)
  local options, place, what = declaration.options, declaration.place, "file '" .. declaration.name .. "'"
  local say, seen = sayer(what, place), { fields = {} }
  dw.check_options(what, options, file_options, place)
  local known = type(options.kind) == "string" and dw.kinds[options.kind] and options.kind or nil
  if type(options.kind) == "string" and not known then
    say(tr("there is no kind '{kind}'", { kind = options.kind }) .. dw.hint(options.kind, dw.keys(dw.kinds)))
  end
  find_field(known, options.match, sayer(what .. ": match", place))
  check_reading(options, say)
  local out = { name = declaration.name, kind = options.kind, known = known, match = options.match, encoding = options.encoding,
    delimiter = options.delimiter, currency = options.currency, since = options.since, order = options.order,
    decimal = options.decimal, place = place, columns = {}, ignored = {} }
  local entries = dw.entries(what, options, { column = true, ignore = true, stages = true }, place)
  for _, entry in G.ipairs(entries) do adders[entry.declares](out, entry, seen) end
  if #options == 0 then say(tr "maps no column: column \"…\" {{ to = \"…\" }}") end
  return out
end

function verbs.import(options)
  local place = dw.place()
  if dw.plan_read then
    dw.complain(place, tr("a mapping has one import; the first is at line {line}", { line = dw.plan_read.line }))
    return
  end
  dw.plan_read = place
  if type(options) ~= "table" then error(tr("import takes a table {{ … }}, not a {type}", { type = type(options) })) end
  dw.check_options("import", options, { title = "string" }, place)
  if #options == 0 then dw.complain(place, tr "import lists no file: file \"…\" {{ kind = \"…\" }}") end
  local files, seen = {}, {}
  for _, entry in G.ipairs(dw.entries("import", options, { file = true }, place)) do
    -- one file may hold records of several kinds
    local kind = type(entry.options) == "table" and c.tostring(entry.options.kind) or ""
    seen[kind] = seen[kind] or {}
    if dw.unique(seen[kind], entry.name, "file", entry.place) then files[#files + 1] = flat_file(entry) end
  end
  dw.check_finished()
  if c.complaints() == 0 then c.add_plan { title = options.title or "Import", files = files } end
end

function dw.calls.load_plan(name, text)
  dw.plan_read = nil
  dw.begin_declaring()
  dw.load_or_complain(name, function()
    local chunk, wrong = c.load(text, "@" .. name, dw.environment(verbs, "a mapping"))
    if not chunk then error(wrong, 0) end
    chunk()
  end)
  dw.check_finished()
end
