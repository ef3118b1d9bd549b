-- require: what files of a workspace share. A file below modules/ gives a value; it runs once, when it is first asked for.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local tr = dw.base.tr
local type, error, concat = c.type, G.error, lua.table.concat

local modules, running = {}, {}

--- Keeps a file of modules/ until it is needed; false for any other file.
function dw.add_module(file, text)
  local name = lua.string.match(file, "^modules/(.+)%.lua$")
  if name then modules[name] = { file = file, text = text } end
  return name ~= nil
end

-- What is shared by all can't be changed by one; tables within it are in the author's hands.
local function shared(name, value)
  if G.type(value) == "table" and type(value) == "table" and G.getmetatable(value) == nil then
    return dw.locked(value, "module '" .. name .. "'")
  end
  return value
end

local function run(name, module)
  running[#running + 1] = name
  module.state = "running"
  local well, value = c.pcall(dw.run_file, module.file, module.text)
  running[#running] = nil
  module.state = well and "ready" or "broken"
  if not well then error(value, 0) end
  if value == nil then
    module.state = "broken"
    error(tr("{file}:1: a module ends with what it shares: return {{ … }}", { file = module.file }), 0)
  end
  module.value = shared(name, value)
end

function base.require(name)
  local module = modules[name]
  if not module then
    error(tr("there is no module '{name}'{value}; it would be the file modules/{name}.lua",
      { name = G.tostring(name), value = dw.hint(G.tostring(name), dw.keys(modules)) }), 2)
  elseif module.state == "running" then
    error(tr("modules require one another in a circle: {list}, {name}", { list = concat(running, ", "), name = name }))
  elseif module.state == "broken" then
    error(tr("module '{name}' did not load; see {file}", { name = name, file = module.file }))
  elseif not module.state then
    run(name, module)
  end
  return module.value
end

--- The modules that nobody required are loaded too: a mistake in them is a mistake.
function dw.each_unused_module(load)
  for _, name in G.ipairs(dw.keys(modules)) do
    local module = modules[name]
    if not module.state then load(module.file, function() run(name, module) end) end
  end
end
