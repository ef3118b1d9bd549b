-- What became of the responses to each campaign. Due: received more than `within` days ago, or worked already; what is
-- younger may still be worked in time and is not counted against anyone. Who has no date of receipt is due. Rate: worked
-- within so many days ÷ due.

local function new_row(campaign)
  return { record = campaign, campaign = campaign.name, responses = 0, in_time = 0, late = 0, dismissed = 0, unworked = 0,
    due = 0 }
end

local function add(row, response, within)
  local received = response.received_at
  local age = received and now() - received
  row.responses = row.responses + 1
  if response.outcome == nil then
    row.unworked = row.unworked + 1
    if age == nil or age > within then row.due = row.due + 1 end
    if age ~= nil and (row.oldest == nil or age > row.oldest) then row.oldest = age end
    return
  end
  row.due = row.due + 1
  if response.outcome == "dismissed" then row.dismissed = row.dismissed + 1 end
  local took = received and response.worked_at and response.worked_at - received
  if took ~= nil and took <= within then row.in_time = row.in_time + 1 else row.late = row.late + 1 end
end

local function rows_of(p)
  local by_campaign, rows = {}, {}
  for campaign in campaigns:where { id = p.campaign and p.campaign.id }:order_by "id":each() do
    by_campaign[campaign.id] = new_row(campaign)
    rows[#rows + 1] = by_campaign[campaign.id]
  end
  local asked = responses:where { campaign = p.campaign or is_set, received_at = from(p.since) }
  for response in asked:select {
    path "campaign":as "campaign", path "outcome":as "outcome", path "received_at":as "received_at",
    path "worked_at":as "worked_at",
  }:each() do
    add(by_campaign[response.campaign.id], response, p.within)
  end
  return rows
end

local function warning(row, p)
  return tr("{campaign}: {worked} of {due} worked within {within} days ({rate} %, wanted {least} %), {unworked} unworked", {
    campaign = row.campaign, worked = row.in_time, due = row.due, within = p.within, rate = string.format("%.0f", 100 * row.rate),
    least = string.format("%.0f", 100 * p.least), unworked = row.unworked })
end

-- The loud word of the method, once below all that is behind.
local function warn(rows, p, notes)
  local before = #notes
  for _, row in ipairs(rows) do
    if row.rate ~= nil and row.rate < p.least then
      row.warning = "!!!"
      notes[#notes + 1] = warning(row, p)
    end
  end
  if #notes > before then
    notes[#notes + 1] = tr "WE ORGANISE CAMPAIGNS INSTEAD OF GROWING A BUSINESS. Who waits: list response outcome="
  end
end

report "followup" {
  title = "Follow-up of campaigns", title_ru = "Обработка откликов",
  help = "responses per campaign: worked in time, late, dismissed, unworked; a warning where too few were worked",
    help_ru = "отклики по кампаниям: обработаны вовремя, поздно, отклонены, ждут; предупреждение, где обработано мало",
  params = {
    ref "campaign" { to = "campaign", help = "only this one", help_ru = "только эта", title_ru = "кампания" },
    integer "within" { default = 10, help = "days within which a response should be worked",
      help_ru = "за сколько дней отклик нужно обработать" },
    percent "least" { default = 0.8, help = "the follow-up rate below which a warning is given",
      help_ru = "доля обработанных, ниже которой будет предупреждение" },
    date "since" { help = "responses received on this day or later", help_ru = "отклики, полученные в этот день или позже" },
  },
  columns = {
    text    "campaign"  { title = "Campaign", title_ru = "Кампания" },
    integer "responses" { title = "Responses", title_ru = "Откликов" },
    integer "in_time"   { title = "In time", title_ru = "Вовремя" },
    integer "late"      { title = "Late", title_ru = "Поздно" },
    integer "dismissed" { title = "Dismissed", title_ru = "Отклонено" },
    integer "unworked"  { title = "Unworked", title_ru = "Не обработано" },
    integer "due"       { title = "Due", title_ru = "Пора обработать" },
    percent "rate"      { title = "Rate", title_ru = "Доля", decimals = 0 },
    integer "oldest"    { title = "Oldest unworked", title_ru = "Старший необработанный", unit = "days", unit_ru = "дней" },
    text    "warning"   { title = "Warning", title_ru = "Внимание" },
  },
  chart = { type = "stacked", x = "campaign", y = { "in_time", "late", "dismissed", "unworked" } },
  rows = function(p)
    local rows, notes = rows_of(p), { tr("Rate: worked within {within} days ÷ due.", { within = p.within }) }
    for _, row in ipairs(rows) do
      row.oldest = row.oldest and math.floor(row.oldest)
      if row.due > 0 then row.rate = row.in_time / row.due end
    end
    warn(rows, p, notes)
    return rows, notes
  end,
}
