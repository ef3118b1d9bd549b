-- Loading a workspace: every file runs and declares; then everything is checked together and handed
-- to C. Declarations outside a file's own run are refused.
local dw = ...
local c, lua, verbs = dw.c, dw.lua, dw.verbs
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

dw.sources, dw.kinds = {}, {}
local declaring, workspace_place = false, nil

local workspace_options = dw.spec("workspace", { name = { "string", required = true }, currency = "string", languages = "table",
  working_hours = "table" })

function verbs.workspace(options)
  local place = dw.place()
  if place.file ~= "workspace.lua" then dw.complain(place, tr "workspace {{ … }} belongs in workspace.lua") return end
  workspace_place = place
  if not dw.check_options("workspace", options, workspace_options, place) then return end
  if options.currency then
    local well, wrong = c.set_currency(options.currency)
    if not well then dw.complain(place, wrong) end
  end
  for _, code in G.ipairs(options.languages or {}) do
    local well, wrong = c.add_language(c.tostring(code))
    if not well then dw.complain(place, wrong) end
  end
  dw.set_working_hours(options.working_hours, place)
end

local globals
function dw.calls.begin_loading()
  dw.kinds = c.kinds()
  dw.open_collections()
  globals = {}
  for name, verb in G.next, verbs do
    globals[name] = function(...)
      if not declaring then
        -- date "2026-01-31" and records "client" mean something else there
        if dw.base[name] ~= nil then return dw.base[name](...) end
        error(tr("'{name}' declares something: it belongs outside of functions", { name = name }))
      end
      return verb(...)
    end
  end
  dw.declaration_globals = globals
end

local function check_version(name, text)
  local api = lua.string.match(text, "^%-%- dealwright: api=(%d+)")
  if not api then
    c.complain(name, 1, tr "the first line must say which language this is: -- dealwright: api=1")
  elseif api ~= "1" then
    c.complain(name, 1, tr("api={api} is newer than this program, which knows api=1", { api = api }))
  end
end

-- "file:12: message" → place and message, so that a message never carries its place twice.
local function complain_about(file, message)
  message = type(message) == "table" and "the script raised a table as its error" or G.tostring(message)
  local at, line, rest = lua.string.match(message, "^([^:\n]+):(%d+): (.*)$")
  if at and (at == file or dw.sources[at]) then
    c.complain(at, lua.math.tointeger(line), rest)
  else
    c.complain(file, 0, message)
  end
end

-- A custom kind's plural may be used by files that come later.
local function open_declared_kinds()
  for _, declaration in G.ipairs(dw.declared.kinds) do
    local plural = declaration.options.plural or declaration.name .. "s"
    if type(plural) == "string" and dw.base[plural] == nil and not dw.kinds[declaration.name] then
      dw.kinds[declaration.name] = { name = declaration.name, plural = plural, fields = {}, order = {} }
    end
  end
  dw.open_collections()
end

function dw.run_file(name, text)
  local chunk, wrong = c.load(text, "@" .. name, dw.environment(globals, "the whole workspace"))
  if not chunk then error(wrong, 0) end
  local before = declaring
  declaring = true
  local well, value = c.pcall(chunk)
  declaring = before
  if not well then error(value, 0) end
  open_declared_kinds()
  return value
end

--- Calls load; what it raises is a complaint about the file.
function dw.load_or_complain(name, load)
  local well, message = c.pcall(load)
  if well then return end
  complain_about(name, message)
  dw.forget_unfinished(name)
end

function dw.calls.load_file(name, text)
  dw.sources[name] = text
  if name == "workspace.lua" then check_version(name, text) end
  if not dw.add_module(name, text) then dw.load_or_complain(name, function() dw.run_file(name, text) end) end
end

local function install(step)
  local well, message = c.pcall(step)
  if not well then complain_about("", message) end
end

function dw.calls.end_loading()
  dw.each_unused_module(dw.load_or_complain)
  if not workspace_place then c.complain("workspace.lua", 1, "workspace { name = \"…\" } is missing") end
  install(dw.install_kinds)
  dw.open_collections()
  install(dw.install_records)
  install(dw.install_processes)
  install(dw.install_acceptances)
  install(dw.install_identities)
  install(dw.install_scorecards)
  install(dw.install_reports)
  install(dw.install_commands)
  install(dw.install_schedules)
  install(dw.check_tests)
  install(dw.check_finished)
  dw.open_makers(globals)
end
