-- working_hours: when a workspace works, which its commands plan by.
local dw = ...
local c, lua, base = dw.c, dw.lua, dw.base
local G = lua._G
local tr = dw.base.tr
local type, error = c.type, G.error

local weekdays = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }
local day_minutes = 1440

-- Monday to Friday, nine to six, until a workspace says something else.
local hours = { from = 540, till = 1080, days = { true, true, true, true, true, false, false } }

local options_known = { from = "string", till = "string", days = "table", pause = "table" }
local pause_known = { from = { "string", required = true }, till = { "string", required = true } }

-- "9:00" in minutes from midnight; nil when it is none, which was told then.
local function clock(text, what, place)
  local hour, minute = lua.string.match(text, "^(%d%d?):(%d%d)$")
  local minutes = hour and hour * 60 + minute
  if minutes and lua.math.tointeger(minute) < 60 and minutes <= day_minutes then return lua.math.tointeger(minutes) end
  dw.complain(place, tr("working_hours: {what} = '{text}' is no time of day; write 9:00", { what = what, text = text }))
end

local function span(options, what, place, fallback)
  local from = options.from and clock(options.from, what .. "from", place) or not options.from and fallback.from or nil
  local till = options.till and clock(options.till, what .. "till", place) or not options.till and fallback.till or nil
  if not from or not till then return nil end
  if from < till then return from, till end
  dw.complain(place, tr("working_hours: {what}from is not before {what}till", { what = what }))
end

local function days_of(list, place)
  local days = { false, false, false, false, false, false, false }
  for _, word in G.ipairs(list) do
    local known = false
    for i, name in G.ipairs(weekdays) do
      if word == name then days[i], known = true, true end
    end
    if not known then
      dw.complain(place, tr("working_hours: '{word}' is no day of the week", { word = c.tostring(word) }) .. dw.hint(c.tostring(word), weekdays))
    end
  end
  if #list == 0 then dw.complain(place, tr "working_hours: days lists no day") end
  return days
end

--- Takes the option of workspace { … }; nil leaves what there is by itself.
function dw.set_working_hours(options, place)
  if options == nil or not dw.check_options("working_hours", options, options_known, place) then return end
  local from, till = span(options, "", place, hours)
  local pause
  if options.pause and dw.check_options("working_hours: pause", options.pause, pause_known, place) then
    local begins, ends = span(options.pause, "pause.", place, {})
    pause = begins and { from = begins, till = ends }
  end
  hours = { from = from, till = till, pause = pause, days = options.days and days_of(options.days, place) or hours.days }
end

--- working_hours(): from and till in minutes from midnight, perhaps pause.from and pause.till, and days[1] for Monday …
function base.working_hours()
  local days = {}
  for i = 1, 7 do days[i] = hours.days[i] end
  return { from = hours.from, till = hours.till, days = days,
    pause = hours.pause and { from = hours.pause.from, till = hours.pause.till } }
end

--- Whether anybody works on that day.
function base.is_working_day(day)
  if type(day) ~= "date" and type(day) ~= "instant" then error(tr("is_working_day takes a date, not a {type}", { type = type(day) })) end
  return hours.days[day.weekday]
end
