-- What a business card says, from a typed line or a vCard, as fields of a response. What has no field becomes notes:
-- nothing is lost.

local cards = {}

local function trim(text) return (string.gsub(string.gsub(text, "^%s+", ""), "%s+$", "")) end

local function add_note(fields, note)
  if note == nil or trim(note) == "" then return end
  fields.notes = fields.notes and fields.notes .. "\n" .. trim(note) or trim(note)
end

-- The first one has the field, the others become notes.
local function take(fields, name, value, label)
  if value == nil or value == "" then return end
  if fields[name] == nil then
    fields[name] = value
  elseif fields[name] ~= value then
    add_note(fields, (label or name) .. ": " .. value)
  end
end

-- A line ------------------------------------------------------------------------------------------------------

local roles = { "director", "manager", "head of", "chief", "engineer", "buyer", "president", "ceo", "cto", "cfo", "owner",
  "partner", "assistant", "доктор", "директор", "менеджер", "начальник", "руководитель", "инженер", "заведующ", "главный",
  "врач", "закуп", "президент" }
local companies = { "clinic", "hospital", "bank", "group", "school", "university", "center", "centre", "holding", "studio",
  "systems", "solutions", "software", "services", "trade", "logistics", "industries", "hotel", "laboratory", "клиника",
  "больница", "банк", "группа", "школа", "университет", "центр", "холдинг", "завод", "фабрика", "трест", "фирма",
  "лаборатория", "институт", "аптека" }

local function mentions(text, words)
  for _, word in ipairs(words) do
    if contains(text, word) then return true end
  end
  return false
end

local quotes = { '"', "«", "“", "„" }

-- A name in quotes, or one with a legal form: those don't count in the name of a company.
local function is_surely_company(piece)
  return mentions(piece, quotes) or plain_name(piece) ~= plain_name(piece, "person")
end

local function begins_large(word)
  local first = utf8.sub(word, 1, 1)
  return string.lower(first) ~= first
end

-- Two to four words, each with a capital letter and no digit.
local function is_like_person(piece)
  local words = 0
  for word in string.gmatch(piece, "%S+") do
    words = words + 1
    if not begins_large(word) or string.find(word, "%d") then return false end
  end
  return words >= 2 and words <= 4
end

local function digits_in(text) return select(2, string.gsub(text, "%d", "")) end

-- Takes all that matches out of the line; a comma stays in its place.
local function extract(line, pattern, accept)
  return (string.gsub(line, pattern, function(found)
    if accept(found) then return ", " end
  end))
end

local labels = { "e%-?mail", "mail", "tel", "phone", "mob", "mobile", "fax", "тел", "моб", "почта", "телефон", "факс", "www",
  "web" }

-- "tel.:" alone, left behind by what was taken out
local function without_label(piece)
  for _, label in ipairs(labels) do
    local lower = string.lower(piece)
    if string.find(lower, "^" .. label .. "%.?%s*:?$") then return "" end
  end
  return piece
end

local function pieces_of(line)
  local pieces = {}
  for piece in string.gmatch(line, "[^,;|\n]+") do
    piece = without_label(trim(piece))
    if string.find(piece, "[%w\128-\255]") then pieces[#pieces + 1] = piece end
  end
  return pieces
end

local function place(fields, piece)
  if fields.company == nil and is_surely_company(piece) then
    fields.company = piece
  elseif fields.role == nil and mentions(piece, roles) then
    fields.role = piece
  elseif fields.company == nil and mentions(piece, companies) then
    fields.company = piece
  elseif fields.name == nil and is_like_person(piece) then
    fields.name = piece
  elseif fields.company == nil and begins_large(piece) and not string.find(piece, "%d") then
    fields.company = piece
  else
    add_note(fields, piece)
  end
end

--- "Ivan Petrov, Acme GmbH, ivan@acme.example, +7 495 123-45-67" → { name, company, email, phone, role, notes }
function cards.of_line(line)
  local fields = {}
  local rest = extract(line, "[%w\128-\255._%%+-]+@[%w\128-\255.-]+%.[%a\128-\255]+", function(found)
    take(fields, "email", found, "e-mail")
    return true
  end)
  rest = extract(rest, "https?://[^%s,;]+", function(found) add_note(fields, found) return true end)
  rest = extract(rest, "www%.[^%s,;]+", function(found) add_note(fields, found) return true end)
  rest = extract(rest, "%+?[%d(][%d%s().-]+%d", function(found)
    if digits_in(found) < 7 or digits_in(found) > 15 then return false end
    take(fields, "phone", trim(found), "phone")
    return true
  end)
  for _, piece in ipairs(pieces_of(rest)) do place(fields, piece) end
  return fields
end

-- A vCard -----------------------------------------------------------------------------------------------------

-- Properties about the card itself, not about whom it is of; and the name in parts, of which FN says the whole.
local ignored = { PRODID = true, REV = true, UID = true, SORTSTRING = true, ["SORT-STRING"] = true, CLASS = true, KIND = true,
  XML = true, CLIENTPIDMAP = true, MAILER = true }

local function words(list)
  local said = {}
  for _, each in ipairs(list) do
    if trim(each) ~= "" then said[#said + 1] = trim(each) end
  end
  return said
end

-- "Петров;Иван;Сергеевич" is Иван Сергеевич Петров.
local function name_of_parts(parts)
  return table.concat(words { parts[4] or "", parts[2] or "", parts[3] or "", parts[1] or "", parts[5] or "" }, " ")
end

local function address(property)
  local value = string.gsub(string.gsub(property.value, "^mailto:", ""), "^tel:", "")
  return trim(value)
end

local readers = {
  FN = function(fields, property) take(fields, "name", trim(property.value)) end,
  ORG = function(fields, property)
    local parts = words(property.parts)
    take(fields, "company", parts[1])
    for i = 2, #parts do add_note(fields, tr("department: {name}", { name = parts[i] })) end
  end,
  TITLE = function(fields, property) take(fields, "role", trim(property.value)) end,
  ROLE = function(fields, property) take(fields, "role", trim(property.value)) end,
  EMAIL = function(fields, property) take(fields, "email", address(property), "e-mail") end,
  TEL = function(fields, property) take(fields, "phone", address(property), "phone") end,
  NOTE = function(fields, property) add_note(fields, property.value) end,
  ADR = function(fields, property) add_note(fields, table.concat(words(property.parts), ", ")) end,
}

-- What a field does not take: a property as it was written, under its name.
local function keep(fields, property)
  if property.binary then
    add_note(fields, tr("{name}: {size} bytes were left out", { name = property.name, size = #property.value * 3 // 4 }))
  else
    add_note(fields, property.name .. ": " .. property.value)
  end
end

-- Address and number are checked by their fields: what these don't take is kept all the same.
local function check(fields)
  if fields.email and plain_email(fields.email) == nil then
    add_note(fields, "e-mail: " .. fields.email)
    fields.email = nil
  end
  if fields.phone and digits_in(fields.phone) < 5 then
    add_note(fields, "phone: " .. fields.phone)
    fields.phone = nil
  end
end

--- Fields of a response from one of the cards that vcards() gives.
function cards.of_vcard(card)
  local fields, parts = {}, nil
  for _, property in ipairs(card.properties) do
    local read = property.group ~= "AGENT" and not property.binary and readers[property.name]
    if read then
      read(fields, property)
    elseif property.name == "N" and property.group ~= "AGENT" then
      parts = property.parts
    elseif not ignored[property.name] and trim(property.value) ~= "" then
      keep(fields, property)
    end
  end
  if parts and (fields.name == nil or fields.name == "") then
    local name = name_of_parts(parts)
    fields.name = name ~= "" and name or nil
  end
  check(fields)
  return fields
end

--- Whether it says of whom it is: without that it can't become a response.
function cards.is_of_someone(fields)
  return fields.name ~= nil or fields.company ~= nil or fields.email ~= nil or fields.phone ~= nil
end

--- What was said by name takes the place of what the card was read as, which becomes a note.
function cards.correct(fields, said)
  for _, name in ipairs { "name", "company", "role", "email", "phone" } do
    if said[name] ~= nil then
      if fields[name] ~= nil and fields[name] ~= said[name] then add_note(fields, fields[name]) end
      fields[name] = said[name]
    end
  end
  add_note(fields, said.notes)
  return fields
end

--- The fields in one line, for telling how a card was read.
function cards.said(response)
  return table.concat(words { response.name or "", response.role or "", response.company or "", response.email or "",
    response.phone or "" }, ", ")
end

return cards
