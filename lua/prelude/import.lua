-- import and its verbs, for mapping scripts only: docs/decisions/012-import-mapping-language.md.
local dw = ...
local c, lua = dw.c, dw.lua
local G = lua._G
local tr = dw.base.tr
local error = G.error

local verbs = {}
dw.import_verbs = verbs

for _, verb in G.ipairs { "file", "column", "stages", "word" } do
  verbs[verb] = dw.named_verb(verb, function(declaration) return declaration end)
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

local file_options = {
  kind = { "string", required = true }, match = "string", encoding = "string", delimiter = "string", currency = "string",
  since = "string", order = { "string", among = { "ymd", "dmy", "mdy" } }, decimal = { "string", among = { ".", "," } },
}
local column_options = { to = { "string", required = true }, by = { "string", among = { "name", "external_id" } }, create = "boolean",
  required = "boolean", suffix = "string", values = "table", since = "string" }

local function check_field(kind, name, what, place)
  local fields = dw.kinds[kind].fields
  if not fields[name] then
    dw.complain(place, tr("{what}: {kind} has no field '{name}'", { what = what, kind = kind, name = name }) .. dw.hint(name, dw.keys(fields)))
  end
  return fields[name]
end

local function flat_column(declaration, kind)
  local options, what = declaration.options, "column '" .. declaration.name .. "'"
  if not dw.check_options(what, options, column_options, declaration.place) then return nil end
  local field = check_field(kind, options.to, what, declaration.place)
  if field and field.type ~= "ref" and (options.by or options.create) then
    dw.complain(declaration.place, tr("{what}: '{to}' is no reference, so there is nothing to find by or create", { what = what, to = options.to }))
  end
  local translations = {}
  for _, from in G.ipairs(dw.keys(options.values or {})) do
    local to = options.values[from]
    translations[#translations + 1] = { from = c.tostring(from), to = to and c.tostring(to) or nil }
  end
  return { header = declaration.name, to = options.to, by = options.by, create = options.create, required = options.required,
    suffix = options.suffix, since = options.since, translations = translations }
end

local function flat_words(declaration, process)
  local words = {}
  for _, word in G.ipairs(dw.entries("stages", declaration.options, { word = true }, declaration.place)) do
    local reached = {}
    for _, each in G.ipairs(dw.entries("word '" .. word.name .. "'", word.options, { reached = true }, word.place)) do
      dw.check_options("reached '" .. each.name .. "'", each.options, { at = "string" }, each.place)
      if not process.stages[each.name] then
        dw.complain(each.place, tr("process '{name}' has no stage '{name2}'",
          { name = declaration.name, name2 = each.name }) .. dw.hint(each.name, dw.keys(process.stages)))
      end
      reached[#reached + 1] = { stage = each.name, at = each.options.at }
    end
    words[#words + 1] = { word = word.name, stages = reached }
  end
  return words
end

local function flat_stages(declaration, kind)
  local process = dw.processes[declaration.name]
  if not dw.check_options("stages", declaration.options, { column = { "string", required = true } }, declaration.place) then return nil end
  if not process then
    dw.complain(declaration.place, tr("there is no process '{name}'",
      { name = declaration.name }) .. dw.hint(declaration.name, dw.keys(dw.processes)))
    return nil
  end
  if process.kind ~= kind then
    dw.complain(declaration.place, tr("process '{name}' is for {kind}, not for {kind2}",
      { name = declaration.name, kind = process.kind, kind2 = kind }))
  end
  return { process = declaration.name, column = declaration.options.column, words = flat_words(declaration, process) }
end

local function flat_file(declaration)
  local options, place, what = declaration.options, declaration.place, "file '" .. declaration.name .. "'"
  if not dw.check_options(what, options, file_options, place) then return nil end
  if not dw.kinds[options.kind] then
    dw.complain(place, tr("{what} is for no kind: '{kind}'", { what = what, kind = options.kind }) .. dw.hint(options.kind, dw.keys(dw.kinds)))
    return nil
  end
  if options.match then check_field(options.kind, options.match, what .. ": match", place) end
  local out = { name = declaration.name, kind = options.kind, match = options.match, encoding = options.encoding,
    delimiter = options.delimiter, currency = options.currency, since = options.since, order = options.order,
    decimal = options.decimal, place = place, columns = {}, ignored = {} }
  for _, entry in G.ipairs(dw.entries(what, options, { column = true, ignore = true, stages = true }, place)) do
    if entry.declares == "column" then
      out.columns[#out.columns + 1] = flat_column(entry, options.kind)
    elseif entry.declares == "ignore" then
      for _, header in G.ipairs(entry.headers) do out.ignored[#out.ignored + 1] = header end
    else
      out.stages = flat_stages(entry, options.kind)
    end
  end
  return out
end

function verbs.import(options)
  local place = dw.place()
  if dw.plan_read then error(tr("a mapping has one import; the first is at line {line}", { line = dw.plan_read.line }), 0) end
  dw.plan_read = place
  dw.check_options("import", options, { title = "string" }, place)
  local files = {}
  for _, entry in G.ipairs(dw.entries("import", options, { file = true }, place)) do files[#files + 1] = flat_file(entry) end
  c.add_plan { title = options.title or "Import", files = files }
end

function dw.calls.load_plan(name, text)
  dw.plan_read = nil
  local chunk, wrong = c.load(text, "@" .. name, dw.environment(verbs, "a mapping"))
  if not chunk then error(wrong, 0) end
  chunk()
end
