-- chart = …: what is drawn of a report or a table.
local dw = ...
local c, lua = dw.c, dw.lua
local G = lua._G
local type, tr = c.type, dw.base.tr

local chart_options = { type = { "string", among = c.chart_types }, x = "string", by = "string", y = "string|table" }

local function check_column(what, name, columns, place)
  if type(name) ~= "string" then
    return dw.complain(place, tr("{what}: a column is named by a text, not a {type}", { what = what, type = type(name) }))
  end
  local names = {}
  for i, column in G.ipairs(columns or {}) do
    if column.name == name then return end
    names[i] = column.name
  end
  if columns then dw.complain(place, tr("{what}: there is no column '{name}'", { what = what, name = name }) .. dw.hint(name, names)) end
end

-- Columns that say chart = "bar" are what the chart draws.
local function of_columns(what, columns, place)
  local out = nil
  for _, column in G.ipairs(columns or {}) do
    if column.chart then
      out = out or { type = column.chart, y = {} }
      if out.type ~= column.chart then
        dw.complain(place, tr("{what}: '{one}' and '{other}' in one chart", { what = what, one = out.type, other = column.chart }))
      end
      out.y[#out.y + 1] = column.name
    end
  end
  return out
end

local function flat(chart)
  return { type = chart.type, x = chart.x, by = chart.by, y = type(chart.y) == "string" and { chart.y } or chart.y or {} }
end

--- The chart of a declaration as C takes it: { type, x, by, y = { … } }; nil when nothing is said. columns: as
-- declared, flat; nil when the rows decide.
function dw.chart_of(what, chart, columns, place)
  what = what .. ": chart"
  if type(chart) == "string" then chart = { type = chart } end
  chart = chart or of_columns(what, columns, place)
  if not chart or not dw.check_options(what, chart, chart_options, place) then return nil end
  chart = flat(chart)
  if chart.x then check_column(what, chart.x, columns, place) end
  if chart.by then check_column(what, chart.by, columns, place) end
  for _, name in G.ipairs(chart.y) do
    if name ~= c.chart_count then check_column(what, name, columns, place) end
  end
  return chart
end

--- The same while a script runs: what is wrong is raised; C knows the columns.
function dw.chart_of_table(chart)
  if chart == nil then return nil end
  if type(chart) == "string" then chart = { type = chart } end
  if type(chart) ~= "table" then G.error(tr("table: chart is a text or a table {{ … }}, not a {type}", { type = type(chart) })) end
  for key in G.next, chart do
    if not chart_options[key] then
      G.error(tr("table: chart has no option '{key}'", { key = c.tostring(key) }) .. dw.hint(c.tostring(key), dw.keys(chart_options)))
    end
  end
  return flat(chart)
end
