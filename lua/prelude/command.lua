-- command: the workspace's own verbs.
local dw = ...
local c, lua, verbs = dw.c, dw.lua, dw.verbs
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

local declared = {}
verbs.command = dw.named_verb("command", function(declaration) declared[#declared + 1] = declaration end)

-- By name, for the prompt.
dw.commands = {}

local command_options = dw.spec("command", {
  summary = { "string", required = true }, summary_ru = "string", title = "string", title_ru = "string", params = "table",
  examples = { "table", required = true }, writes = "boolean", confirm = "string|function|boolean", columns = "table", notes = "table",
  run = { "function", required = true },
})

local keywords = {}
for word in lua.string.gmatch("and break do else elseif end false for function goto if in local nil not or repeat return then true until while", "%a+") do
  keywords[word] = true
end

local most_params = 32

-- Why there can be no command of that name; nil when there can.
local function wrong_name(name)
  local word = lua.string.gsub(name, "%-", "_")
  if not lua.string.find(name, "^%l[%l%d_-]*$") or lua.string.find(name, "%-%-") or lua.string.find(name, "%-$")
    or lua.string.find(name, "%-%d") then
    return tr "a command is named by small letters, digits, _ and - inside: plan, plan-week"
  end
  if c.is_built_in(name) then return tr "there is a built-in command of that name; take another" end
  if keywords[word] then return tr "it is a keyword of Lua; take another name" end
  if dw.base[word] ~= nil then return tr "the name belongs to the language of scripts; take another" end
end

local function check_examples(declaration, say)
  local list = declaration.options.examples
  if #list == 0 then say(tr("examples lists no line as typed at the prompt: {{ \"{name}\" }}", { name = declaration.name })) end
  for i = 1, #list do
    local line = list[i]
    if type(line) ~= "string" then
      say(tr("example {i} is a {type}, not a line as typed at the prompt", { i = i, type = type(line) }))
    elseif lua.string.match(line, "^%S*") ~= declaration.name then
      say(tr("example {i} does not begin with '{name}': {line}", { i = i, name = declaration.name, line = line }))
    end
  end
end

local function check_params(params, say)
  if #params > most_params then say(tr("more than {most_params} parameters", { most_params = most_params })) end
  local rest
  for _, param in G.ipairs(params) do
    if param.rest and param.type ~= "text" then
      say(tr("'{name}' takes the rest of the words: it is a text", { name = param.name }))
    elseif rest and not param.named then
      say(tr("'{name}' comes after '{rest}', which takes the rest of the words: say named = true", { name = param.name, rest = rest }))
    elseif param.named and (param.rest or param.loose) then
      say(tr("'{name}' is given by its name only: rest and loose are for words without one", { name = param.name }))
    elseif param.loose and (param.rest or param.type == "text") then
      say(tr("'{name}' is a text, which any word is; loose is for other types", { name = param.name }))
    end
    if param.file and (param.type ~= "text" or param.rest) then say(tr("'{name}' names a file: it is a text of one word", { name = param.name })) end
    if param.rest then rest = param.name end
  end
end

local function install(declaration, seen)
  local options, name = declaration.options, declaration.name
  local what = "command '" .. name .. "'"
  local function say(wrong) dw.complain(declaration.place, what .. ": " .. wrong) end
  local wrong = wrong_name(name)
  if wrong then return say(wrong) end
  if not dw.unique(seen, lua.string.gsub(name, "%-", "_"), "command", declaration.place)
    or not dw.check_options(what, options, command_options, declaration.place) then return end
  if options.summary == "" then say(tr "'summary' says nothing") end
  if options.confirm == true then say(tr "'confirm' is what to ask, or false: never ask, however much it changes") end
  if options.confirm ~= nil and not options.writes then say(tr "'confirm' is for commands with writes = true") end
  check_examples(declaration, say)
  local params = dw.flat_params(declaration, "argument")
  check_params(params, say)
  dw.commands[name] = declaration
  c.add_command { name = name, summary = options.summary, summary_ru = options.summary_ru, title = options.title, title_ru = options.title_ru,
    params = params, examples = options.examples, writes = options.writes, confirm = options.confirm, run = options.run,
    columns = options.columns and dw.flat_fields(declaration, "columns", "column") or nil, notes = options.notes, place = declaration.place }
end

function dw.install_commands()
  local seen = {}
  for _, declaration in G.ipairs(declared) do install(declaration, seen) end
end

--- A value as a command line has it.
local function word_of(value)
  if type(value) == "record" then return "#" .. value.id end
  if type(value) == "money" then return lua.string.format("%.2f %s", value.amount, value.currency) end
  return c.tostring(value)
end

--- The words of a command out of what a script gives: find("deal", { stage = "won" }) → find deal stage=won
function dw.words_of(...)
  local words = {}
  for i = 1, G.select("#", ...) do
    local value = G.select(i, ...)
    if G.type(value) == "table" and type(value) == "table" then
      for _, key in G.ipairs(dw.keys(value)) do
        local each = word_of(value[key])
        words[#words + 1] = type(key) == "string" and key .. "=" .. each or each
      end
    elseif value ~= nil then
      words[#words + 1] = word_of(value)
    end
  end
  return lua.table.unpack(words)
end

dw.word_of = word_of

-- How many commands run each other: only the outermost one was typed by a person.
local nested = 0

-- What only commands may: run another one. Gives its rows, or its words when it answers no table. What
-- stands behind the line needs no quotes: ctx:command("set #5", { notes = text }).
local function run_command(_, line, ...)
  if type(line) ~= "string" then error(tr("ctx:command takes a line as typed at the prompt, not a {type}", { type = type(line) })) end
  local before = nested
  nested = before + 1
  local well, said, rows, columns = c.pcall(c.run_line, line, dw.words_of(...))
  nested = before
  if not well then error(said, 0) end
  if rows ~= nil then
    dw.remember_columns(rows, columns)
    return rows
  end
  return said
end

--- ctx:install(), ctx:install "kind": creates what `records` declares, each record once: what was deleted or is there stays as it is,
-- unless options say again = true. Gives the records that were made.
local function install_records(_, kind, options) return dw.create_shipped(kind, options and options.again) end

local function param_named(declaration, name)
  for _, param in G.ipairs(declaration.params) do
    if param.name == name then return param end
  end
end

-- And read a file, but only one that the person named on the line, for a parameter that says so.
local function reader_of(declaration, params)
  return function(_, name)
    local param = param_named(declaration, name)
    if not param or not param.file then
      error(tr("ctx:read takes the name of a parameter with file = true, not '{name}'", { name = c.tostring(name) }), 2)
    end
    if nested > 0 then error(tr "a file is read only for a command that a person typed", 2) end
    return params[name] and c.read_file(params[name])
  end
end

-- What is to be sent has no notes in it.
local function bared(out, bare)
  if bare then
    out.told = #out.notes > 0 and lua.table.concat(out.notes, "\n") .. "\n" or nil
    out.bare, out.notes = true, {}
  end
  return out
end

local function answered(declaration, value, notes, gaps)
  if value == nil then return {} end
  if type(value) == "string" then
    return { text = value, told = #gaps > 0 and lua.table.concat(gaps, "\n") .. "\n" or nil }
  end
  if dw.is_query(value) or dw.is_document(value) or type(value) == "table" then
    return bared(dw.as_result(value, declaration.columns, declaration.notes, notes, gaps), dw.is_document(value) and value.bare)
  end
  error(tr("{file}:{line}: a command answers rows, a query, a document, a text or nothing, not a {type}",
    { file = declaration.place.file, line = declaration.place.line, type = type(value) }), 0)
end

function dw.calls.command(declaration, params)
  local acts = { command = run_command, install = install_records, read = reader_of(declaration, params) }
  local out = answered(declaration, dw.noting_gaps(declaration.run, params, dw.new_context(acts)))
  out.title = out.title or c.twin(declaration.title, declaration.title_ru)
  return out
end

--- What to ask before it runs, or nil.
function dw.calls.question(declaration, params)
  local confirm = declaration.confirm
  if type(confirm) ~= "function" then return confirm or nil end
  local question = confirm(params)
  if question == nil or question == false then return nil end
  if type(question) == "string" then return question end
  error(tr("{file}:{line}: 'confirm' answers a text or nothing, not a {type}",
    { file = declaration.place.file, line = declaration.place.line, type = type(question) }), 0)
end
