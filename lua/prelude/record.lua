-- What a record knows beyond its fields: its name, scores, and the records that refer to it; and the
-- context that actions get.
local dw = ...
local c, lua = dw.c, dw.lua
local G = lua._G
local tr = dw.base.tr
local error, select = G.error, G.select

local methods = {}
dw.record_methods = methods

--- What people call it, whatever its kind has a field for; nil stays nil.
function dw.base.name_of(record) return record and c.record_name(record) end
dw.calls.name_of = function(record) return c.record_name(record) end

--- Whether records of its kind have that field.
function methods.has(self, field) return dw.kinds[self.kind].fields[field] ~= nil end

-- The stored grade; computed now when the card was never run over this record.
function methods.grade(self, card)
  local points, grade = c.stored_score(card, self)
  if points ~= nil then return grade end
  return select(2, c.score(card, self))
end
function methods.score(self, card)
  local points = c.stored_score(card, self)
  if points == nil then points = c.score(card, self) end
  return points
end

--- What each rule of the card gives now, whatever is stored: { id = points }, their sum and its grade.
function methods.parts(self, card)
  local points, grade, parts = c.score(card, self)
  return parts, points, grade
end

-- The reference of `child` that leads to `kind`: the one named like the kind, else the only one.
local function reference_to(child, kind)
  local found, count = nil, 0
  local same = child.fields[kind]
  if same and same.type == "ref" and same.to == kind then return kind end
  for _, field in G.ipairs(child.order) do
    if field.type == "ref" and field.to == kind then found, count = field.name, count + 1 end
  end
  return count == 1 and found or nil
end

function dw.collections_of(kind)
  local names = {}
  for _, name in G.ipairs(dw.keys(dw.kinds)) do
    local child = dw.kinds[name]
    if child.plural and reference_to(child, kind) then names[child.plural] = name end
  end
  return names
end

function dw.calls.member(record, key, kind)
  local method = methods[key]
  if method then return method end
  for _, name in G.ipairs(dw.keys(dw.kinds)) do
    local child = dw.kinds[name]
    if child.plural == key then
      local reference = reference_to(child, kind)
      if reference then return dw.new_query(name):where { [reference] = record } end
    end
  end
  local names = dw.keys(dw.kinds[kind].fields)
  for _, name in G.ipairs(dw.keys(methods)) do names[#names + 1] = name end
  for _, name in G.ipairs(dw.keys(dw.collections_of(kind))) do names[#names + 1] = name end
  error(tr("{kind} has no field '{key}'", { kind = kind, key = key }) .. dw.hint(key, names))
end

-- ctx: what an action may do, inside the transaction that caused it
local acts = {}
dw.acts = acts
function acts.set(_, record, values) c.set(record, values) end
function acts.create(_, kind, values) return c.create(kind, values) end
function acts.delete(_, record) c.delete(record) end
function acts.move(_, record, stage, options) c.move(record, stage, options and options.reason) end
function acts.plan(_, values)
  local activity = {}
  for name, value in G.next, values do
    if name ~= "about" then activity[name] = value end
  end
  local about = values.about
  if about ~= nil then
    activity[about.kind] = about
    local client = dw.kinds[about.kind].fields.client
    if client and activity.client == nil and about.client ~= nil then activity.client = about.client end
  end
  if activity.state == nil and dw.kinds.activity.fields.state then activity.state = "planned" end
  return c.create("activity", activity)
end

--- more: acts that only this kind of context has; may be nil.
function dw.new_context(more)
  return G.setmetatable({}, {
    __index = function(_, key)
      local act = acts[key] or (more and more[key])
      if act then return act end
      if key == "today" then return c.today() end
      if key == "now" then return c.now() end
      if key == "actor" then return c.actor() end
      local names = { "actor", "now", "today" }
      for _, list in G.ipairs { acts, more or {} } do
        for _, name in G.ipairs(dw.keys(list)) do names[#names + 1] = name end
      end
      error(tr("ctx has no '{key}'", { key = G.tostring(key) }) .. dw.hint(G.tostring(key), names))
    end,
    __newindex = function() error(tr "ctx can't be changed") end,
    __type = "ctx", __metatable = "ctx",
  })
end

function dw.calls.act(run, record, old, new, changed)
  if changed then return run(record, old, new, dw.new_context()) end
  return run(record, dw.new_context())
end

-- Formulas being computed, by name and record: one that needs itself would never end.
local under_way = {}

--- The value, and the file and line of the formula.
function dw.calls.formula(kind, name, record)
  local formula = dw.formulas and dw.formulas[kind .. "." .. name]
  if not formula then error(tr("formula '{kind}.{name}' is not loaded", { kind = kind, name = name })) end
  local key = kind .. "." .. name .. "#" .. record.id
  if under_way[key] then error(tr("formula '{kind}.{name}' stands on itself", { kind = kind, name = name })) end
  under_way[key] = true
  local well, value = c.pcall(formula.compute, record)
  under_way[key] = nil
  if not well then error(value, 0) end
  return value, formula.place.file, formula.place.line
end
