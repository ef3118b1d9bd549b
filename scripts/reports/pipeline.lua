-- What is open, where it stands, and what it is worth. Weighted is amount × the probability of the stage. A
-- deal without an amount adds nothing to it, which is why those are counted.

report "pipeline" {
  title = "Open pipeline", title_ru = "Открытые сделки",
  help = "open deals by stage: how many, worth what, weighted by the stage's probability",
  help_ru = "открытые сделки по этапам: сколько, на какую сумму, с учётом вероятности этапа",
  params = { ref "owner" { to = "user", help = "only this person's deals", help_ru = "сделки только этого человека" } },
  columns = {
    text    "stage"       { of = "deal.stage", title = "Stage", title_ru = "Этап" },
    integer "deals"       { title = "Deals", title_ru = "Сделок" },
    integer "unpriced"    { title = "No amount", title_ru = "Без суммы" },
    money   "amount"      { title = "Amount", title_ru = "Сумма" },
    percent "probability" { title = "Probability", title_ru = "Вероятность", decimals = 0 },
    money   "weighted"    { title = "Weighted", title_ru = "Взвешенно" },
    money   "list_price"  { title = "List price", title_ru = "По прайсу" },
  },
  chart = { type = "bar", x = "stage", y = "amount" },
  rows = function(p)
    local open, names = {}, {}
    for _, stage in ipairs(stages_of "sale") do
      if stage.ending == "open" then
        open[#open + 1], names[#names + 1] = stage, stage.name
      end
    end
    local by_stage = deals:where { owner = p.owner, stage = one_of(names) }:group_by "stage":select {
      deals = count(), unpriced = count { amount = unset }, amount = sum "amount", list_price = sum "product.price",
    }
    local found, rows = {}, {}
    for row in by_stage:each() do found[row.stage] = row end
    for _, stage in ipairs(open) do
      local row = found[stage.name] or { deals = 0, unpriced = 0 }
      rows[#rows + 1] = {
        stage = stage.name, deals = row.deals, unpriced = row.unpriced, amount = row.amount,
        list_price = row.list_price, probability = stage.probability,
        weighted = row.amount and row.amount * stage.probability,
      }
    end
    return rows
  end,
}
