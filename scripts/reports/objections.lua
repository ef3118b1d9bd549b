-- What clients object to, and whether telling the benefit before the price pre-empts remarks about the price.

local params = {
  date "since" { default = "365 days ago", help = "objections, and prices told, from this day on",
    help_ru = "возражения и названные цены с этого дня" },
  date "till"  { last_day = true, help = "up to this day", help_ru = "по этот день" },
}

report "objections" {
  title = "Price objections", title_ru = "Возражения по цене",
  help = "how often the price is objected to, with and without a need recorded before it was told",
  help_ru = "как часто возражают против цены, если потребность записали до того, как её назвали, и если нет",
  params = params,
  columns = {
    text    "group"   { title = "The price was told", title_ru = "Цена названа" },
    integer "deals"   { title = "Deals", title_ru = "Сделок" },
    integer "objected" { title = "Price objected to", title_ru = "С возражением по цене" },
    percent "share"   { title = "Share", title_ru = "Доля", decimals = 1 },
    percent "low"     { title = "At least", title_ru = "Не меньше", decimals = 1 },
    percent "high"    { title = "At most", title_ru = "Не больше", decimals = 1 },
  },
  rows = function(p)
    local after = { group = tr "after a confirmed need", deals = 0, objected = 0 }
    local before = { group = tr "without one", deals = 0, objected = 0 }
    local quoted = deals:where { first_quoted_at = between(p.since, p.till) }:select { path "first_quoted_at":as "quoted",
      path "first_confirmed":as "confirmed", path "price_objections":as "objections" }
    for row in quoted:each() do
      local group = row.confirmed ~= nil and row.confirmed <= row.quoted and after or before
      group.deals = group.deals + 1
      if row.objections > 0 then group.objected = group.objected + 1 end
    end
    for _, row in ipairs { after, before } do
      if row.deals > 0 then
        row.share = row.objected / row.deals
        row.low, row.high = stats.wilson(row.objected, row.deals)
      end
    end
    local notes = { tr "At least, at most: where the true share lies with a confidence of 95 % (Wilson)." }
    if after.deals > 0 and before.deals > 0 then
      local _, _, p_value, exact = stats.two_proportions(after.objected, after.deals, before.objected, before.deals)
      if p_value then
        notes[2] = tr("Such a difference by chance alone: p = {p} ({test}).",
          { p = ("%.3f"):format(p_value), test = exact and "Fisher" or "z" })
      end
    end
    return { after, before }, notes
  end,
}

report "objection_types" {
  title = "Objections", title_ru = "Возражения",
  help = "objections by type: how many, answered, resolved, and in deals won and lost",
  help_ru = "возражения по видам: сколько, с ответом, снято, и в каких сделках – выигранных и проигранных",
  params = params,
  columns = {
    text    "type"     { of = "objection.type", title = "Type", title_ru = "Вид" },
    integer "raised"   { title = "Raised", title_ru = "Высказано" },
    integer "answered" { title = "Answered", title_ru = "С ответом" },
    integer "resolved" { title = "Resolved", title_ru = "Снято" },
    integer "must"     { title = "Must-have", title_ru = "Обязательных" },
    integer "won"      { title = "Of won deals", title_ru = "В выигранных" },
    integer "lost"     { title = "Of lost deals", title_ru = "В проигранных" },
  },
  chart = { type = "bar", x = "type", y = { "raised", "resolved" } },
  rows = function(p)
    return objections:where { raised_at = between(p.since, p.till) }:group_by "type":select {
      raised = count(), answered = count { answer = is_set }, resolved = count { resolved = true },
      must = count { must_have = true },
      won = count { ["deal.stage"] = "won" }, lost = count { ["deal.stage"] = "lost" },
    }:order_by("-raised", "type")
  end,
}
