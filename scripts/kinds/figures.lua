-- Figures about a client and a deal that rules and reports ask for.

rollup "client.meetings"   { count "activity" { type = "meeting", state = "held" }, title_ru = "Встреч" }
rollup "client.open_deals" { count "deal" { closed_on = unset }, title_ru = "Открытых сделок" }
rollup "client.won_deals"  { count "deal" { stage = "won" }, title_ru = "Выигранных сделок" }
rollup "client.lost_deals" { count "deal" { stage = "lost" }, title_ru = "Проигранных сделок" }
rollup "client.won_amount" { sum "deal.amount" { stage = "won" }, title_ru = "Выиграно на сумму" }
rollup "deal.last_contact" { maximum "activity.done_at" { state = "held" }, title_ru = "Последний контакт" }
rollup "client.first_won"      { minimum "deal.closed_on" { stage = "won" }, title_ru = "Первая покупка" }
rollup "client.first_response" { minimum "response.received_at", title_ru = "Первый отклик" }
