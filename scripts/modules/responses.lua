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

local function type_word(response)
  local words = { card = tr "card", questionnaire = tr "questionnaire", request = tr "request", reply = tr "reply", visit = tr "visit" }
  return words[response.type] or tr "response"
end

--- The word for an outcome, in the reader's language.
function responses.outcome_word(outcome)
  local words = { converted = tr "converted", merged = tr "merged", dismissed = tr "dismissed" }
  return words[outcome]
end

--- "#12 card: Ivan Petrov, Acme GmbH, ivan@acme.example"
function responses.line(response)
  return "#" .. response.id .. " " .. type_word(response) .. ": " .. cards.said(response)
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
    error(tr("#{id} is {outcome} already", { id = response.id, outcome = responses.outcome_word(response.outcome) }), 0)
  end
end

--- The campaign that is running, when there is exactly one.
function responses.running_campaign()
  local found = campaigns:where { stage = one_of { "running", "full", "trial" } }:limit(2):all()
  return #found == 1 and found[1] or nil
end

return responses
