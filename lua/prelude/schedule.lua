-- every: what the workspace does by itself at certain times.
local dw = ...
local c, verbs = dw.c, dw.verbs
local G = dw.lua._G
local tr = dw.base.tr
local type = c.type

local declared = {}
verbs.every = dw.named_verb("every", function(declaration) declared[#declared + 1] = declaration end)

local schedule_options = dw.spec("every", { title_ru = "string", run = { "function", required = true } })

local function install(declaration, seen)
  local options, when, place = declaration.options, declaration.name, declaration.place
  local what = "every '" .. when .. "'"
  if not dw.check_options(what, options, schedule_options, place) then return end
  local name = options[1]
  if type(name) ~= "string" or name == "" or #options > 1 then
    dw.complain(place, tr("{what} begins with what is done, by which its runs are known: every \"{when}\" {{ \"…\", run = … }}",
      { what = what, when = when }))
    return
  end
  local well, wrong = c.check_times(when)
  if not well then
    dw.complain(place, what .. ": " .. wrong)
  elseif dw.unique(seen, name, "schedule", place) then
    local run = options.run
    c.add_schedule { name = name, title_ru = options.title_ru, when = when, place = place,
      run = function(_, ctx) return run(ctx) end }
  end
end

function dw.install_schedules()
  local seen = {}
  for _, declaration in G.ipairs(declared) do install(declaration, seen) end
end
