-- Thursday 2026-01-01 10:00; the workspace works from 9:00 to 18:00 with a pause at 13:00.

local free_time = require "free_time"

local function clocks(slots)
  local out = {}
  for i, at in ipairs(slots) do out[i] = tostring(at.date):sub(-2) .. " " .. at:clock() end
  return table.concat(out, ", ")
end

local friday = date "2026-01-02"

test "meetings lie within the working hours, around the pause, with time to travel" {
  expect = function()
    local slots = clocks(free_time.slots(nil, friday, friday, 60, 30, 9))
    return slots == "02 09:00, 02 10:30, 02 12:00, 02 14:00, 02 15:30, 02 17:00", slots
  end,
}

test "what is planned is not collided with, and other people's plans are theirs" {
  given = function(t)
    t.ann, t.bob = user { name = "Ann" }, user { name = "Bob" }
    activity { type = "meeting", state = "planned", owner = t.ann, due = friday:at "10:00", minutes_spent = 90 }
    activity { type = "meeting", state = "cancelled", owner = t.ann, due = friday:at "15:00", minutes_spent = 90 }
  end,
  expect = function(t)
    local ann = clocks(free_time.slots(t.ann, friday, friday, 60, 30, 9))
    local bob = clocks(free_time.slots(t.bob, friday, friday, 60, 30, 2))
    return ann == "02 12:00, 02 14:00, 02 15:30, 02 17:00" and bob == "02 09:00, 02 10:30", ann .. " / " .. bob
  end,
}

test "nobody works on a Sunday" {
  expect = function()
    local slots = clocks(free_time.slots(nil, friday, friday + 3, 60, 0, 1))
    return slots == "02 09:00, 05 09:00", slots
  end,
}

test "a meeting longer than the day has no time" {
  expect = function() return #free_time.slots(nil, friday, friday, 600, 0, 3) == 0 end,
}
