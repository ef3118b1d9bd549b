-- Which questions to ask in a stage, how many, how much to talk and how long to listen. What is shipped is a start:
-- 'starter' makes records of it, which are yours to change.

kind "question_guide" {
  plural = "question_guides", title = "Question guide", title_ru = "Памятка вопросов",
  text    "title"     { required = true, title_ru = "Название" },
  text    "stage"     { required = true, title_ru = "Этап",
    help = "the stage of a sale that it is for", help_ru = "для какого этапа продажи", indexed = true },
  text    "questions" { required = true, long = true, title_ru = "Вопросы", help = "one a line", help_ru = "по одному в строке" },
  integer "how_many"  { min = 1, title_ru = "Сколько задать",
    help = "how many to ask in one meeting", help_ru = "сколько задать за одну встречу" },
  percent "talk_most" { min = 0, max = 1, decimals = 0, title_ru = "Говорить не больше",
    help = "our share of the talking, at most", help_ru = "наша доля речи, не больше" },
  text    "listening" { title_ru = "Как слушать" },
}

records "question_guide" {
  { "guide.prospecting", stage = "prospecting", how_many = 4, talk_most = 0.5,
    title = "First talk", title_ru = "Первый разговор",
    questions = [[
What do you do, and for whom?
How do you do today what we could do for you?
Who else has a say in this?
What would have to happen for you to change it?]],
    questions_ru = [[
Чем вы занимаетесь и для кого?
Как вы сейчас решаете то, что могли бы решать мы?
Кто ещё участвует в решении?
Что должно произойти, чтобы вы захотели перемен?]],
    listening = "Say in one sentence who we are; then ask.",
    listening_ru = "Одной фразой – кто мы; дальше спрашивать." },
  { "guide.qualifying", stage = "qualifying", how_many = 5, talk_most = 0.4,
    title = "Is it worth both our time?", title_ru = "Стоит ли это времени обеих сторон?",
    questions = [[
What have you tried already, and how did it go?
What does it cost you to leave it as it is?
Who decides, and how were such decisions made before?
What budget is there, or who could make one?
By when do you want it solved, and why then?]],
    questions_ru = [[
Что вы уже пробовали и что вышло?
Во что обходится оставить всё как есть?
Кто решает и как такие решения принимались раньше?
Есть ли бюджет и кто мог бы его выделить?
К какому сроку это нужно решить и почему?]],
    listening = "Let silence be: who thinks will speak.",
    listening_ru = "Не бойтесь пауз: кто думает, тот заговорит." },
  { "guide.needs_analysis", stage = "needs_analysis", how_many = 6, talk_most = 0.3,
    title = "What does it give them?", title_ru = "Что это им даёт?",
    questions = [[
Where do you lose money with it today?
Where could it earn you more?
What would get simpler, and for whom?
How would your own clients notice?
What is that worth in a year, and how do you work that out?
Which of these matters most?]],
    questions_ru = [[
На чём вы сегодня теряете деньги?
Где это могло бы принести больше?
Что стало бы проще и для кого?
Что заметили бы ваши собственные клиенты?
Сколько это стоит за год и как вы это считаете?
Что из этого важнее всего?]],
    listening = "Repeat in their words; write those words down.",
    listening_ru = "Повторите их словами и этими же словами запишите." },
  { "guide.presentation", stage = "presentation", how_many = 4, talk_most = 0.5,
    title = "Show what they gain", title_ru = "Показать, что они выигрывают",
    questions = [[
Does this meet what you told us?
What is missing?
Who else has to see it?
What would you tell your director about it?]],
    questions_ru = [[
Отвечает ли это тому, о чём вы говорили?
Чего не хватает?
Кто ещё должен это увидеть?
Что вы скажете об этом своему директору?]],
    listening = "After each part ask, before the next one.",
    listening_ru = "После каждой части – вопрос, потом следующая." },
  { "guide.proof", stage = "proof", how_many = 3, talk_most = 0.4,
    title = "What convinces them?", title_ru = "Что их убедит?",
    questions = [[
What would you have to see to be sure?
Whom of our clients would you like to talk to?
How will you measure it?]],
    questions_ru = [[
Что вы должны увидеть, чтобы быть уверенными?
С кем из наших клиентов вы хотели бы поговорить?
Как вы это измерите?]],
    listening = "Their doubt first, then the evidence for just that.",
    listening_ru = "Сначала их сомнение, потом доказательство именно для него." },
  { "guide.closing", stage = "closing", how_many = 3, talk_most = 0.4,
    title = "What stands between us and the contract?", title_ru = "Что осталось до договора?",
    questions = [[
What is still open?
Who signs, and what does he need for it?
What happens in the first week after it?]],
    questions_ru = [[
Что ещё не решено?
Кто подписывает и что ему для этого нужно?
Что произойдёт в первую неделю после подписания?]],
    listening = "Ask for the contract, then be silent.",
    listening_ru = "Предложите договор – и молчите." },
}
