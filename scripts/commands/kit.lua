-- kit: a concrete selection of material for one client, with a concrete letter.

local activity = require "activity"
local letters = require "letters"
local selection = require "selection"

local call_after = 3 -- days

local function addressee(p, found)
  if p.to ~= nil then return p.to end
  if found.contact ~= nil then return found.contact end
  return found.client.contacts:order_by("-decision_maker", "id"):first()
end

local function occasion(client, language)
  local last = client.activities:where { state = "held", type = one_of { "meeting", "call" } }:order_by "-done_at":first()
  if last == nil then return letters.strangers[language] {} end
  return letters.talked[language] { day = last.done_at.date }
end

-- Title, why it was chosen, what the reader gets from it, and where it is.
local function line_of(chosen)
  local material = chosen.material
  local line = material.gist and tr("{title}: {gist}", { title = material.title, gist = material.gist }) or material.title
  local place = material.url or material.file
  return place and tr("{line} ({place})", { line = line, place = place }) or line
end

local function letter_of(p, ctx, found, chosen)
  local contact = addressee(p, found)
  local values = { client = found.client, addressee = contact and contact.name, occasion = occasion(found.client, p.language),
    sender = name_of(found.owner), call_on = ctx.today + call_after }
  local lines = {}
  for i, each in ipairs(chosen) do lines[i] = line_of(each) end
  return { contact = contact, lines = lines, opening = letters.kit[p.language](values),
    ending = letters.kit_end[p.language](values) }
end

local function save(ctx, found, chosen, letter)
  local text = letter.opening .. "\n\n- " .. table.concat(letter.lines, "\n- ") .. "\n\n" .. letter.ending
  local kit = ctx:create("kit", { title = tr("Kit for {client}", { client = found.client }), client = found.client,
    contact = letter.contact, deal = found.deal, owner = found.owner, made_on = ctx.today, letter = text })
  for _, each in ipairs(chosen) do ctx:create("kit_item", { kit = kit, material = each.material, why = each.why }) end
  return kit
end

command "kit" {
  summary = "choose material for a client and write the letter", summary_ru = "подобрать материалы для клиента и написать письмо",
  writes = true,
  params = {
    ref     "about"    { to = "record", required = true, title_ru = "Кому",
      help = "a client, contact or deal", help_ru = "клиент, контакт или сделка" },
    ref     "to"       { to = "contact", loose = true, title_ru = "Адресат",
      help = "by itself who decides", help_ru = "само – тот, кто решает" },
    text    "tags"     { named = true, title_ru = "Метки",
      help = "words that are wanted besides: cost, case", help_ru = "какие слова нужны ещё: cost, case" },
    integer "most"     { named = true, default = 5, min = 1, max = 20, title_ru = "Не больше" },
    choice  "language" { "en", "ru", named = true, title_ru = "Язык",
      help = "of the letter; by itself that of the program", help_ru = "язык письма; само – язык программы" },
  },
  examples = { "kit #17", 'kit #17 tags="cost, case" most=3 -o letter.md', "kit #42 language=ru -f html > letter.html" },
  run = function(p, ctx)
    local found = activity.about { p.about }
    if found.client == nil then error(tr("#{id} leads to no client", { id = p.about.id }), 0) end
    p.language = p.language or language()
    local chosen = selection.of(found.client, found.deal, p.tags, p.most)
    if #chosen == 0 then
      error(tr('no material has a tag that fits; add some: new material "…" type=case tags="…", or say tags="…"'), 0)
    end
    local letter = letter_of(p, ctx, found, chosen)
    local kit = save(ctx, found, chosen, letter)
    local reasons = {}
    for i, each in ipairs(chosen) do
      reasons[i] = tr("{title}: chosen for {why}", { title = each.material.title, why = each.why })
    end
    reasons[#reasons + 1] = tr('#{id} is the kit; when the letter went out: letter #{about} "…"',
      { id = kit.id, about = p.about.id })
    return document { bare = true, paragraph(letter.opening), bullets(letter.lines), paragraph(letter.ending) }, reasons
  end,
}
