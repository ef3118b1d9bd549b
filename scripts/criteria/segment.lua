-- A segment that nobody can read would be found out when the mailing goes out.

local segments = require "segments"

accept "segment" {
  must "name" {
    "its name is one that no other segment has", text_ru = "так не называется другой сегмент",
    check = function(segment)
      return records "segment":where { name = segment.name, id = is_not(segment.id) }:count() == 0
    end,
    fix = "set {segment} name=…",
  },
  must "condition" {
    "its condition can be read", text_ru = "её условие можно прочесть",
    check = function(segment)
      if segment.condition == nil then return false end
      local fine, message = pcall(function() return segments.members(segment):count() end)
      return fine, not fine and tostring(message) or nil
    end,
    fix = 'set {segment} condition="industry=medical employees>100"',
  },
}
