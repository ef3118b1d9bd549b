-- Figures about a client and a deal that rules and reports ask for.

rollup "client.meetings"   { count "activity" { type = "meeting", state = "held" } }
rollup "client.open_deals" { count "deal" { closed_on = unset } }
rollup "client.won_deals"  { count "deal" { stage = "won" } }
rollup "client.won_amount" { sum "deal.amount" { stage = "won" } }
rollup "deal.last_contact" { maximum "activity.done_at" { state = "held" } }
