-- What the commands about responses share.

local cards = require "cards"

local responses = {}

--- The word for a kind of record, in the reader's language.
function responses.kind_word(record)
  local words = { client = tr "client", contact = tr "contact" }
  return words[record.kind] or record.kind
end

--- Likely the same as a client or contact from this score on; below it is only told.
responses.sure = 0.75

-- The other record of a pair: { record, score, reasons, name }.
local function other_of(pair, response)
  local first = pair.first ~= response
  return { record = first and pair.first or pair.second, name = first and pair.first_name or pair.second_name,
    score = pair.score, reasons = pair.reasons }
end

--- The likeliest client or contact that a response is of, and the likeliest other response that is the same; each nil
-- when there is none from that score on.
function responses.known(response, least)
  local known, twin
  for _, pair in ipairs(doubles { of = response, least = least }) do
    local other = other_of(pair, response)
    if other.record.kind == "response" then twin = twin or other else known = known or other end
  end
  return known, twin
end

--- "#12 card: Ivan Petrov, Acme GmbH, ivan@acme.example"
function responses.line(response)
  return "#" .. response.id .. " " .. tr(response.type or "response") .. ": " .. cards.said(response)
end

--- What to do with it next, in a line; nil when nothing special.
function responses.advice(response)
  local known, twin = responses.known(response)
  if known then
    return tr("  likely {kind} #{id} {name} ({reasons}): convert #{response} to=#{id}", {
      kind = responses.kind_word(known.record), id = known.record.id, name = known.name, reasons = known.reasons, response = response.id })
  end
  if twin then
    return tr("  likely the same as response #{id} ({reasons}): merge #{id} #{response}", {
      id = twin.record.id, reasons = twin.reasons, response = response.id })
  end
end

function responses.check_open(response)
  if response.outcome ~= nil then
    error(tr("#{id} is {outcome} already", { id = response.id, outcome = tr(response.outcome) }), 0)
  end
end

--- The campaign that is running, when there is exactly one.
function responses.running_campaign()
  local found = campaigns:where { stage = one_of { "running", "full", "trial" } }:limit(2):all()
  return #found == 1 and found[1] or nil
end

return responses
