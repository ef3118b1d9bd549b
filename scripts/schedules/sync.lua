-- Sales and marketing sit together every Monday; their agenda is made from what stands in the book that morning.

every "monday 09:00" { "agenda of sales and marketing", title_ru = "повестка продаж и маркетинга", run = function(ctx)
  return ctx:command "report sync"
end }
