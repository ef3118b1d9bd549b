-- document and its blocks: what commands and reports say in words.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local tr = dw.base.tr
local type, error, words = c.type, G.error, dw.words

-- Limits that no letter comes near.
local most_blocks, most_items, deepest = 1000, 1000, 16

local function sealed(kind, value)
  return G.setmetatable(value, { __type = kind, __metatable = kind, __newindex = function() error(tr("a {kind} can't be changed",
    { kind = kind })) end })
end

function base.heading(text, level)
  level = level or 1
  if lua.math.type(level) ~= "integer" or level < 1 or level > 3 then error(tr("heading: the level is 1, 2 or 3, not {level}",
    { level = c.tostring(level) })) end
  return sealed("block", { type = "heading", text = words("heading", text), level = level })
end

function base.paragraph(text)
  return sealed("block", { type = "paragraph", text = words("paragraph", text) })
end

local function items(what, list)
  if type(list) ~= "table" then error(tr("{what} takes a list of texts {{ … }}, not a {type}", { what = what, type = type(list) })) end
  if #list > most_items then error(tr("{what}: more than {most_items} entries", { what = what, most_items = most_items })) end
  local out = {}
  for i = 1, #list do out[i] = words(what .. ": entry " .. i, list[i]) end
  return out
end

function base.bullets(list) return sealed("block", { type = "bullets", items = items("bullets", list) }) end
function base.numbered(list) return sealed("block", { type = "numbered", items = items("numbered", list) }) end

--- facts { { "Client", deal.client }, { "Amount", deal.amount } }: what is not known is left out.
function base.facts(list)
  if type(list) ~= "table" then error(tr("facts takes a list of pairs {{ {{ \"name\", value }}, … }}, not a {type}", { type = type(list) })) end
  local out = {}
  for i, pair in G.ipairs(list) do
    if i > most_items then error(tr("facts: more than {most_items} entries", { most_items = most_items })) end
    if type(pair) ~= "table" then error(tr("facts: entry {i} is a {type}, not a pair {{ \"name\", value }}", { i = i, type = type(pair) })) end
    if pair[2] ~= nil then
      out[#out + 1] = words("facts: entry " .. i, pair[1])
      out[#out + 1] = words("facts: entry " .. i, pair[2])
    end
  end
  return sealed("block", { type = "facts", items = out })
end

-- Columns as a list of fields, made outside of functions like those of a report.
local function flat_columns(columns)
  if columns == nil then return nil end
  if type(columns) ~= "table" then error(tr("table: columns are a list of fields {{ text \"owner\" }}, not a {type}", { type = type(columns) })) end
  local out = {}
  for i = 1, #columns do
    if not dw.is_field(columns[i]) then error(tr("table: column {i} is a {type}, not a field such as: text \"owner\"",
      { i = i, type = type(columns[i]) })) end
    out[i] = dw.flat_field(columns[i], "column")
  end
  return out
end

local table_options = { title = true, columns = true, chart = true }

--- table(query or rows, { title = "…", columns = …, chart = … }): the library `table` can be called.
function dw.table_block(value, options)
  options = options or {}
  for key in G.next, options do
    if not table_options[key] then error(tr("table has no option '{key}'",
      { key = c.tostring(key) }) .. dw.hint(c.tostring(key), dw.keys(table_options))) end
  end
  local out = dw.as_table(value, flat_columns(options.columns))
  out.chart = dw.chart_of_table(options.chart)
  out.type = "table"
  out.title = options.title ~= nil and words("table: title", options.title) or nil
  return sealed("block", out)
end

local document_options = { title = "string", bare = "boolean" }

--- document { title = "…", heading "…", paragraph "…", … }: bare = true leaves out all that is not the document, so that it can be
-- sent; its notes are told beside it. nil and false among the blocks are left out,
-- lists of blocks stand for their blocks.
function base.document(options)
  if type(options) ~= "table" then error(tr("document takes a table {{ … }}, not a {type}", { type = type(options) })) end
  local blocks, last = {}, 0
  for key in G.next, options do
    if lua.math.type(key) == "integer" then
      last = lua.math.max(last, key)
    elseif not document_options[key] then
      error(tr("document has no option '{key}'", { key = c.tostring(key) }) .. dw.hint(c.tostring(key), dw.keys(document_options)))
    end
  end
  if last > most_blocks then error(tr("document: more than {most_blocks} blocks", { most_blocks = most_blocks })) end
  local function add(value, place, depth)
    if value == nil or value == false then return end
    if type(value) == "string" then value = base.paragraph(value) end
    if type(value) == "table" then
      if depth > deepest then error(tr("document: lists are nested more than {deepest} deep", { deepest = deepest })) end
      for i = 1, #value do add(value[i], place .. "." .. i, depth + 1) end
    elseif type(value) == "block" then
      blocks[#blocks + 1] = value
      if #blocks > most_blocks then error(tr("document: more than {most_blocks} blocks", { most_blocks = most_blocks })) end
    else
      error(tr("document: entry {place} is a {type}, not a block such as: paragraph \"…\"", { place = place, type = type(value) }))
    end
  end
  for i = 1, last do add(options[i], c.tostring(i), 1) end
  return sealed("document", { title = options.title ~= nil and words("title", options.title) or nil, blocks = blocks,
    bare = options.bare == true })
end

function dw.is_document(value) return type(value) == "document" end
