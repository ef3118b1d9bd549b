report "by_owner" {
  title = "Deals by owner", title_ru = "Сделки по ответственным",
  params = { date "since" { default = "30 days ago" }, ref "owner" { to = "user" } },
  columns = { text "owner", integer "deals", money "worth" { title = "Worth" }, percent "share" },
  rows = function(p)
    return deals:where { owner = p.owner }:group_by "owner"
      :select { deals = count(), worth = sum "amount" }
      :with { share = function(row) return row.deals / 4 end }
      :order_by "-deals"
  end,
}
report "listing" {
  title = "A list", notes = { "made by hand" },
  columns = { text "name", integer "n", date "day" },
  rows = function()
    local out = {}
    for client in clients:order_by "name":each() do out[#out + 1] = { name = client.name, n = #out, day = today(), record = client } end
    return out
  end,
}
