-- The constant search for new clients: how many became known, and since when none did.
local prospecting = { quiet = 14 } -- so many days without a new client are worth a warning

--- The clients that became known on the days from..to, as transitions.
function prospecting.begun(first, last)
  return transitions:where { process = "relationship", from_stage = unset, at = between(first, last) }
end

--- A warning when no client became known for so many days, else nil.
function prospecting.warning(days)
  local newest = prospecting.begun(nil, today()):value(maximum "at")
  if newest == nil then return tr "There is no client yet: new client \"…\" source=…" end
  local silent = today() - newest.date
  if silent < days then return nil end
  return trn("No new client for {n} day: the last came on {date}.",
    "No new client for {n} days: the last came on {date}.", silent, { date = newest.date })
end

return prospecting
