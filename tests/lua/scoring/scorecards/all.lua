-- Rules that read whatever there is, in every way, and break on some of it.
scorecard "conditions" { kind = "client", grades = { A = 60, B = 30, C = 0 },
  rule "equal"      { "equal", points = 1, where = { industry = "medical" } },
  rule "unset"      { "unset", points = 2, where = { industry = unset } },
  rule "set"        { "set", points = 3, where = { motto = is_set } },
  rule "other"      { "another", points = 4, where = { form = is_not "small" } },
  rule "several"    { "one of", points = 5, where = { form = one_of { "large", "own" }, known = true } },
  rule "over"       { "over", points = 6, where = { employees = over(50), floors = under(5) } },
  rule "between"    { "between", points = 7.25, where = { rating = between(2, 8) } },
  rule "from"       { "from", points = -3, where = { share = from(0.5), visit = upto(90) } },
  rule "contains"   { "contains", points = 8, where = { name = contains "ОЛ" } },
  rule "starts"     { "starts", points = 9, where = { email = starts_with "A" } },
  rule "ends"       { "ends", points = -10, where = { email = ends_with "@MAIL.ru" } },
  rule "tagged"     { "tagged", points = 11, where = { tags = contains "old" } },
  rule "path"       { "over a reference", points = 12, where = { ["owner.region"] = "East" } },
  rule "far"        { "over two", points = 13, where = { ["rival.owner.region"] = is_set } },
  rule "rolled"     { "a rollup", points = 14, where = { deals_there = over(1), worth = is_set } },
  rule "met"        { "met long ago", points = 15, where = { met_on = under(date "2025-06-01") } },
  rule "budget"     { "a budget", points = 16, where = { budget = over(1000) } },
}

scorecard "functions" { kind = "client", grades = { high = 20, low = -20 },
  rule "division"  { "may be nothing", points = function(client) return client.employees / client.floors end },
  rule "bounded"   { "between bounds", points = between(0, 20), function(client) return client.rating * 3 end },
  rule "nested"    { "breaks without a rival", points = function(client) return client.rival.employees / 100 end },
  rule "deep"      { "breaks without an owner of the rival", points = 1, when = function(client) return client.rival.owner.region == "West" end },
  rule "word"      { "gives a text at times", points = function(client) return client.known and client.motto or 1 end },
  rule "endless"   { "gives infinity at times", points = function(client) return client.floors == 0 and 1 / 0 or client.floors end },
  rule "raised"    { "raises at times", points = 2, when = function(client)
    if client.form == "own" then error("own") end
    return client.form ~= nil
  end },
  rule "money"     { "compares amounts, of other currencies too", points = 3, when = function(client) return client.budget > 500 end },
  rule "added"     { "adds amounts, of other currencies too", points = function(client) return (client.worth + client.budget) / amount(100) end },
  rule "days"      { "days since we met", points = between(-5, 5), function(client) return (today() - client.met_on) / 100 end },
  rule "hours"     { "days since seen", points = function(client) return (now() - client.seen_at) / 1000 end },
  rule "formula"   { "a formula", points = function(client) return client.per_floor end },
  rule "rollups"   { "rollups, over a reference too", points = function(client)
    return client.deals_there + (client.rival and client.rival.deals_there * 10 or 0) + (client.mean or 0.125)
  end },
  rule "latest"    { "a date rolled up", points = 4, when = function(client) return client.latest > date "2026-06-15" end },
  rule "asked"     { "asks the deals", points = function(client) return client.deals:where { amount = over(100) }:count() end },
  rule "named"     { "a name built of others", points = 5, when = function(client) return #name_of(client.owner or client) > 4 end },
  rule "typo"      { "a field that is none, at times", points = 6, when = function(client) return client.known and client.knwon end },
  rule "graded"    { "the grade of another", points = 8, when = function(client) return client.parent and client.parent:grade "conditions" == "B" end },
  rule "scored"    { "the score of another", points = function(client) return client.owner and client.rival:score "conditions" / 8 end },
  rule "identity"  { "the same record", points = 7, when = function(client) return client.rival == client or client.rival and client.rival.rival == client end },
  decay { after = days(30), per_month = 0.05, since = "met_on" },
}
