-- prepare: the briefing for a meeting. 90 % of the time one prepares.

local activity = require "activity"
local guide = require "guide"

local history_rows, known_answers = 10, 8

local history_columns = {
  instant "done_at" { title = "When", title_ru = "Когда" },
  text    "type"    { of = "activity.type", title = "Type", title_ru = "Вид" },
  text    "subject" { title = "What", title_ru = "Что" },
  text    "outcome" { title = "Outcome", title_ru = "Итог" },
}
local contact_columns = {
  text    "name"           { title = "Name", title_ru = "Имя" },
  text    "role"           { title = "Role", title_ru = "Должность" },
  boolean "decision_maker" { title = "Decides", title_ru = "Решает" },
  phone   "phone"          { title = "Phone", title_ru = "Телефон" },
  email   "email"          { title = "E-mail", title_ru = "Эл. почта" },
}

-- The meeting that is prepared: the one named, else the next one that is planned with them.
local function meeting_of(about, found)
  if about.kind == "activity" then return about end
  local planned = activities:where { state = "planned", type = one_of { "meeting", "call" }, due = from(now()) }
  local theirs = found.deal ~= nil and { deal = found.deal } or { client = found.client }
  return planned:where(theirs):order_by("due", "id"):first()
end

-- The deal it is about: the one named, else the client's largest open one.
local function deal_of(found)
  if found.deal ~= nil then return found.deal end
  return found.client.deals:where { closed_on = unset }:order_by("-amount", "id"):first()
end

local function card(client, meeting)
  return { heading(tr "The client"), facts {
    { tr "Meeting", meeting and activity.moment(meeting.due) }, { tr "Client", client.name }, { tr "Status", client.status },
    { tr "Industry", client.industry }, { tr "City", client.city }, { tr "Employees", client.employees },
    { tr "Revenue", client.revenue }, { tr "Fit", client:grade "fit" }, { tr "Satisfaction", client.satisfaction },
    { tr "Looked after by", client.owner }, { tr "Won so far", client.won_amount }, { tr "Beware", client.wall_of_mail },
  } }
end

local function people(client)
  if client.contacts:count() == 0 then return nil end
  return { heading(tr "People", 2), table(client.contacts:order_by("-decision_maker", "name"):select {
    "name", "role", "decision_maker", "phone", "email" }, { columns = contact_columns }) }
end

local function sale(deal)
  if deal == nil then return nil end
  local stage = deal.stage
  for _, each in ipairs(stages_of "sale") do
    if each.name == stage then stage = each.title end
  end
  return { heading(tr "The deal"), facts {
    { tr "Deal", "#" .. deal.id .. " " .. name_of(deal) }, { tr "Stage", stage }, { tr "Amount", deal.amount },
    { tr "Product", deal.product }, { tr "They decide", deal.expected_close },
    { tr "Who decides", deal.decision_maker }, { tr "Next step", deal.next_step },
  } }
end

local function benefit_word(benefit)
  return ({ revenue = tr "more revenue", cost = tr "less cost", ease = tr "ease", image = tr "image" })[benefit]
end

local function need_line(need)
  local values = { statement = need.statement, benefit = benefit_word(need.benefit), worth = need.amount }
  local line = need.amount and tr("{statement} ({benefit}, worth {worth} a year)", values)
    or tr("{statement} ({benefit})", values)
  return need.confirmed and line or tr("{need} – not confirmed yet", { need = line })
end

local function needs(deal)
  if deal == nil then return nil end
  local lines = {}
  for need in deal.needs:order_by("priority", "id"):each() do
    lines[#lines + 1] = need_line(need)
  end
  if #lines == 0 then lines[1] = tr "Nothing is known yet: that is what to find out." end
  return { heading(tr "What they need"), bullets(lines) }
end

local function promises(found)
  local lines = {}
  local open = activities:where { type = "task", state = "planned" }:order_by("due", "id")
  open = found.client and open:where { client = found.client } or open:where { deal = found.deal }
  for record in open:each() do
    lines[#lines + 1] = tr("{what}, due {day} (#{id})", { what = record, day = activity.moment(record.due), id = record.id })
  end
  if #lines == 0 then return nil end
  return { heading(tr "What we promised"), bullets(lines) }
end

local function history(client)
  local held = client.activities:where { state = "held" }:order_by("-done_at", "-id"):limit(history_rows):all()
  if #held == 0 then return { heading(tr "What happened"), paragraph(tr "Nothing yet: this is the first time.") } end
  local rows = {}
  for i, record in ipairs(held) do
    rows[i] = { done_at = record.done_at, type = activity.type_word(record.type), subject = record.subject,
      outcome = record.outcome or record.learned }
  end
  return { heading(tr "What happened"), table(rows, { columns = history_columns }) }
end

-- Questions of this client, and those that clients like it ask most.
local function questions_for(client)
  local open, known, seen = {}, {}, {}
  local function add(question)
    if seen[question.id] then return end
    seen[question.id] = true
    if question.answered == 0 then
      open[#open + 1] = tr('{question} – answer #{id} "…" evidence="…"', { question = question.text, id = question.id })
    elseif #known < 2 * known_answers then
      known[#known + 1] = { question.text, question.best_answer }
    end
  end
  for question in client.questions:order_by("-asked_on", "-id"):each() do add(question) end
  if client.industry ~= nil then
    local alike = questions:either { ["client.industry"] = client.industry, segment = client.industry }
    for question in alike:order_by("-times", "id"):limit(known_answers):each() do add(question) end
  end
  return open, known
end

local function questions_of(client)
  local open, known = questions_for(client)
  if #open == 0 and #known == 0 then return nil end
  return { heading(tr "Questions to expect"), #known > 0 and facts(known),
    #open > 0 and { heading(tr "Without an answer", 2), bullets(open) } }
end

local function objections_of(deal)
  local lines = {}
  local standing = deal and deal.objections:where { resolved = false }:order_by("-must_have", "id"):all() or {}
  for i, objection in ipairs(standing) do
    local values = { statement = objection.statement, answer = objection.answer, id = objection.id }
    lines[i] = objection.answer and tr("{statement} – we say: {answer}", values)
      or tr("{statement} – what do we say? set #{id} answer=…", values)
  end
  if #lines == 0 then return nil end
  return { heading(tr "What they say against it"), bullets(lines) }
end

local function criteria(deal)
  local verdict = deal and deal:why()
  if not verdict then return nil end
  local lines = {}
  for _, item in ipairs(verdict.items) do
    if item.outcome == "fail" or item.outcome == "broken" then
      local line = item.level == "must" and item.text or tr("{text} (advice)", { text = item.text })
      lines[#lines + 1] = item.fix and tr("{line}: {fix}", { line = line, fix = item.fix }) or line
    end
  end
  if #lines == 0 then
    return { heading(tr "The next stage"), paragraph(tr("Nothing is missing: advance #{id}", { id = deal.id })) }
  end
  return { heading(tr "Missing for the next stage"), bullets(lines) }
end

local function guidance(deal)
  local of = guide.of(deal and deal.stage or "prospecting")
  if not of then return nil end
  return { heading(tr("Questions to ask: {title}", { title = of.title })), numbered(guide.questions(of)),
    bullets(guide.rules(of)) }
end

command "prepare" {
  summary = "the briefing for the next meeting with a client", summary_ru = "подготовка к следующей встрече с клиентом",
  params = { ref "about" { to = "record", required = true, title_ru = "К чему",
    help = "a client, deal, contact or planned meeting", help_ru = "клиент, сделка, контакт или намеченная встреча" } },
  examples = { "prepare #42", 'prepare "Клиника Сокол"', "prepare #81 -o briefing.html" },
  run = function(p)
    local found = activity.about { p.about }
    local client = found.client
    if client == nil then error(tr("#{id} leads to no client", { id = p.about.id }), 0) end
    local meeting, deal = meeting_of(p.about, found), deal_of(found)
    return document {
      title = tr("Briefing: {client}", { client = client }),
      card(client, meeting), people(client), sale(deal), needs(deal), promises(found), history(client),
      questions_of(client), objections_of(deal), criteria(deal), guidance(deal),
      meeting and paragraph(tr('Prepared? set #{id} minutes_prepared=1h – afterwards: meet #{id} 45m "…", then review #{id}',
        { id = meeting.id })),
    }
  end,
}
