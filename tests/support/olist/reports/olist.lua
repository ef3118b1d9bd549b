-- The groups of the closed deals that others have counted; a report like any that a workspace adds.

local groups = {
  segment = "client.industry", lead_type = "lead_type", behaviour = "behaviour", business_type = "business_type",
  has_company = "has_company", has_gtin = "has_gtin", average_stock = "average_stock", month = "month(won_at)",
  sr = "owner.name", sdr = "sdr.name", source = "client.source",
}

report "closed" {
  title = "Closed deals",
  params = { choice "by" { "segment", "lead_type", "behaviour", "business_type", "has_company", "has_gtin", "average_stock",
    "month", "sr", "sdr", "source", default = "segment" } },
  columns = { text "group", integer "deals" },
  rows = function(p)
    return deals:where { stage = "won" }:group_by { group = groups[p.by] }:select { deals = count() }:order_by("-deals", "group")
  end,
}

report "olist" {
  title = "Figures of all closed deals",
  columns = { text "figure", number "value" },
  rows = function()
    local won, rows = deals:where { stage = "won" }, {}
    local function add(figure, value) rows[#rows + 1] = { figure = figure, value = value } end
    add("sdrs", won:value(count_distinct "sdr"))
    add("srs", won:value(count_distinct "owner"))
    add("sellers", won:value(count_distinct "seller"))
    add("sellers with an address", won:where { ["seller.city"] = is_set }:count())
    add("catalog n", won:value(count "catalog_size"))
    add("catalog sum", won:value(sum "catalog_size"))
    add("catalog mean", won:value(average "catalog_size"))
    add("catalog median", won:value(median "catalog_size"))
    local total, middle = won:value(sum "monthly_revenue"), won:value(median "monthly_revenue")
    add("revenue sum", total and total.amount)
    add("revenue median", middle and middle.amount)
    add("revenue above nothing", won:where { monthly_revenue = over(amount(0, "BRL")) }:count())
    local days, whole, same, within = {}, {}, 0, { [7] = 0, [30] = 0, [60] = 0, [90] = 0, [180] = 0, [365] = 0 }
    for deal in won:each() do
      if deal.owner ~= nil and deal.owner == deal.sdr then same = same + 1 end
      days[#days + 1] = deal.won_at - deal.client.first_response
      whole[#whole + 1] = deal.closed_on - deal.client.first_response.date
      for limit, n in pairs(within) do
        if whole[#whole] >= 0 and whole[#whole] <= limit then within[limit] = n + 1 end
      end
    end
    add("sdr is sr", same)
    local days_sum = 0
    for _, each in ipairs(days) do days_sum = days_sum + each end
    add("days sum", days_sum)
    for _, share in ipairs { 0, 0.5, 1 } do add("days " .. share, stats.quantile(days, share)) end
    for _, share in ipairs { 0.25, 0.5, 0.75 } do add("whole days " .. share, stats.quantile(whole, share)) end
    for limit, n in pairs(within) do add("within " .. limit, n) end
    return rows
  end,
}
