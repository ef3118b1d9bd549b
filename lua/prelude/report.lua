-- report, and tables for people out of queries and lists of rows.
local dw = ...
local c, lua, verbs = dw.c, dw.lua, dw.verbs
local G = lua._G
local type, error, tr = c.type, G.error, dw.base.tr

local reports = {}
verbs.report = dw.named_verb("report", function(declaration) reports[#reports + 1] = declaration end)

local report_options = dw.spec("report", {
  title = { "string", required = true }, title_ru = "string", help = "string", help_ru = "string", params = "table", columns = "table",
  rows = { "function", required = true }, notes = "table", chart = "string|table",
})

-- A column of = "deal.stage" shows values as that field does.
function dw.check_of(flat)
  local kind, name = lua.string.match(flat.of, "^([%w_]+)%.([%w_]+)$")
  if not kind or not dw.kinds[kind] or not dw.kinds[kind].fields[name] then
    dw.complain(flat.place, tr("column '{column}': of = \"{of}\" is no field, such as \"deal.stage\"", { column = flat.name, of = flat.of }))
  end
end

--- The fields in a list of a declaration, flat. role: "column", "parameter" or "argument".
function dw.flat_fields(declaration, list_name, role)
  local out, seen = {}, {}
  dw.check_list(declaration.declares .. " '" .. declaration.name .. "': " .. list_name, declaration.options[list_name], declaration.place)
  for i = 1, #(declaration.options[list_name] or {}) do
    local field = declaration.options[list_name][i]
    if not dw.is_field(field) then
      dw.complain(declaration.place, tr("{declares} '{name}': entry {i} of {list_name} is a {type}, not a field such as: text \"owner\"",
        { declares = declaration.declares, name = declaration.name, i = i, list_name = list_name, type = type(field) }))
    else
      local flat = dw.flat_field(field, role)
      if flat and flat.of then dw.check_of(flat) end
      if flat and dw.unique(seen, flat.name, role == "column" and "column" or "parameter", flat.place) then out[#out + 1] = flat end
    end
  end
  return out
end

--- The same for parameters, whose references must lead somewhere; "record" is a record of any kind.
function dw.flat_params(declaration, role)
  local params = dw.flat_fields(declaration, "params", role)
  for _, param in G.ipairs(params) do
    for kind in lua.string.gmatch(param.to ~= "record" and param.to or "", "[^, ]+") do
      if not dw.kinds[kind] then
        dw.complain(param.place, tr("ref '{name}' leads to no kind: '{kind}'",
          { name = param.name, kind = kind }) .. dw.hint(kind, dw.keys(dw.kinds)))
      end
    end
  end
  return params
end

local function install(declaration, seen)
  local options, what = declaration.options, "report '" .. declaration.name .. "'"
  if not dw.unique(seen, declaration.name, "report", declaration.place)
    or not dw.check_options(what, options, report_options, declaration.place) then return end
  local columns = options.columns and dw.flat_fields(declaration, "columns", "column") or nil
  c.add_report { name = declaration.name, title = options.title, title_ru = options.title_ru, help = options.help, help_ru = options.help_ru,
    params = dw.flat_params(declaration, "parameter"),
    columns = columns, chart = dw.chart_of(what, options.chart, columns, declaration.place), rows = options.rows, notes = options.notes,
    place = declaration.place }
end

function dw.install_reports()
  local seen = {}
  for _, declaration in G.ipairs(reports) do install(declaration, seen) end
end

local value_types = { date = "date", instant = "instant", money = "money", boolean = "boolean", number = "number" }

-- Columns of rows that nobody declared: by name, types by the first value that is there.
local function guessed(rows)
  local types = {}
  for _, row in G.ipairs(rows) do
    for name, value in G.next, row do
      if not types[name] and type(name) == "string" then
        local guess = value_types[type(value)] or "text"
        types[name] = lua.math.type(value) == "integer" and "integer" or guess
      end
    end
  end
  local out = {}
  for _, name in G.ipairs(dw.keys(types)) do out[#out + 1] = { name = name, type = types[name] } end
  return out
end

-- What a list of records shows when nobody says: the first stored fields of their kind.
local function columns_of_records(records)
  local columns = { { name = "id", type = "integer" } }
  for _, field in G.ipairs(dw.kinds[records[1].kind].order) do
    if field.stored and #columns < 8 then columns[#columns + 1] = { name = field.name, type = field.type } end
  end
  return columns
end

-- The rows that a command gave keep its columns for as long as they live, and with them the title and the notes.
local remembered = G.setmetatable({}, { __mode = "k" })
function dw.remember_columns(rows, columns) remembered[rows] = columns end
--- Whether they are such rows, though there be none.
function dw.has_columns(rows) return remembered[rows] ~= nil end

-- A report's declared columns against what a query gives: a typo must not be an empty column.
local function check_columns(declared, given)
  local names = {}
  for _, column in G.ipairs(given) do names[column.name] = true end
  for _, column in G.ipairs(declared) do
    if not names[column.name] then
      error(tr("column '{name}' is not among the query's", { name = column.name }) .. dw.hint(column.name, dw.keys(names)))
    end
  end
end

-- { value = title } of a column that lists its choices itself.
local function own_words(column)
  local words = {}
  for i, value in G.ipairs(column.choices or {}) do
    words[value] = c.twin(column.titles and column.titles[i], column.titles_ru and column.titles_ru[i]) or value
  end
  return words
end

-- order: what the texts of a column are sorted by, by its name; may be nil.
local function titled(columns, order)
  local out = {}
  for i, column in G.ipairs(columns) do
    local words, title, known = column.words or own_words(column), nil, nil
    if column.of then words, title, known = c.words(column.of) end
    out[i] = { name = column.name, type = column.type, unit = c.twin(column.unit, column.unit_ru), decimals = column.decimals,
      total = column.total, ids = column.ids,
      words = words, order = column.order or column.choices or known or order and order[column.name],
      title = c.twin(column.title, column.title_ru) or title or lua.string.gsub(column.name, "_", " ") }
  end
  return out
end

--- {columns, rows, ids} of a query or a list of rows, in the order of `declared` or their own.
function dw.as_table(value, declared)
  local rows, columns
  if dw.is_query(value) then
    rows, columns = dw.run_query(value)
    if declared then check_columns(declared, columns) end
  elseif type(value) == "table" then
    rows, columns = value, declared or remembered[value]
    if not columns then columns = type(value[1]) == "record" and columns_of_records(value) or guessed(value) end
  else
    error(tr("rows are a query or a list of tables, not a {type}", { type = type(value) }))
  end
  local cells, ids, order = {}, {}, {}
  local shown = declared or columns
  for _, column in G.ipairs(columns) do order[column.name] = column.order end
  for i, row in G.ipairs(rows) do
    if type(row) ~= "table" and type(row) ~= "record" then error(tr("row {i} is a {type}, not a table", { i = i, type = type(row) })) end
    local line = {}
    for j, column in G.ipairs(shown) do line[j] = row[column.name] end
    cells[i], ids[i] = line, 0
    if type(row) == "record" then
      ids[i] = row.id
    else
      line.summary = row.summary
      ids[i] = lua.math.type(row.id) == "integer" and row.id or type(row.record) == "record" and row.record.id or 0
    end
  end
  return { columns = titled(shown, order), rows = cells, ids = ids }
end

--- The same of an answer that is shown as it is: rows of a command have its title and notes.
function dw.as_answer(value)
  local out, answer = dw.as_table(value), remembered[value]
  if answer then out.title, out.notes, out.single = answer.title, answer.notes, answer.single end
  return out
end

--- Rows, a query or a document as what bind_fill_result takes, with all the notes.
function dw.as_result(value, columns, ...)
  local out
  if dw.is_document(value) then
    out = { title = value.title, blocks = value.blocks }
  else
    out = dw.as_table(value, columns)
  end
  out.notes = {}
  for i = 1, G.select("#", ...) do
    for _, note in G.ipairs(G.select(i, ...) or {}) do out.notes[#out.notes + 1] = note end
  end
  return out
end

function dw.calls.report(declaration, params)
  local value, notes, gaps = dw.noting_gaps(declaration.rows, params)
  local out = dw.as_result(value, declaration.columns, declaration.notes, notes, gaps)
  out.chart = declaration.chart
  return out
end
