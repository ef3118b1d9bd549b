-- The trial of a mailing: who answered, at which rate, and whether two variants differ. The rate is recipients who
-- answered ÷ recipients that it was sent to; an answer that was dismissed does not count. Its interval is Wilson's;
-- two variants are compared by the two-proportion test, by Fisher's exact one when counts are small.

local trials = {}

-- The people and companies that answered a campaign, by id, address and number.
local function answered(campaign)
  local by = { client = {}, contact = {}, email = {}, phone = {} }
  for response in campaign.responses:none { outcome = "dismissed" }:each() do
    if response.client ~= nil then by.client[response.client.id] = true end
    if response.contact ~= nil then by.contact[response.contact.id] = true end
    local email, phone = plain_email(response.email), plain_phone(response.phone)
    if email then by.email[email] = true end
    if phone then by.phone[phone] = true end
  end
  return by
end

local function is_known(by, record)
  if record == nil then return false end
  local email, phone = plain_email(record.email), plain_phone(record.phone)
  return email ~= nil and by.email[email] == true or phone ~= nil and by.phone[phone] == true
end

-- A person for themselves; a company by any of its people.
local function has_answered(by, recipient)
  if recipient.contact ~= nil then
    return by.contact[recipient.contact.id] == true or is_known(by, recipient.contact)
  end
  local client = recipient.client
  if client == nil then return false end
  if by.client[client.id] or is_known(by, client) then return true end
  for contact in client.contacts:each() do
    if by.contact[contact.id] or is_known(by, contact) then return true end
  end
  return false
end

--- { { variant, sent, answered, rate, low, high }, … } of one wave ("trial" or "full"), variants in order; and the sum.
function trials.rates(campaign, wave)
  local by, variants, all = answered(campaign), {}, { sent = 0, answered = 0 }
  for recipient in campaign.recipients:where { wave = wave, sent_on = is_set }:order_by "id":each() do
    local variant = variants[recipient.variant] or { variant = recipient.variant, sent = 0, answered = 0 }
    variants[recipient.variant] = variant
    local one = has_answered(by, recipient) and 1 or 0
    variant.sent, variant.answered = variant.sent + 1, variant.answered + one
    all.sent, all.answered = all.sent + 1, all.answered + one
  end
  local rows = {}
  for _, variant in pairs(variants) do rows[#rows + 1] = trials.with_rate(variant) end
  return rows, trials.with_rate(all)
end

--- Adds rate, low and high; none without anyone it was sent to.
function trials.with_rate(row)
  if row.sent > 0 then
    row.rate = row.answered / row.sent
    row.low, row.high = stats.wilson(row.answered, row.sent)
  end
  return row
end

--- What the two-proportion test says of the first two variants, in a sentence; nil when there are not two.
function trials.comparison(rows)
  local a, b = rows[1], rows[2]
  if a == nil or b == nil or a.sent == 0 or b.sent == 0 then return nil end
  local _, _, probability = stats.two_proportions(a.answered, a.sent, b.answered, b.sent)
  local values = { a = a.variant, b = b.variant, p = string.format("%.3f", probability),
    points = string.format("%.1f", 100 * (b.rate - a.rate)) }
  if probability < 0.05 then
    return tr("{b} − {a} = {points} points; such a difference is hardly chance (p = {p})", values)
  end
  return tr("{b} − {a} = {points} points; chance alone explains it (p = {p}): choose by what it says", values)
end

return trials
