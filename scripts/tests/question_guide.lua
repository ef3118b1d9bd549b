local guide = require "guide"

test "every open stage of a sale has a shipped guide" {
  expect = function()
    for _, stage in ipairs(stages_of "sale") do
      local of = stage.ending == "open" and guide.of(stage.name)
      if of == nil or (of and (#guide.questions(of) < of.how_many or #guide.rules(of) < 2)) then return false, stage.name end
    end
    return true
  end,
}

test "a guide of one's own goes before what is shipped" {
  given = function(t) t.own = question_guide { title = "Ours", stage = "proof", questions = "One?\nTwo?" } end,
  expect = function()
    local of = guide.of "proof"
    return of.title == "Ours" and table.concat(guide.questions(of), "|") == "One?|Two?" and #guide.rules(of) == 0
  end,
}

test "three competences are shipped and none is invented" {
  expect = function()
    local names = {}
    for i, entry in ipairs(shipped "competence") do names[i] = entry.name end
    return table.concat(names, ", ") == "solves problems, investigates, serves", table.concat(names, ", ")
  end,
}
