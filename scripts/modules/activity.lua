-- What the daily commands share: whom an activity is about, and how it is said in a line.

local activity = {}

local function weekday(at)
  return ({ tr "Mon", tr "Tue", tr "Wed", tr "Thu", tr "Fri", tr "Sat", tr "Sun" })[at.weekday]
end

--- "Fri 2026-05-01 10:00"; without a time of day when it is midnight.
function activity.moment(at)
  if at == nil then return tr "no date" end
  local day = weekday(at) .. " " .. tostring(at.date)
  if type(at) == "date" or at.hour + at.minute == 0 then return day end
  return day .. " " .. at:clock()
end

--- "Fri", and "Fri 2026-05-01"; nil stays nil.
function activity.weekday(at) return at and weekday(at) end
function activity.day(at) return at and weekday(at) .. " " .. tostring(at.date) end

--- The word for its type, in the reader's language.
function activity.type_word(type)
  return ({ meeting = tr "meeting", call = tr "call", mail = tr "mail", letter = tr "letter", note = tr "note",
    task = tr "task" })[type]
end

function activity.state_word(state)
  return ({ planned = tr "planned", held = tr "held", cancelled = tr "cancelled" })[state]
end

--- Client, contact, deal and owner that the records lead to; the first one that knows wins.
function activity.about(records)
  local found = {}
  local function take(field, value)
    if found[field] == nil then found[field] = value end
  end
  for _, record in ipairs(records) do
    if record.kind == "user" then
      take("owner", record)
    elseif record.kind == "client" or record.kind == "contact" or record.kind == "deal" then
      take(record.kind, record)
    end
    for _, field in ipairs { "deal", "contact", "client", "owner" } do
      if record:has(field) then take(field, record[field]) end
    end
  end
  if found.deal then take("client", found.deal.client) end
  if found.contact then take("client", found.contact.client) end
  if found.deal then take("owner", found.deal.owner) end
  if found.client then take("owner", found.client.owner) end
  return found
end

--- The user whom the program knows by the name of the person at the keyboard; nil when there is none.
function activity.typist(ctx) return users:where { name = ctx.actor }:first() end

--- Whom it is with: "Acme Clinic, deal #42 Scanners, Ann".
function activity.with_whom(record)
  local parts = {}
  if record.client ~= nil then parts[#parts + 1] = name_of(record.client) end
  if record.deal ~= nil then parts[#parts + 1] = "#" .. record.deal.id .. " " .. name_of(record.deal) end
  if record.contact ~= nil then parts[#parts + 1] = name_of(record.contact) end
  return table.concat(parts, ", ")
end

-- A Russian state has a gender of its own, which the type need not share.
local what_and_state = { en = "%s %s", ru = "%s (%s)" }

--- One line: "#81 meeting held Fri 2026-05-01 10:00, 45m: Acme Clinic – showed the calculation".
function activity.line(record)
  local at = record.state == "held" and record.done_at or record.due
  local what = what_and_state[language()]:format(activity.type_word(record.type), activity.state_word(record.state))
  local line = "#" .. record.id .. " " .. what .. " " .. activity.moment(at)
  if record.minutes_spent ~= nil then line = line .. ", " .. minutes_text(record.minutes_spent) end
  local whom = activity.with_whom(record)
  if whom ~= "" then line = line .. ": " .. whom end
  if record.subject ~= nil then line = line .. " – " .. record.subject end
  return line
end

local reply_days = 3 -- until a next step is due when nobody said

-- In three days, or on the first working day after that.
local function reply_due(ctx)
  local day = ctx.today + reply_days
  while not is_working_day(day) do day = day + 1 end
  return day:at(working_hours().from)
end

-- What stands before a day and goes with it.
local before_day = { by = true, on = true, at = true, ["until"] = true, till = true, ["в"] = true, ["во"] = true, ["к"] = true,
  ["до"] = true, ["на"] = true }

local day_words = 3 -- "friday at 10:00" is no longer

-- "send the offer by monday": Monday, and "send the offer"; nil when the last words say no time to come.
local function step_and_day(step, ctx)
  local words = {}
  for word in string.gmatch(step, "%S+") do words[#words + 1] = word end
  for first = math.max(2, #words - day_words + 1), #words do
    local at = read_moment(table.concat(words, " ", first))
    if at ~= nil and at.date >= ctx.today then
      local last = first - 1
      if last > 1 and before_day[string.lower(words[last])] then last = last - 1 end
      if at.hour + at.minute == 0 then at = at.date:at(working_hours().from) end
      return table.concat(words, " ", 1, last), at
    end
  end
end

--- The task that a next step becomes; nil when there is none. due: nil for what its last words say, else the usual one.
function activity.follow_up(ctx, record, step, due)
  if step == nil then return nil end
  local said, day
  if due == nil then said, day = step_and_day(step, ctx) end
  if record.deal ~= nil then ctx:set(record.deal, { next_step = step }) end
  return ctx:create("activity", { type = "task", state = "planned", subject = said or step, follows = record, client = record.client,
    contact = record.contact, deal = record.deal, owner = record.owner, due = due or day or reply_due(ctx) })
end

return activity
