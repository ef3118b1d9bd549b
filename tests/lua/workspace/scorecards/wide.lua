-- As many rules as a card may have, each with several constants.
local list = { kind = "client" }
for i = 1, 120 do
  list[i] = rule("rule" .. i) { "rule " .. i, points = between(0, i),
    where = { employees = over(i - 1), name = one_of { "Beta", "Гамма" } },
    function(client) return client.employees end }
end
list[121] = decay { after = 36500, per_month = 0.1, since = "met_on" }

scorecard "wide" (list)
