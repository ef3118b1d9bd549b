-- review: how do you judge yourself after a meeting? At a terminal it asks for what was not said.

local activity = require "activity"

local function check_held(record)
  if record.type ~= "meeting" and record.type ~= "call" then
    error(tr("#{id} is a {type}; meetings and calls are reviewed", { id = record.id, type = activity.type_word(record.type) }), 0)
  end
  if record.state ~= "held" then
    error(tr('#{id} was not held yet; afterwards: done #{id} "…"', { id = record.id }), 0)
  end
end

local function competence_called(word)
  local found = {}
  for competence in competences:each() do
    if competence.name:lower():sub(1, #word) == word:lower() then found[#found + 1] = competence end
  end
  if #found == 1 then return found[1] end
  local names = {}
  for i, competence in ipairs(competences:order_by "id":all()) do names[i] = competence.name end
  error(tr("'{word}' is not one of the competences: {names}", { word = word, names = table.concat(names, ", ") }), 0)
end

-- "investigates=4, serves 3" → { { competence, score } }
local function ratings_of(words)
  local list, rest = {}, words .. ","
  for name, score in rest:gmatch "%s*([^,;=%d]-)%s*=?%s*(%d+)%s*[,;%s]" do
    list[#list + 1] = { competence = competence_called(name), score = math.tointeger(score) }
  end
  if #list == 0 then error(tr("'{words}' rates nothing; write: investigates=4, serves=3", { words = words }), 0) end
  return list
end

local function add_ratings(p, ctx)
  if p.rates == nil then return end
  ctx:install "competence"
  for _, rating in ipairs(ratings_of(p.rates)) do
    ctx:create("rating", { competence = rating.competence, score = rating.score, activity = p.what, rated_on = ctx.today,
      owner = p.what.owner or activity.typist(ctx) })
  end
end

local function advice(record)
  local lines = {}
  if record.talk_share > 0.5 then lines[#lines + 1] = tr "more than half of the talking was yours: next time ask and listen" end
  if record.questions_asked == 0 then lines[#lines + 1] = tr "nothing was asked: 'prepare' lists questions for the stage" end
  return lines
end

command "review" {
  summary = "judge a meeting after it: self score, share of talking, questions, what was learned",
  summary_ru = "оценить встречу после неё: самооценка, доля речи, вопросы, что узнали",
  writes = true,
  params = {
    ref     "what"       { to = "activity", required = true, title_ru = "Встреча" },
    integer "self_score" { named = true, min = 1, max = 5, title_ru = "Самооценка",
      help = "1 poor, 5 excellent", help_ru = "1 – плохо, 5 – отлично",
      ask = "How do you judge yourself, from 1 (poor) to 5 (excellent)?",
      ask_ru = "Как вы оцениваете себя, от 1 (плохо) до 5 (отлично)?" },
    percent "talk_share" { named = true, min = 0, max = 1, title_ru = "Доля нашей речи",
      help = "how much of the talking was ours: 40%", help_ru = "какую часть времени говорили мы: 40%",
      ask = "How much of the talking was yours, in %?", ask_ru = "Какую часть времени говорили вы, в %?" },
    integer "questions"  { named = true, min = 0, title_ru = "Задано вопросов",
      ask = "How many questions did you ask?", ask_ru = "Сколько вопросов вы задали?" },
    text    "learned"    { named = true, title_ru = "Что узнали", ask = "What do you know now that you did not before?",
      ask_ru = "Что вы теперь знаете, чего не знали раньше?" },
    text    "next"       { named = true, title_ru = "Следующий шаг",
      help = "becomes a task", help_ru = "станет задачей", ask = "What is the next step?",
      ask_ru = "Какой следующий шаг?" },
    instant "by"         { named = true, title_ru = "Срок",
      help = "when the next step is due", help_ru = "к какому сроку следующий шаг" },
    text    "rates"      { named = true, title_ru = "Компетенции",
      help = "competences from 1 to 5: investigates=4, serves=3", help_ru = "компетенции от 1 до 5: исследует=4, служит=3" },
  },
  examples = { "review #77",
    'review #77 self_score=4 talk_share=40% questions=6 learned="they decide in May" next="send the calculation"',
    'review #77 self_score=3 rates="investigates=4, serves=3"' },
  run = function(p, ctx)
    check_held(p.what)
    ctx:set(p.what, { self_score = p.self_score or p.what.self_score, talk_share = p.talk_share or p.what.talk_share,
      questions_asked = p.questions or p.what.questions_asked, learned = p.learned or p.what.learned,
      next_step = p.next or p.what.next_step })
    add_ratings(p, ctx)
    local following = activity.follow_up(ctx, p.what, p.next, p.by)
    local lines = { activity.line(p.what) }
    if following then lines[#lines + 1] = activity.line(following) end
    for _, line in ipairs(advice(p.what)) do lines[#lines + 1] = line end
    return table.concat(lines, "\n")
  end,
}
