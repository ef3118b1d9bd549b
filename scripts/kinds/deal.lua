-- What the method adds to a deal: the value that it cites, and the price that was told.

extend "deal" {
  ref     "value"           { to = "value_statement", title = "Added value", title_ru = "Наша ценность",
                              help = "what we add for this client that others do not",
                              help_ru = "что мы даём этому клиенту, чего не дают другие" },
  money   "quoted"          { title = "Price told", title_ru = "Названная цена", min = 0,
                              help = "the price that the client was told", help_ru = "цена, которую назвали клиенту" },
  instant "quoted_at"       { title = "Price told at", title_ru = "Когда названа цена",
                              help = "the last time; set with the price",
                              help_ru = "в последний раз; ставится вместе с ценой" },
  instant "first_quoted_at" { title = "First price told at", title_ru = "Когда впервые названа цена",
                              help = "set with the first price", help_ru = "ставится с первой названной ценой" },
}

local function note_quote(deal, ctx)
  if deal.quoted == nil then return end
  local moment = deal.first_quoted_at == nil and deal.quoted_at or ctx.now
  ctx:set(deal, { amount = deal.quoted, quoted_at = moment, first_quoted_at = deal.first_quoted_at or moment })
end

on "deal.created" (note_quote)
on "deal.changed.quoted" (function(deal, _, _, ctx) note_quote(deal, ctx) end)

rollup "deal.began_at" { minimum "transition.at" { process = "sale" }, title_ru = "Начало" }
