-- When a person is free within the working hours.

local free_time = {}

local usual_minutes = 30 -- of what is planned without a length

local function minute_of(at) return at.hour * 60 + at.minute end

-- What is planned for that day and the pause, as { from, till } in minutes.
local function busy_on(day, owner, hours)
  local busy = {}
  if hours.pause then busy[1] = hours.pause end
  for record in activities:where { state = "planned", owner = owner or unset, due = between(day:at(0), day:at(1439)) }:each() do
    local from = minute_of(record.due)
    if from > 0 then
      busy[#busy + 1] = { from = from, till = from + (record.minutes_spent or usual_minutes), far = record.type == "meeting" }
    end
  end
  return busy
end

-- The first moment from which nothing is in the way; nil when the day is too short.
local function next_free(from, length, travel, busy, till)
  while from + length <= till do
    local blocked
    for _, each in ipairs(busy) do
      local margin = each.far and travel or 0
      if from < each.till + margin and from + length > each.from - margin then blocked = each.till + margin end
    end
    if not blocked then return from end
    from = blocked
  end
end

--- The instants at which meetings of that length can begin, in order: at most per_day on each working day from first to
-- last, with time to travel between them.
function free_time.slots(owner, first, last, length, travel, per_day)
  local hours, slots = working_hours(), {}
  for offset = 0, last - first do
    local day = first + offset
    if is_working_day(day) then
      local busy, from = busy_on(day, owner, hours), hours.from
      for _ = 1, per_day do
        local at = next_free(from, length, travel, busy, hours.till)
        if not at then break end
        slots[#slots + 1] = day:at(at)
        from = at + length + travel
      end
    end
  end
  return slots
end

return free_time
