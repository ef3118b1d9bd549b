local relationship = require "relationship"

stage "relationship.prospect" {
  title = "Prospect", title_ru = "Потенциальный клиент",
  purpose = "A client whose need we know and who knows us.",
  purpose_ru = "Клиент, чью потребность мы знаем и который знает нас.",
  auto = true,

  leave = {
    must "bought" {
      "at least one deal is won",
      text_ru = "выиграна хотя бы одна сделка",
      check = function(client) return client.won_deals >= 1 end,
      fix = relationship.win_hint,
    },
    should "no_wall_of_mail" {
      "nobody gets mail only: we have met or called",
      text_ru = "никто не получает одни письма: мы встречались или звонили",
      check = function(client) return client.wall_of_mail == nil, client.wall_of_mail end,
      fix = 'call {client} 10m "…"',
    },
  },
}
