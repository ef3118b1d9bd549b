-- The agenda of the regular meeting of sales and marketing.
local metrics = require "metrics"
local plans = require "plans"
local progress = require "progress"
local prospecting = require "prospecting"

local shown = 15 -- more unworked responses than that are a number, not a list

local columns = {
  responses = {
    text    "campaign"  { title = "Campaign", title_ru = "Кампания" },
    integer "responses" { title = "New", title_ru = "Новых" },
    integer "unworked"  { title = "Unworked", title_ru = "Не обработано" },
  },
  waiting = {
    text    "response" { title = "Response", title_ru = "Отклик" },
    text    "campaign" { title = "Campaign", title_ru = "Кампания" },
    text    "owner"    { title = "Owner", title_ru = "Ответственный" },
    integer "days"     { title = "Waiting", title_ru = "Ждёт", unit = "days", unit_ru = "дней" },
  },
  conflicts = {
    text "conflict" { title = "Conflict", title_ru = "Противоречие" },
    text "what"     { title = "What", title_ru = "В чём" },
    text "fix"      { title = "What to do", title_ru = "Что сделать" },
  },
  behind = {
    text    "goal"      { title = "Goal", title_ru = "Цель" },
    text    "owner"     { title = "Owner", title_ru = "Ответственный" },
    number  "target"    { title = "Target", title_ru = "План", decimals = 0 },
    number  "actual"    { title = "Actual", title_ru = "Факт", decimals = 0 },
    number  "projected" { title = "Projected", title_ru = "Прогноз", decimals = 1 },
  },
}

local function new_responses(since)
  return responses:where { received_at = between(since, today()) }:group_by { campaign = "campaign.name" }
    :select { responses = count(), unworked = count { outcome = unset } }:order_by "campaign":all()
end

local function waiting()
  local rows = responses:where { outcome = unset }:order_by("received_at", "id"):select {
    path "id":as "id", path "name":as "response", path "campaign.name":as "campaign", path "owner.name":as "owner",
    path "campaign.owner.name":as "of_campaign", path "received_at":as "at",
  }:limit(shown):all()
  for _, row in ipairs(rows) do
    row.owner, row.days = row.owner or row.of_campaign, row.at and today() - row.at.date
  end
  return rows
end

local function goals_behind()
  local rows = {}
  for goal in goals:where { starts_on = upto(today()), ends_on = from(today()) }:order_by("ends_on", "name"):each() do
    local row = goal.metric and progress.of(goal)
    if row and row.state == "behind" then
      row.goal, row.owner, row.record = goal.name, goal.owner, goal
      rows[#rows + 1] = row
    end
  end
  return rows
end

-- A table, or a word where there is nothing to show.
local function listed(rows, shape, nothing)
  return #rows > 0 and table(rows, { columns = shape }) or paragraph(nothing)
end

report "sync" {
  title = "Sales and marketing", title_ru = "Продажи и маркетинг",
  help = "agenda of the regular meeting: new and unworked responses, conflicts of plans, goals behind pace",
  help_ru = "повестка встречи: новые и необработанные отклики, противоречия планов, отстающие цели",
  params = {
    date "since" { default = "7 days ago", help = "the day of the last meeting", help_ru = "день прошлой встречи" },
    integer "quiet" { default = prospecting.quiet, min = 1,
                      help = "days without a new client that are worth a warning",
                      help_ru = "сколько дней без нового клиента – уже повод предупредить" },
  },
  rows = function(p)
    local unworked = responses:where { outcome = unset }:count()
    local known = metrics.value("new_clients", { from = p.since, to = today() })
    return document {
      title = tr("Sales and marketing, {day}", { day = today() }),
      heading(tr "New responses"),
      listed(new_responses(p.since), columns.responses, tr("None since {day}.", { day = p.since })),
      heading(tr "Unworked responses"),
      unworked > shown and paragraph(trn("{n} response waits; the oldest are:", "{n} responses wait; the oldest are:", unworked)),
      listed(waiting(), columns.waiting, tr "Every response is worked."),
      heading(tr "Conflicts between the plans"),
      listed(plans.conflicts(today()), columns.conflicts, plans.peace(today())),
      heading(tr "Goals behind pace"),
      listed(goals_behind(), columns.behind, tr "No goal is behind its pace."),
      heading(tr "New clients"),
      paragraph(trn("{n} client became known since {day}.", "{n} clients became known since {day}.", known, { day = p.since })),
      prospecting.warning(p.quiet),
    }
  end,
}
