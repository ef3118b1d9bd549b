-- accept: what records of a kind must meet whenever they are saved.
local dw = ...
local c, verbs = dw.c, dw.verbs
local G = dw.lua._G
local tr = dw.base.tr

local declared = {}
verbs.accept = dw.named_verb("accept", function(declaration) declared[#declared + 1] = declaration end)

-- Several files may ask something of one kind; an id is one criterion all the same.
function dw.install_acceptances()
  local seen = {}
  for _, declaration in G.ipairs(declared) do
    local kind, what = declaration.name, "accept '" .. declaration.name .. "'"
    if not dw.kinds[kind] then
      dw.complain(declaration.place, tr("{what} is for no kind", { what = what }) .. dw.hint(kind, dw.keys(dw.kinds)))
    elseif dw.check_options(what, declaration.options, {}, declaration.place) then
      if #declaration.options == 0 then dw.complain(declaration.place, tr("{what} asks nothing: {{ must \"…\" {{ … }} }}", { what = what })) end
      seen[kind] = seen[kind] or {}
      for _, entry in G.ipairs(dw.entries(what, declaration.options, { must = true, should = true }, declaration.place)) do
        local flat = dw.flat_criterion(entry, kind)
        if flat and dw.unique(seen[kind], entry.name, "criterion", entry.place) then c.add_acceptance(kind, flat) end
      end
    end
  end
end
