-- What campaigns bring, by first touch: a client counts for the campaign of its earliest response, and with it the deals
-- opened on that day or later; by last touch for that of its latest. Return: won amount ÷ cost; none without a cost or in
-- another currency.

-- The response of each client that counts: { campaign, on }.
local function touches(which)
  local first = {}
  local order = which == "first" and { "received_at", "id" } or { "-received_at", "-id" }
  for response in responses:where { client = is_set, campaign = is_set }:order_by(table.unpack(order)):select {
    path "client":as "client", path "campaign":as "campaign", path "received_at":as "at",
  }:each() do
    local id = response.client.id
    if first[id] == nil then first[id] = { campaign = response.campaign.id, on = response.at and response.at.date } end
  end
  return first
end

local function add_money(row, amount_)
  if amount_ == nil then return end
  if row.won_amount == nil then
    row.won_amount = amount_
  elseif row.won_amount.currency == amount_.currency then
    row.won_amount = row.won_amount + amount_
  else
    row.mixed = true
  end
end

local function add_deals(by_campaign, first)
  for deal in deals:where { client = is_set }:select {
    path "client":as "client", path "stage":as "stage", path "amount":as "amount", path "opened_on":as "opened_on",
  }:each() do
    local touch = first[deal.client.id]
    local row = touch and by_campaign[touch.campaign]
    local after = touch and (deal.opened_on == nil or touch.on == nil or deal.opened_on >= touch.on)
    if row and after then
      row.deals = row.deals + 1
      if deal.stage == "won" then
        row.won = row.won + 1
        add_money(row, deal.amount)
      end
    end
  end
end

local function finish(row, notes)
  if row.mixed then
    notes[#notes + 1] = tr("{campaign}: won amounts are of several currencies and not added up", { campaign = row.campaign })
    row.won_amount = nil
  end
  local cost, won = row.cost, row.won_amount
  if cost == nil or cost.amount == 0 then return end
  if won == nil then
    row.back = not row.mixed and 0 or nil
  elseif won.currency == cost.currency then
    row.back = won / cost
  else
    notes[#notes + 1] = tr("{campaign}: cost and won amount are of two currencies", { campaign = row.campaign })
  end
end

report "campaigns" {
  title = "What campaigns bring", title_ru = "Что приносят кампании",
  help = "responses, clients, deals and won amount against cost, by first or last touch",
    help_ru = "отклики, клиенты, сделки и выигранная сумма против стоимости, по первому или последнему касанию",
  params = {
    choice "type" { "exhibition", "mailing", "advertising", "other", help = "only these", help_ru = "только такие" },
    date "since" { help = "begun on this day or later", help_ru = "начатые в этот день или позже" },
    choice "touch" { "first", "last", default = "first", help = "which response of a client counts",
      help_ru = "какой отклик клиента считается" },
  },
  columns = {
    text    "campaign"   { title = "Campaign", title_ru = "Кампания" },
    text    "type"       { of = "campaign.type", title = "Type", title_ru = "Вид" },
    integer "responses"  { title = "Responses", title_ru = "Откликов" },
    integer "clients"    { title = "Clients", title_ru = "Клиентов" },
    integer "deals"      { title = "Deals", title_ru = "Сделок" },
    integer "won"        { title = "Won", title_ru = "Выиграно" },
    money   "won_amount" { title = "Won amount", title_ru = "Сумма выигранных" },
    money   "cost"       { title = "Cost", title_ru = "Стоимость" },
    number  "back"       { title = "Return", title_ru = "Отдача", unit = "×", decimals = 2 },
  },
  chart = { type = "bar", x = "campaign", y = { "won_amount", "cost" } },
  rows = function(p)
    local by_campaign, rows, notes = {}, {}, {}
    for campaign in campaigns:where { type = p.type, starts_on = from(p.since) }:order_by "id":each() do
      local row = { record = campaign, campaign = campaign.name, type = campaign.type, responses = campaign.answers, clients = 0,
        deals = 0, won = 0, cost = campaign.cost }
      by_campaign[campaign.id], rows[#rows + 1] = row, row
    end
    local first = touches(p.touch)
    for _, touch in pairs(first) do
      local row = by_campaign[touch.campaign]
      if row then row.clients = row.clients + 1 end
    end
    add_deals(by_campaign, first)
    for _, row in ipairs(rows) do finish(row, notes) end
    notes[#notes + 1] = p.touch == "first"
      and tr "By first touch: a client and its later deals count for the campaign of its earliest response."
      or tr "By last touch: a client and its later deals count for the campaign of its latest response."
    return rows, notes
  end,
}
