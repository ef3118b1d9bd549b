-- Questions to the records of a kind, as values: each method gives a new query, nothing runs before
-- it is asked, and then as one statement. See docs/decisions/011 for the order of columns.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

local specs = G.setmetatable({}, { __mode = "k" })
local methods, query = {}, { __type = "query", __metatable = "query" }
query.__index = function(_, name)
  local method = methods[name]
  if not method then error(tr("a query has no '{name}'", { name = G.tostring(name) }) .. dw.hint(G.tostring(name), dw.keys(methods))) end
  return method
end
query.__newindex = function() error(tr "a query can't be changed; its methods give a new one") end
query.__tostring = function(self) return "query of " .. specs[self].plural end
query.__pairs = function() error(tr "run the query: for record in query:each() do") end
query.__len = function() error(tr "count the rows with :count()") end
dw.query_methods = methods

local function wrap(spec)
  local self = G.setmetatable({}, query)
  specs[self] = spec
  return self
end

function dw.is_query(value) return type(value) == "query" and specs[value] ~= nil end

function dw.new_query(kind_name)
  local kind = dw.kinds[kind_name]
  return wrap { kind = kind_name, plural = kind.plural or kind_name }
end

local function spec_of(self)
  return specs[self] or error(tr "call it with a colon: query:method()")
end

local function changed(self, key, value)
  local copy = {}
  for name, each in G.next, spec_of(self) do copy[name] = each end
  copy[key] = value
  return wrap(copy)
end

local function extended(list, more)
  local out = {}
  for _, each in G.ipairs(list or {}) do out[#out + 1] = each end
  for _, each in G.ipairs(more) do out[#out + 1] = each end
  return out
end

--- A where-table as the tree that dw.c.query_* takes.
local function tree_of(where, junction)
  local out = { op = junction }
  for _, each in G.ipairs(dw.conditions(where)) do
    if each.op == "between" then
      out[#out + 1] = { op = "all", { path = each.path, op = "at_least", value = each.value },
        { path = each.path, op = "at_most", value = each.high } }
    elseif each.op == "in" then
      out[#out + 1] = { path = each.path, op = "in", values = each.value }
    else
      out[#out + 1] = { path = each.path, op = each.op, value = each.value }
    end
  end
  return out
end

local function junction_method(junction)
  return function(self, where)
    if type(where) ~= "table" then error(tr "conditions are a table: {{ field = value }}") end
    local tree = tree_of(where, junction)
    if #tree == 0 then return changed(self, "where", spec_of(self).where) end
    return changed(self, "where", extended(spec_of(self).where, { tree }))
  end
end
methods.where, methods.either, methods.none = junction_method("all"), junction_method("any"), junction_method("none")

function methods.search(self, words)
  if type(words) ~= "string" then error(tr("search takes words in quotes, not a {type}", { type = type(words) })) end
  return changed(self, "where", extended(spec_of(self).where, { { op = "search", value = words } }))
end

--- Conditions as a person types them behind `list client`: matching "industry=medical employees>100".
function methods.matching(self, words)
  if type(words) ~= "string" then error(tr("matching takes conditions as typed behind 'list', not a {type}", { type = type(words) }), 2) end
  return changed(self, "where", extended(spec_of(self).where, { { op = "words", value = words } }))
end

-- aggregates
local aggregate = { __type = "aggregate", __metatable = "aggregate" }
aggregate.__index = { as = function(self, name)
  local copy = {}
  for key, value in G.next, self do copy[key] = value end
  copy.name = name
  return G.setmetatable(copy, aggregate)
end }
aggregate.__call = function(self, filter)
  local copy = {}
  for key, value in G.next, self do copy[key] = value end
  copy.filter = filter
  return G.setmetatable(copy, aggregate)
end

local function new_aggregate(fn, path, filter, p)
  return G.setmetatable({ fn = fn, path = path, filter = filter, p = p }, aggregate)
end
function base.count(what)
  if type(what) == "string" then return new_aggregate("count", what) end
  return new_aggregate("count", nil, what)
end
for _, fn in G.ipairs { "sum", "average", "minimum", "maximum", "median", "count_distinct" } do
  base[fn] = function(path)
    if type(path) ~= "string" then error(tr("{fn} takes a path in quotes: {fn} \"amount\"", { fn = fn })) end
    return new_aggregate(fn, path)
  end
end
function base.percentile(path, p)
  if type(p) ~= "number" or p < 0 or p > 1 then error(tr "percentile takes a path and a share from 0 to 1") end
  return new_aggregate("percentile", path, nil, p)
end
function dw.is_aggregate(value) return type(value) == "aggregate" end

--- A path as a column of its own name: path "client.name":as "client".
function base.path(path) return new_aggregate(nil, path) end

local function column_of(entry, name)
  if type(entry) == "string" then return { name = name or lua.string.gsub(entry, "%.", "_"), path = entry } end
  if not dw.is_aggregate(entry) then error(tr("a column is a path or an aggregate, not a {type}", { type = type(entry) })) end
  name = name or entry.name
  if not name and entry.path then name = lua.string.gsub(entry.fn and entry.fn .. "_" .. entry.path or entry.path, "%.", "_") end
  return { name = name or entry.fn, path = entry.path, fn = entry.fn, p = entry.p,
    only = entry.filter and tree_of(entry.filter, "all") or nil }
end

local function columns_of(columns)
  if type(columns) == "string" or dw.is_aggregate(columns) then columns = { columns } end
  if type(columns) ~= "table" then error(tr("columns are a list of paths and aggregates {{ \"title\", sum \"amount\" }}, not a {type}",
    { type = type(columns) })) end
  local out = {}
  for _, key in G.ipairs(dw.keys(columns)) do
    out[#out + 1] = column_of(columns[key], type(key) == "string" and key or nil)
  end
  return out
end

function methods.select(self, columns) return changed(self, "select", extended(spec_of(self).select, columns_of(columns))) end
function methods.group_by(self, columns) return changed(self, "group", extended(spec_of(self).group, columns_of(columns))) end

--- Columns computed from each row, after the statement.
function methods.with(self, columns)
  local out = {}
  if type(columns) ~= "table" then error(tr "with takes functions by name: {{ share = function(row) … end }}") end
  for _, key in G.ipairs(dw.keys(columns)) do
    if type(key) ~= "string" or type(columns[key]) ~= "function" then
      error(tr "with takes functions by name: {{ share = function(row) … end }}")
    end
    out[#out + 1] = { name = key, compute = columns[key] }
  end
  return changed(self, "with", extended(spec_of(self).with, out))
end

function methods.order_by(self, ...)
  local order = {}
  for i = 1, G.select("#", ...) do
    local word = G.select(i, ...)
    if type(word) ~= "string" then error(tr("order_by takes paths in quotes, \"-amount\" for falling, not a {type}", { type = type(word) })) end
    local down = lua.string.sub(word, 1, 1) == "-"
    order[#order + 1] = { path = down and lua.string.sub(word, 2) or word, down = down }
  end
  return changed(self, "order", order)
end

function methods.limit(self, count)
  if lua.math.type(count) ~= "integer" or count < 0 then error(tr("limit takes a number of rows, not {count}", { count = c.tostring(count) })) end
  return changed(self, "limit", count)
end

-- The columns that are one path, by name.
local function paths_of(spec)
  local paths = {}
  for _, list in G.ipairs { spec.group or {}, spec.select or {} } do
    for _, column in G.ipairs(list) do paths[column.name] = column.fn and "" or column.path end
  end
  for _, column in G.ipairs(spec.with or {}) do paths[column.name] = "" end
  return paths
end

local function is_formula(kind, path)
  if path == "" or lua.string.find(path, "(", 1, true) then return false end
  local field = dw.resolve(kind, path)
  return field ~= nil and field.formula == true
end

-- Whether the order needs what no statement computes: columns of `with`, or formulas.
local function is_late(spec, paths)
  for _, each in G.ipairs(spec.order or {}) do
    for _, column in G.ipairs(spec.with or {}) do
      if column.name == each.path then return true end
    end
    if not spec.group and is_formula(spec.kind, paths[each.path] or each.path) then return true end
  end
  return false
end

-- What rows are sorted by but don't show is selected until they are sorted.
local function sorting_columns(spec, paths)
  local hidden = {}
  for _, each in G.ipairs(spec.order) do
    if not paths[each.path] and not spec.group then hidden[#hidden + 1] = { name = each.path, path = each.path } end
  end
  return hidden
end

-- The statement; without an order or limit that only computed columns could decide. Also the columns
-- added for that order, nil when the statement does it all.
local function plan_of(spec)
  local paths = paths_of(spec)
  local late, hidden = is_late(spec, paths), nil
  if late then hidden = spec.select and sorting_columns(spec, paths) or {} end
  local where = spec.where and { op = "all", lua.table.unpack(spec.where) } or nil
  return { kind = spec.kind, where = where, group = spec.group, select = hidden and spec.select and extended(spec.select, hidden) or spec.select,
    order = not late and spec.order or nil, limit = not late and spec.limit or nil }, hidden
end

local function place_of(words, value)
  for i, word in G.ipairs(words) do
    if word == value then return i end
  end
  return #words + 1
end

-- In the order of listings: nil is smallest, words stand as declared.
local function compared(x, y, words)
  if words and x ~= nil and y ~= nil then
    local a, b = place_of(words, x), place_of(words, y)
    if a ~= b then return a < b and -1 or 1 end
  end
  return c.compare(x, y)
end

-- words: those of each key, by its path. What is equal stays in its order.
local function sort_rows(rows, order, words)
  local place = {}
  for i, row in G.ipairs(rows) do place[row] = i end
  lua.table.sort(rows, function(a, b)
    for _, each in G.ipairs(order) do
      local way = compared(a[each.path], b[each.path], words[each.path])
      if way ~= 0 then return (way > 0) == (each.down or false) end
    end
    return place[a] < place[b]
  end)
end

local function trim(rows, limit)
  for i = #rows, (limit or #rows) + 1, -1 do rows[i] = nil end
end

local function plain_columns(spec)
  if spec.select or spec.group then return spec end
  local kind, select = dw.kinds[spec.kind], { { name = "id", path = "id" } }
  for _, field in G.ipairs(kind.order) do
    if field.stored and #select < 8 then select[#select + 1] = { name = field.name, path = field.name } end
  end
  local copy = {}
  for name, each in G.next, spec do copy[name] = each end
  copy.select = select
  return copy
end

-- Rows hold the records whose formulas were asked for.
local function compute_formulas(rows, columns)
  for _, column in G.ipairs(columns) do
    local name, formula = column.name, column.formula
    for i = 1, formula and #rows or 0 do
      local record = rows[i][name]
      if record ~= nil then rows[i][name] = record[formula] end
    end
  end
end

local function sort_late(rows, columns, spec, hidden)
  local words = {}
  for _, column in G.ipairs(columns) do words[column.name] = column.order end
  sort_rows(rows, spec.order, words)
  trim(rows, spec.limit)
  for _, column in G.ipairs(hidden) do
    for _, row in G.ipairs(rows) do row[column.name] = nil end
  end
end

--- The rows as tables, and their columns {name, type}.
function dw.run_query(self)
  local spec = plain_columns(spec_of(self))
  local plan, hidden = plan_of(spec)
  local rows, columns = c.query_rows(plan)
  compute_formulas(rows, columns)
  for _, each in G.ipairs(spec.with or {}) do
    columns[#columns + 1] = { name = each.name, type = "number", computed = true }
    for _, row in G.ipairs(rows) do row[each.name] = each.compute(row) end
  end
  if hidden then
    sort_late(rows, columns, spec, hidden)
    for i = #columns, 1, -1 do
      for _, column in G.ipairs(hidden) do
        if columns[i] and columns[i].name == column.name then lua.table.remove(columns, i) end
      end
    end
  end
  return rows, columns
end

-- Records sorted by what a path over them leads to.
local function sort_records(records, spec)
  local rows, words = {}, {}
  for i, record in G.ipairs(records) do
    local row = { record = record }
    for _, each in G.ipairs(spec.order) do
      local value = record
      for name in lua.string.gmatch(each.path, "[^.]+") do value = value ~= nil and value[name] or nil end
      row[each.path] = value
    end
    rows[i] = row
  end
  for _, each in G.ipairs(spec.order) do
    local field = dw.resolve(spec.kind, each.path)
    words[each.path] = field and field.words
  end
  sort_rows(rows, spec.order, words)
  for i, row in G.ipairs(rows) do records[i] = row.record end
  trim(records, spec.limit)
  return records
end

local function shaped(self)
  local spec = spec_of(self)
  return spec.select or spec.group
end

--- Everything: rows of a query with columns, else records.
function methods.all(self)
  if shaped(self) then return (dw.run_query(self)) end
  local plan, hidden = plan_of(spec_of(self))
  local records = c.query_records(plan)
  return hidden and sort_records(records, spec_of(self)) or records
end
methods.rows = methods.all
function methods.first(self) return methods.all(methods.limit(self, 1))[1] end
function methods.count(self)
  local spec = spec_of(self)
  if shaped(self) then return #dw.run_query(self) end
  local plan = plan_of(spec)
  plan.order, plan.limit = nil, spec.limit
  return c.query_count(plan)
end
function methods.each(self)
  local all, at = methods.all(self), 0
  return function()
    at = at + 1
    return all[at]
  end
end
--- One figure over all rows: deals:value(sum "amount").
function methods.value(self, figure)
  if not dw.is_aggregate(figure) then error(tr "value takes an aggregate: value(sum \"amount\")") end
  return dw.run_query(methods.select(self, { figure:as "value" }))[1].value
end
function methods.explain(self) return c.query_explain((plan_of(plain_columns(spec_of(self))))) end

-- What is asked stands before the question: conditions here would be forgotten in silence.
for _, name in G.ipairs { "all", "rows", "first", "count", "each", "explain" } do
  local method = methods[name]
  methods[name] = function(self, ...)
    if G.select("#", ...) > 0 then error(tr("{name} takes nothing; say where {{ … }}:{name}()", { name = name })) end
    return method(self)
  end
end

local function known_kind(kind)
  return dw.kinds[kind] or error(tr("there is no kind '{kind}'", { kind = c.tostring(kind) }) .. dw.hint(c.tostring(kind), dw.keys(dw.kinds)), 3)
end

--- The records of a kind whose name is only known as a text.
function base.records(kind)
  known_kind(kind)
  return dw.new_query(kind)
end

--- The fields of a kind in order, for scripts that work with any of them: { name, title, type, to, choices } and the
-- flags required, engine, rollup, formula, long, custom, stored.
function base.fields_of(kind)
  local out = {}
  for i, field in G.ipairs(known_kind(kind).order) do
    local copy = {}
    for key, value in G.next, field do copy[key] = value end
    copy.title, copy.title_ru = c.twin(field.title, field.title_ru), nil
    out[i] = copy
  end
  return out
end

--- The kind whose records the query gives.
function dw.query_kind(self) return spec_of(self).kind end

-- Global collections read like the plural they are: deals:where { … }.
function dw.open_collections()
  for name, kind in G.next, dw.kinds do
    if kind.plural and base[kind.plural] == nil or dw.is_query(base[kind.plural]) then
      base[kind.plural] = dw.new_query(name)
    end
  end
end
