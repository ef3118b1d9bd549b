-- convert and dismiss: what becomes of a response.

local responses = require "responses"

local function joined(old, new)
  if old == nil or new == nil then return old or new end
  if contains(old, new) then return old end
  return old .. "\n\n" .. new
end

-- The person of a client whom the response is from; nil when the client has no such contact yet.
local function person_at(client, response)
  for contact in client.contacts:each() do
    local same_mail = response.email ~= nil and plain_email(contact.email) == plain_email(response.email)
    local likeness = alike(contact.name, response.name, "person")
    if same_mail or (likeness ~= nil and likeness >= 0.9) then return contact end
  end
end

-- What the card knows and the record does not.
local function fill(record, response, ctx)
  local set = { notes = joined(record.notes, response.notes) }
  for _, field in ipairs { "email", "phone", "role" } do
    if record:has(field) and record[field] == nil then set[field] = response[field] end
  end
  ctx:set(record, set)
end

local function new_contact(client, response, ctx)
  return ctx:create("contact", { client = client, name = response.name, role = response.role, email = response.email,
    phone = response.phone, notes = response.notes })
end

local function new_client(response, ctx)
  local of_company = response.name == nil
  return ctx:create("client", {
    name = response.company or response.name or response.email or response.phone,
    source = response.campaign and response.campaign.name, owner = response.owner or users:where { name = ctx.actor }:first(),
    email = of_company and response.email or nil, phone = of_company and response.phone or nil,
    notes = of_company and response.notes or nil,
  })
end

-- To a client: the person is one of its contacts, or becomes one. To a contact: that is the person.
local function join(response, to, ctx)
  if to.kind == "contact" then
    fill(to, response, ctx)
    return to.client, to, "merged"
  end
  if response.name == nil then
    fill(to, response, ctx)
    return to, nil, "merged"
  end
  local person = person_at(to, response)
  if person then
    fill(person, response, ctx)
    return to, person, "merged"
  end
  return to, new_contact(to, response, ctx), "converted"
end

local function begin(response, ctx)
  local client = new_client(response, ctx)
  return client, response.name and new_contact(client, response, ctx) or nil, "converted"
end

local function check_target(to)
  if to ~= nil and to.kind ~= "client" and to.kind ~= "contact" then
    error(tr("#{id} is a {kind}; a response goes to a client or a contact", { id = to.id, kind = to.kind }), 0)
  end
end

command "convert" {
  summary = "make a client and a contact of a response, or join it to those there are",
  summary_ru = "сделать из отклика клиента и контакт или присоединить его к имеющимся",
  writes = true,
  params = {
    ref "response" { to = "response", required = true, title_ru = "Отклик" },
    ref "to" { to = "record", named = true, title_ru = "К кому", help = "the client or contact that it is of",
      help_ru = "клиент или контакт, от которого он" },
  },
  examples = { "convert #12", "convert #12 to=#7", 'convert #12 to="Acme Clinic"' },
  confirm = function(p)
    if p.to ~= nil or p.response.outcome ~= nil then return nil end
    local known = responses.known(p.response, responses.sure)
    if known == nil then return nil end
    return tr("#{response} is likely {kind} #{id} {name} ({reasons}); 'convert #{response} to=#{id}' joins it. New records?", {
      response = p.response.id, kind = responses.kind_word(known.record), id = known.record.id, name = known.name, reasons = known.reasons })
  end,
  run = function(p, ctx)
    local response = p.response
    responses.check_open(response)
    check_target(p.to)
    local client, contact, outcome
    if p.to then client, contact, outcome = join(response, p.to, ctx) else client, contact, outcome = begin(response, ctx) end
    ctx:set(response, { outcome = outcome, client = client, contact = contact })
    local lines = { responses.line(response), "  " .. responses.outcome_word(outcome) }
    if client ~= nil then lines[#lines + 1] = tr("  client #{id} {name}", { id = client.id, name = client.name }) end
    if contact ~= nil then lines[#lines + 1] = tr("  contact #{id} {name}", { id = contact.id, name = contact.name }) end
    return table.concat(lines, "\n")
  end,
}

command "dismiss" {
  summary = "a response that leads nowhere, and why", summary_ru = "отклик, который ни к чему не ведёт, и почему",
  writes = true,
  params = {
    ref "response" { to = "response", required = true, title_ru = "Отклик" },
    text "reason" { rest = true, required = true, title_ru = "Причина" },
  },
  examples = { 'dismiss #12 "a competitor who looked around"' },
  run = function(p, ctx)
    responses.check_open(p.response)
    ctx:set(p.response, { outcome = "dismissed", reason = p.reason })
    return responses.line(p.response) .. "\n  " .. tr("dismissed: {reason}", { reason = p.reason })
  end,
}
