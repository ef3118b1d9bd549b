-- The question guide of a stage: the workspace's record, or what is shipped as long as there is none.

local guide = {}

--- The guide as a record or a table of the same fields; nil when nobody wrote one.
function guide.of(stage)
  local record = question_guides:where { stage = stage }:order_by "id":first()
  if record ~= nil then return record end
  for _, entry in ipairs(shipped "question_guide") do
    if entry.stage == stage then return entry end
  end
end

--- Its questions as a list.
function guide.questions(of)
  local list = {}
  for line in of.questions:gmatch "[^\n]+" do list[#list + 1] = line end
  return list
end

--- How to ask and listen, as a list of sentences.
function guide.rules(of)
  local rules = {}
  if of.how_many then rules[#rules + 1] = trn("ask {n} of them", "ask {n} of them", of.how_many) end
  if of.talk_most then
    rules[#rules + 1] = tr("talk at most {share} % of the time", { share = math.floor(of.talk_most * 100 + 0.5) })
  end
  if of.listening then rules[#rules + 1] = of.listening end
  return rules
end

return guide
