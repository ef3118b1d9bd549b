scorecard "relative" { kind = "client",
  learn = function() return { mean = clients:value(average "employees"), nested = { as_of = today(), "a", "b" } } end,
  rule "size"  { "against the mean", points = function(client, learned) return client.employees / learned.mean end },
  rule "large" { "above the mean", points = 3, when = function(client, learned) return client.employees > learned.mean end },
}
scorecard "careless" { kind = "client",
  learn = function() return { list = { 1 } } end,
  rule "reads"   { "reads it", points = function(_, learned) return #learned.list end },
  rule "changes" { "changes it", points = function(_, learned) learned.list[1] = 2 return 1 end },
}
scorecard "untaught" { kind = "client", learn = function() end, rule "any" { "any", points = 1 } }
