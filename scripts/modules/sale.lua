-- What the stages of a sale and the reports about it share.

local sale = {}

--- Why deals are lost, in the words that `lose` takes.
sale.loss_reasons = { "price", "timing", "competitor", "no_budget", "no_need", "no_decision", "trust", "other" }

function sale.is_loss_reason(word)
  for _, reason in ipairs(sale.loss_reasons) do
    if reason == word then return true end
  end
  return false
end

--- Benefit first, price second: a need was confirmed before the price was told.
function sale.benefit_came_first(deal)
  return deal.first_confirmed ~= nil and deal.first_confirmed <= deal.quoted_at
end

--- How to set it right: confirm a need, and then tell the price again.
function sale.benefit_first_hint(deal)
  local again = "set #" .. deal.id .. " quoted_at=now"
  if deal.first_confirmed ~= nil then return again end
  return "new need deal=#" .. deal.id .. ' statement="…" benefit=cost confirmed=true, then: ' .. again
end

--- The confirmed needs of the highest priority; those without any come last.
function sale.first_needs(deal)
  local first, found = nil, {}
  for need in deal.needs:where { confirmed = true }:order_by "id":each() do
    local priority = need.priority or 10
    if first == nil or priority < first then first, found = priority, {} end
    if priority == first then found[#found + 1] = need end
  end
  return found
end

--- The first of them that no accepted proof is for.
function sale.unproven_need(deal)
  for _, need in ipairs(sale.first_needs(deal)) do
    if need.accepted_proofs == 0 then return need end
  end
  return nil
end

return sale
