-- The time to decide is proportional to the benefit: is it so with our clients, and when will the open deals be decided?
local decision = require "decision"

report "decision_time" {
  title = "Time to decide", title_ru = "Время принятия решения",
  help = "days from opening to winning against the benefit to the client, by kind of benefit",
  help_ru = "дни от открытия до победы и выгода клиента, по видам выгоды",
  params = {
    date "since" { help = "deals won from this day on", help_ru = "сделки, выигранные с этого дня" },
    date "till"  { last_day = true, help = "deals won up to this day", help_ru = "сделки, выигранные по этот день" },
  },
  columns = {
    text    "benefit"     { title = "Benefit", title_ru = "Выгода" },
    integer "won"         { title = "Won deals", title_ru = "Выиграно" },
    number  "days"        { title = "Days, median", title_ru = "Дней, медиана", decimals = 1 },
    integer "quantified"  { title = "Quantified", title_ru = "С суммой выгоды" },
    number  "correlation" { title = "Correlation", title_ru = "Корреляция", decimals = 2 },
    number  "p"           { title = "By chance", title_ru = "Случайность", decimals = 3 },
  },
  chart = { type = "bar", x = "benefit", y = "days" },
  rows = function(scope)
    local studies, rows = decision.studies(scope), {}
    for _, kind in ipairs { "all", "revenue", "cost", "ease", "image" } do
      local study = studies[kind]
      rows[#rows + 1] = { benefit = kind, won = #study.rows, days = study.median, quantified = study.count,
        correlation = study.r, p = study.p }
    end
    local line = studies.all.line
    return rows, {
      tr "Correlation: Spearman's, of the yearly benefit of confirmed needs and the days to winning, in one currency.",
      line and tr("Days = {intercept} + {slope} for each 1000 {currency} of benefit.", {
        intercept = ("%.1f"):format(line.intercept), slope = ("%.2f"):format(line.slope * 1000),
        currency = studies.all.currency,
      }) or tr("Too few deals or too weak a connection to foretell by the benefit: {n} deals, p at most 0.05.",
        { n = decision.enough }),
    }
  end,
}

report "decision_dates" {
  title = "When open deals will be decided", title_ru = "Когда решатся открытые сделки",
  help = "the day that the time to decide of won deals leads to, beside the day we expect",
  help_ru = "день решения, судя по выигранным сделкам, рядом с тем, который ждём мы",
  params = { ref "owner" { to = "user", help = "only this person's deals", help_ru = "сделки только этого человека" } },
  columns = {
    integer "id"       { title = "#" },
    text    "deal"     { title = "Deal", title_ru = "Сделка" },
    text    "client"   { title = "Client", title_ru = "Клиент" },
    text    "stage"    { of = "deal.stage", title = "Stage", title_ru = "Этап" },
    money   "benefit"  { title = "Benefit a year", title_ru = "Выгода в год" },
    integer "days"     { title = "Takes", title_ru = "Займёт", unit = "days", unit_ru = "дней" },
    date    "foretold" { title = "Foretold", title_ru = "Предсказано" },
    date    "expected" { title = "We expect", title_ru = "Мы ожидаем" },
    text    "from"     { title = "Known from", title_ru = "Откуда известно" },
  },
  chart = { type = "bar", x = "deal", y = "days" },
  rows = function(p)
    local studies, rows = decision.studies {}, {}
    local known_from = { benefit = tr "the benefit", kind = tr "the kind of benefit", all = tr "all won deals" }
    for deal in deals:where { owner = p.owner, closed_on = unset }:order_by "id":each() do
      local days, from = decision.expected(deal, studies)
      local start = deal.opened_on or (deal.began_at and deal.began_at.date)
      rows[#rows + 1] = { id = deal.id, deal = name_of(deal), client = deal.client and deal.client.name, stage = deal.stage,
        benefit = deal.benefit, days = days, foretold = days and start and start + days, expected = deal.expected_close,
        from = from and known_from[from] }
    end
    local notes = {}
    if #studies.all.rows < decision.enough then
      notes[1] = tr("Nothing is foretold from fewer than {n} won deals; there are {count}.",
        { n = decision.enough, count = #studies.all.rows })
    end
    return rows, notes
  end,
}
