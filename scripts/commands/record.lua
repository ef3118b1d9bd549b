-- note, call, meet, mail, letter and task: what happened or is to happen, in one line.

local activity = require "activity"

local function is_future(at, ctx) return at ~= nil and at > ctx.now end

-- A day without a time begins with the working day.
local function moment_of(p, ctx)
  local at = p.at
  if at ~= nil and at.date > ctx.today and at.hour + at.minute == 0 then return at.date:at(working_hours().from) end
  return at
end

-- What was planned with them for that day is what was held: about the deal, else with its client about no deal.
local function planned_before(type, found, at)
  local planned = activities:where { type = type, state = "planned", due = between(at.date:at(0), at.date:at(1439)) }
  local function only(where)
    local matches = planned:where(where):limit(2):all()
    return #matches == 1 and matches[1] or nil
  end
  local of_deal = found.deal ~= nil and only { deal = found.deal }
  if of_deal then return of_deal end
  if found.client == nil then return nil end
  if found.deal ~= nil then return only { client = found.client, deal = unset } end
  return only { client = found.client }
end

local function values_of(type, p, ctx, found)
  local values = { type = type, subject = p.what, minutes_spent = p.spent, minutes_prepared = p.prepared, next_step = p.next,
    outcome = p.outcome, important = p.important, urgent = p.urgent }
  for field, record in pairs(found) do values[field] = record end
  if values.owner == nil then values.owner = activity.typist(ctx) end
  return values
end

local function written(values, existing, ctx)
  if existing == nil then return ctx:create("activity", values) end
  values.type = nil
  if values.subject ~= nil and existing.subject ~= nil then values.notes, values.subject = values.subject, nil end
  ctx:set(existing, values)
  return existing
end

local function said(record, following)
  local line = activity.line(record)
  if following then line = line .. "\n" .. activity.line(following) end
  return line
end

-- Held now or then, unless its time is still to come.
local function record_it(type)
  return function(p, ctx)
    local at, named = moment_of(p, ctx), p.about.kind == "activity" and p.about or nil
    local found = activity.about { p.about, p.with }
    local values = values_of(type, p, ctx, found)
    local existing = named
    if is_future(at, ctx) then
      values.state, values.due = "planned", at
    else
      values.state, values.done_at = "held", at or ctx.now
      existing = named or planned_before(type, found, values.done_at)
    end
    local record = written(values, existing, ctx)
    return said(record, activity.follow_up(ctx, record, p.next, p.by))
  end
end

-- A task is always planned; 'done' closes it.
local function plan_it(p, ctx)
  local values = values_of("task", p, ctx, activity.about { p.about, p.with })
  values.state, values.due = "planned", moment_of(p, ctx)
  return said(ctx:create("activity", values))
end

local words = {
  instant "at"        { loose = true, title_ru = "Когда",
    help = "when: friday 10:00, yesterday, 14:30; to come: planned; else held",
    help_ru = "когда: пятница 10:00, вчера, 14:30; будущее – намечено, иначе состоялось" },
  minutes "spent"     { loose = true, title_ru = "Заняло",
    help = "how long it took, or is to take: 45m, 1h30m", help_ru = "сколько заняло или займёт: 45m, 1 ч 30 мин" },
  ref     "about"     { to = { "client", "contact", "deal", "activity" }, required = true, title_ru = "О ком",
    help = "a client, deal, contact or planned activity", help_ru = "клиент, сделка, контакт или намеченное действие" },
  ref     "with"      { to = { "contact", "user", "client", "deal" }, loose = true, title_ru = "С кем",
    help = "who else: a contact, a user", help_ru = "кто ещё: контакт, сотрудник" },
  text    "what"      { rest = true, title_ru = "Что", help = "what was said or done", help_ru = "что сказано или сделано" },
  text    "next"      { named = true, title_ru = "Следующий шаг",
    help = "the next step: becomes a task", help_ru = "следующий шаг: станет задачей" },
  instant "by"        { named = true, title_ru = "Срок",
    help = "when the next step is due; by itself the day it names, else in three days",
    help_ru = "к какому сроку следующий шаг; само – день, названный в нём, иначе через три дня" },
  text    "outcome"   { named = true, title_ru = "Итог", help = "what came of it", help_ru = "что из этого вышло" },
  minutes "prepared"  { named = true, title_ru = "Подготовка",
    help = "how long it was prepared", help_ru = "сколько готовились" },
  boolean "important" { named = true, title_ru = "Важно" },
  boolean "urgent"    { named = true, title_ru = "Срочно" },
}

command "meet" {
  summary = "record a meeting, held or planned", summary_ru = "записать встречу – прошедшую или намеченную",
  writes = true, params = words, run = record_it "meeting",
  examples = { 'meet #17 45m "showed the calculation" next="send calculation"', "meet #42 friday 10:00 1h",
    'meet #42 завтра 14:00 45 мин "показать расчёт"' },
}
command "call" {
  summary = "record a call, made or planned", summary_ru = "записать звонок – сделанный или намеченный",
  writes = true, params = words, run = record_it "call",
  examples = { 'call "Acme Clinic" 10m "asked for a price" next="send the offer monday"', "call #42 tomorrow 9:30",
    'call #17 пятница 10:00 "уточнить сроки"' },
}
command "mail" {
  summary = "record a mail", summary_ru = "записать электронное письмо",
  writes = true, params = words, run = record_it "mail",
  examples = { 'mail #17 "the price list" next="ask what they think" by=friday' },
}
command "letter" {
  summary = "record a letter", summary_ru = "записать письмо",
  writes = true, params = words, run = record_it "letter",
  examples = { 'letter #17 "the selection for the winter"' },
}
command "note" {
  summary = "write down what was said or thought", summary_ru = "записать заметку",
  writes = true, params = words, run = record_it "note",
  examples = { 'note #42 "their director decides in May"', "note #17 любят подробные расчёты" },
}
command "task" {
  summary = "write down what is to be done", summary_ru = "записать задачу",
  writes = true, params = words, run = plan_it,
  examples = { 'task #42 friday "send the calculation" important=yes', 'task #17 завтра "отправить расчёт"' },
}
