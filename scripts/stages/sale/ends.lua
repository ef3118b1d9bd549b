-- The two ends of a sale. Winning or losing dates the deal; winning promotes the client (stages/relationship).

local sale = require "sale"

stage "sale.won" {
  title = "Won", title_ru = "Выиграна",
  probability = 1,
  on_enter = function(deal, ctx) ctx:set(deal, { closed_on = ctx.today }) end,
}

stage "sale.lost" {
  title = "Lost", title_ru = "Проиграна",
  probability = 0,

  enter = {
    must "lost_reason" {
      "the reason is one of the list",
      text_ru = "причина выбрана из списка",
      check = function(deal) return sale.is_loss_reason(deal.lost_reason), table.concat(sale.loss_reasons, ", ") end,
      fix = "set {deal} lost_reason=price",
    },
    must "lost_note" {
      "what happened is noted",
      text_ru = "записано, что произошло",
      check = function(deal) return deal.lost_note ~= nil end,
      fix = 'set {deal} lost_note="…"',
    },
  },
  on_enter = function(deal, ctx) ctx:set(deal, { closed_on = ctx.today }) end,
}
