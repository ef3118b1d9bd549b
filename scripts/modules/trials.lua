-- The trial of a mailing: who answered, at which rate, and whether two variants differ. The rate is recipients who
-- answered ÷ recipients that it was sent to; an answer that was dismissed does not count. Its interval is Wilson's;
-- two variants are compared by the two-proportion test, by Fisher's exact one when counts are small.

local trials = {}

-- What is known of those who answered a campaign: ids, addresses, numbers.
local function answers_to(campaign)
  local by = { client = {}, contact = {}, email = {}, phone = {} }
  local counted = campaign.responses:none { outcome = "dismissed" }
  for response in counted:select { "client", "contact", "email", "phone" }:each() do
    if response.client ~= nil then by.client[response.client.id] = true end
    if response.contact ~= nil then by.contact[response.contact.id] = true end
    local email, phone = plain_email(response.email), plain_phone(response.phone)
    if email then by.email[email] = true end
    if phone then by.phone[phone] = true end
  end
  return by
end

local function is_reached(by, email, phone)
  email, phone = plain_email(email), plain_phone(phone)
  return email ~= nil and by.email[email] == true or phone ~= nil and by.phone[phone] == true
end

-- A company answers through any of its people.
local function add_people(by)
  for person in contacts:where { client = is_set }:select { "id", "client", "email", "phone" }:each() do
    if by.contact[person.id] or is_reached(by, person.email, person.phone) then by.client[person.client.id] = true end
  end
end

local function has_answered(by, row)
  if row.contact ~= nil then
    return by.contact[row.contact.id] == true or is_reached(by, row.contact_email, row.contact_phone)
  end
  return row.client ~= nil and (by.client[row.client.id] == true or is_reached(by, row.client_email, row.client_phone))
end

--- { { variant, sent, answered, rate, low, high }, … } of one wave ("trial" or "full"), variants in order; and the sum.
function trials.rates(campaign, wave)
  local by, variants, all = answers_to(campaign), {}, { sent = 0, answered = 0 }
  add_people(by)
  for row in campaign.recipients:where { wave = wave, sent_on = is_set }:select {
    "variant", "client", "contact", "client.email", "client.phone", "contact.email", "contact.phone",
  }:each() do
    local variant = variants[row.variant] or { variant = row.variant, sent = 0, answered = 0 }
    variants[row.variant] = variant
    local one = has_answered(by, row) and 1 or 0
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
