-- What the statuses of a client share.

local relationship = {}

local order = { prospecting = 1, qualifying = 2, needs_analysis = 3, presentation = 4, proof = 5, closing = 6 }

--- How to win one more deal: the open one that is furthest on, or a new one.
function relationship.win_hint(client)
  local best
  for deal in client.deals:where { closed_on = unset }:order_by "id":each() do
    if not best or (order[deal.stage] or 0) > (order[best.stage] or 0) then best = deal end
  end
  if not best then return "new deal client=#" .. client.id .. ' title="…"' end
  return (best.stage == "closing" and "win #" or "advance #") .. best.id
end

return relationship
