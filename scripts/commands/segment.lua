local segments = require "segments"

local most_columns = 7

-- What every record has, and the first fields that say something about any of them.
local function telling_columns(kind, members)
  local candidates, counted = {}, {}
  for _, field in ipairs(fields_of(kind)) do
    if field.stored and not field.long and field.name ~= "external_id" then
      candidates[#candidates + 1] = field
      counted[field.name] = count(field.name)
    end
  end
  local known, columns = members:select(counted):first(), { "id" }
  for _, field in ipairs(candidates) do
    if field.required or known[field.name] > 0 and #columns <= most_columns then columns[#columns + 1] = field.name end
  end
  return columns
end

command "segment" {
  summary = "who belongs to a segment", summary_ru = "кто входит в сегмент",
  params = {
    ref "segment" { to = "segment", required = true, title_ru = "Сегмент" },
    text "condition" { rest = true, title_ru = "Условие", help = "only those of them that meet this too, as behind list",
      help_ru = "только те, кто отвечает и этому, как после list" },
  },
  examples = { "segment clinics", "segment clinics country=Poland" },
  run = function(p)
    local members = segments.members(p.segment)
    if p.condition then members = members:matching(p.condition) end
    return members:select(telling_columns(p.segment.of or "client", members)):order_by "id",
      { trn("{n} record", "{n} records", members:count()) }
  end,
}
