-- Open deals that nobody touched for longer than their stage allows: neither moved nor a held activity. A
-- planned activity does not count.

report "stale" {
  title = "Stale deals", title_ru = "Застрявшие сделки",
  help = "open deals without a move or a held activity for longer than the stage's rot days",
  help_ru = "открытые сделки без переходов и состоявшихся дел дольше, чем допускает этап",
  params = {
    ref "owner" { to = "user", help = "only this person's deals", help_ru = "сделки только этого человека" },
    boolean "every" { default = false, help = "all open deals, also those within their time",
      help_ru = "все открытые сделки, и те, что ещё в сроке" },
  },
  columns = {
    integer "id"     { title = "#" },
    text    "deal"   { title = "Deal", title_ru = "Сделка" },
    text    "client" { title = "Client", title_ru = "Клиент" },
    text    "owner"  { title = "Owner", title_ru = "Ответственный" },
    text    "stage"  { of = "deal.stage", title = "Stage", title_ru = "Этап" },
    integer "days"   { title = "Untouched", title_ru = "Без движения", unit = "days", unit_ru = "дней" },
    integer "rot"    { title = "Allowed", title_ru = "Допустимо", unit = "days", unit_ru = "дней" },
    money   "amount" { title = "Amount", title_ru = "Сумма" },
  },
  chart = { type = "bar", x = "deal", y = "days" },
  rows = function(p)
    local open, rot = {}, {}
    for _, stage in ipairs(stages_of "sale") do
      if stage.ending == "open" then
        open[#open + 1] = stage.name
        rot[stage.name] = stage.rot
      end
    end
    local rows = deals:where { stage = one_of(open), owner = p.owner }:select {
      path "id":as "id", path "title":as "title", path "external_id":as "number", path "client.name":as "client",
      path "owner.name":as "owner", path "stage":as "stage", path "moved_at":as "moved_at",
      path "last_contact":as "last_contact", path "amount":as "amount",
    }:all()
    local stale = {}
    for _, row in ipairs(rows) do
      local touched = row.moved_at
      if row.last_contact ~= nil and row.last_contact > touched then touched = row.last_contact end
      row.deal = row.title or row.number
      row.days = touched and today() - touched.date
      row.rot = rot[row.stage]
      if p.every or row.days > row.rot then stale[#stale + 1] = row end
    end
    table.sort(stale, function(a, b)
      if a.days ~= b.days then return (a.days or 0) > (b.days or 0) end
      return a.id < b.id
    end)
    return stale
  end,
}
