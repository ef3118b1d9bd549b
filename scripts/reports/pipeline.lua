-- What is open, where it stands, and what it is worth. Weighted: amount × the stage's probability; a deal
-- without an amount adds nothing, which is why their number is shown.

report "pipeline" {
  title = "Pipeline", title_ru = "Воронка сделок",
  params = {
    ref "owner" { to = "user", help = "only this person's deals" },
    choice "by" { "stage", "owner", "team", "region", "product", "client", default = "stage", help = "one row per" },
  },
  columns = {
    text    "group"      { title = "Stage", title_ru = "Этап" },
    integer "deals"      { title = "Deals", title_ru = "Сделок" },
    integer "unpriced"   { title = "Without amount", title_ru = "Без суммы" },
    money   "amount"     { title = "Amount", title_ru = "Сумма" },
    money   "weighted"   { title = "Weighted", title_ru = "Взвешенно" },
    money   "list_price" { title = "At list price", title_ru = "По прайсу" },
  },
  rows = function(p)
    local open = deals:where { stage = one_of(open_stages "sale") }
    if p.owner then open = open:where { owner = p.owner } end
    return open
  end,
}
