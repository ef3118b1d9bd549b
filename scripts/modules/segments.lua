-- Who belongs to a segment.

local segments = {}

--- The query of a segment's members.
function segments.members(segment)
  return records(segment.of or "client"):matching(segment.condition)
end

--- Whether a record belongs to it.
function segments.holds(segment, record)
  return record.kind == (segment.of or "client") and segments.members(segment):where { id = record.id }:count() > 0
end

return segments
