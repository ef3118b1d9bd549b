-- Who gets mail only.

local wall = {}

wall.mails = 3 -- in a row, without a meeting or a call, are a wall

local strangers = { mails = from(wall.mails), meetings = 0, calls = 0 }

--- The warning about a client as a sentence; nil when there is no wall.
function wall.warning(client)
  if client.mails < wall.mails then return nil end
  local contact = client.contacts:where(strangers):order_by "-mails":first()
  if contact ~= nil then
    return trn("{n} mail in a row to {contact}, whom nobody met or called: call",
      "{n} mails in a row to {contact}, whom nobody met or called: call", contact.mails, { contact = contact })
  end
  if client.meetings == 0 and client.calls == 0 then
    return trn("{n} mail in a row, and nobody met or called them: call",
      "{n} mails in a row, and nobody met or called them: call", client.mails)
  end
end

--- The clients behind a wall, of that owner when one is given.
function wall.clients(owner)
  local found, seen = {}, {}
  local function add(client)
    if client ~= nil and not seen[client.id] and (owner == nil or client.owner == owner) then
      seen[client.id] = true
      found[#found + 1] = client
    end
  end
  for contact in contacts:where(strangers):each() do add(contact.client) end
  for client in clients:where(strangers):each() do add(client) end
  return found
end

return wall
