-- card: a response in one line, as it stands on the card. cards: those of a vCard file.

local cards, responses = require "cards", require "responses"

local function completed(fields, p)
  fields.campaign = p.campaign or responses.running_campaign()
  fields.type = p.type
  fields.owner = p.owner
  return fields
end

local function told(response)
  local lines = { responses.line(response) }
  if response.notes ~= nil then
    lines[#lines + 1] = tr("  notes: {notes}", { notes = string.gsub(response.notes, "\n", "; ") })
  end
  if response.campaign ~= nil then
    lines[#lines + 1] = tr("  of campaign #{id} {name}", { id = response.campaign.id, name = response.campaign.name })
  else
    lines[#lines + 1] = tr("  of no campaign: set #{id} campaign=…", { id = response.id })
  end
  lines[#lines + 1] = responses.advice(response)
  return table.concat(lines, "\n")
end

command "card" {
  summary = "take in a response in one line: a card, a request, a reply",
  summary_ru = "принять отклик одной строкой: визитку, запрос, ответ",
  writes = true,
  params = {
    text "line" { rest = true, required = true, title_ru = "Строка", help = "what the card says, parts divided by commas",
      help_ru = "что написано на визитке, через запятую" },
    ref "campaign" { to = "campaign", named = true, title_ru = "Кампания", help = "the only one that runs, if left out",
      help_ru = "если не сказана – единственная идущая" },
    choice "type" { "card", "questionnaire", "request", "reply", "visit", default = "card", named = true, title_ru = "Вид" },
    ref "owner" { to = "user", named = true, title_ru = "Ответственный" },
    text "name" { named = true, title_ru = "Имя", help = "where the line could be read another way",
      help_ru = "если строку можно понять иначе" },
    text "company" { named = true, title_ru = "Компания" },
    text "role" { named = true, title_ru = "Должность" },
    text "email" { named = true, title_ru = "Эл. почта" },
    text "phone" { named = true, title_ru = "Телефон" },
    text "notes" { named = true, title_ru = "Заметки" },
  },
  examples = {
    'card "Ivan Petrov, Acme GmbH, ivan@acme.example, +7 495 123-45-67"',
    'card "Иван Петров, главный инженер, ООО «Ромашка», +7 495 123-45-67" campaign=#3',
    'card "asks for a price list, info@acme.example" type=request company=Acme',
  },
  run = function(p, ctx) return told(ctx:create("response", completed(cards.correct(cards.of_line(p.line), p), p))) end,
}

-- The cards of the file as fields, and what is wrong with the others.
local function read_cards(p, ctx)
  local good, wrong = {}, {}
  local function complain(message) wrong[#wrong + 1] = p.file .. ": " .. message end
  for _, card in ipairs(vcards(ctx:read "file")) do
    local fields = not card.wrong and cards.of_vcard(card)
    if card.wrong then
      complain(card.wrong)
    elseif cards.is_of_someone(fields) then
      good[#good + 1] = { line = card.line, fields = fields }
    else
      complain(tr("line {line}: the card names nobody and gives no address or number", { line = card.line }))
    end
  end
  return good, wrong
end

-- All or nothing, unless the good ones are wanted without the others.
local function check_all(p, wrong)
  if #wrong == 0 or p.skip then return end
  local more = #wrong > 1 and trn("and {n} more", "and {n} more", #wrong - 1) .. "; " or ""
  error(wrong[1] .. "; " .. more .. tr "nothing was taken in; mend the file, or say skip=true", 0)
end

-- Beside each row whom it likely is.
local function tell_known(taken, by_id)
  for _, pair in ipairs(#taken > 0 and doubles { of = taken } or {}) do
    local row, other, name = by_id[pair.first.id], pair.second, pair.second_name
    if row == nil or by_id[pair.second.id] then row, other, name = by_id[pair.second.id], pair.first, pair.first_name end
    if row.known == nil then row.known = tostring(other) .. " " .. name .. " (" .. pair.reasons .. ")" end
  end
end

command "cards" {
  summary = "take in the business cards of a vCard file as responses", summary_ru = "принять визитки из файла vCard как отклики",
  title = "Cards taken in", title_ru = "Принятые визитки",
  writes = true,
  params = {
    text "file" { file = true, required = true, title_ru = "Файл", help = "vCard 2.1, 3.0 or 4.0, one card or many",
      help_ru = "vCard 2.1, 3.0 или 4.0, одна визитка или много" },
    ref "campaign" { to = "campaign", named = true, title_ru = "Кампания", help = "the only one that runs, if left out",
      help_ru = "если не сказана – единственная идущая" },
    choice "type" { "card", "questionnaire", "request", "reply", "visit", default = "card", named = true, title_ru = "Вид" },
    ref "owner" { to = "user", named = true, title_ru = "Ответственный" },
    boolean "skip" { default = false, named = true, title_ru = "Пропускать",
      help = "take the good cards although others can't be read", help_ru = "принять хорошие, хотя другие не читаются" },
  },
  examples = { "cards fair.vcf", 'cards fair.vcf campaign=#3 owner="Ann Lee"', "cards fair.vcf skip=true" },
  columns = {
    integer "line"    { title = "Line", title_ru = "Строка" },
    text    "name"    { title = "Name", title_ru = "Имя" },
    text    "company" { title = "Company", title_ru = "Компания" },
    text    "email"   { title = "E-mail", title_ru = "Эл. почта" },
    text    "phone"   { title = "Phone", title_ru = "Телефон" },
    text    "known"   { title = "Likely known", title_ru = "Похоже, известен" },
  },
  run = function(p, ctx)
    local good, notes = read_cards(p, ctx)
    check_all(p, notes)
    local rows, taken, by_id = {}, {}, {}
    for i, card in ipairs(good) do
      local response = ctx:create("response", completed(card.fields, p))
      taken[i] = response
      rows[i] = { record = response, line = card.line, name = response.name, company = response.company,
        email = response.email, phone = response.phone }
      by_id[response.id] = rows[i]
    end
    tell_known(taken, by_id)
    notes[#notes + 1] = trn("{n} card was taken in", "{n} cards were taken in", #taken)
    return rows, notes
  end,
}
