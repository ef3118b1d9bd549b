-- ask and answer: what clients want to know, and what we say.

local activity = require "activity"

local function essence(text) return text:lower():gsub("[%s%?%.!,]+", " "):gsub("^ +", ""):gsub(" +$", "") end

-- The same words of the same client are one question, asked again.
local function asked_before(text, client)
  for question in questions:where { client = client or unset }:each() do
    if essence(question.text) == essence(text) then return question end
  end
end

command "ask" {
  summary = "write down a question that a client asked", summary_ru = "записать вопрос клиента",
  writes = true,
  params = {
    date "on"      { loose = true, title_ru = "Когда", help = "when it was asked", help_ru = "когда спросили" },
    ref  "who"     { to = { "client", "contact", "deal" }, required = true, title_ru = "Кто",
      help = "the client, contact or deal", help_ru = "клиент, контакт или сделка" },
    text "question" { rest = true, required = true, title_ru = "Вопрос" },
    text "segment" { named = true, title_ru = "Сегмент",
      help = "clients like these ask it", help_ru = "кто из клиентов это спрашивает" },
  },
  examples = { 'ask #17 "how long is the warranty?"', 'ask "Пётр Ильин" вчера "какая гарантия?"' },
  run = function(p, ctx)
    local found = activity.about { p.who }
    local question = asked_before(p.question, found.client)
    if question ~= nil then
      ctx:set(question, { times = question.times + 1, asked_on = p.on or ctx.today })
      return trn("#{id} was asked {n} time", "#{id} was asked {n} times", question.times, { id = question.id })
    end
    question = ctx:create("question", { text = p.question, client = found.client, contact = found.contact, deal = found.deal,
      owner = found.owner or activity.typist(ctx), asked_on = p.on or ctx.today, segment = p.segment })
    return tr('#{id} noted; when there is an answer: answer #{id} "…" evidence="…"', { id = question.id })
  end,
}

command "answer" {
  summary = "answer a question, with what backs the answer", summary_ru = "ответить на вопрос и подтвердить ответ",
  writes = true,
  params = {
    ref  "question" { to = "question", required = true, title_ru = "Вопрос" },
    text "text"     { rest = true, required = true, title_ru = "Ответ" },
    text "evidence" { named = true, title_ru = "Чем подтверждён",
      help = "a document, a reference, a test", help_ru = "документ, отзыв, испытание" },
    date "checked"  { named = true, default = "today", title_ru = "Проверен",
      help = "when it was made sure", help_ru = "когда проверили" },
  },
  examples = { 'answer #90 "two years" evidence="contract, § 7"' },
  run = function(p, ctx)
    local answer = ctx:create("answer", { question = p.question, text = p.text, evidence = p.evidence, checked_on = p.checked })
    local said = tr("#{id} answers #{question} {text}", { id = answer.id, question = p.question.id, text = p.question.text })
    if p.evidence ~= nil then return said end
    return said .. "\n" .. tr("nothing backs it yet: set #{id} evidence=…", { id = answer.id })
  end,
}
