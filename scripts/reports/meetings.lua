-- How meetings are prepared, held and judged.

local function share(part, whole) return whole and whole > 0 and (part or 0) / whole or nil end

local by = { owner = "owner.name", month = "month(done_at)", client = "client.name", stage = "deal.stage" }

local held_in = {
  date "since" { default = "90 days ago", title_ru = "С",
    help = "held on this day or later", help_ru = "состоялось в этот день или позже" },
  date "till" { last_day = true, title_ru = "По", help = "held on this day or earlier", help_ru = "состоялось в этот день или раньше" },
  ref "owner" { to = "user", title_ru = "Ответственный", help = "only this person's", help_ru = "только этого человека" },
}

local most_talk = 0.5 -- who talks more does not listen

local function held(p)
  return activities:where { type = "meeting", state = "held", owner = p.owner, done_at = between(p.since, p.till) }
end

report "meetings" {
  title = "Meetings and how we judge them", title_ru = "Встречи и как мы их оцениваем",
  help = "self score, share of talking and questions, by person, month, client or stage",
  help_ru = "самооценка, доля речи и вопросы по людям, месяцам, клиентам или этапам",
  params = {
    choice "by" { "owner", "month", "client", "stage", default = "owner", help = "one row per", help_ru = "строка на" },
    held_in[1], held_in[2], held_in[3],
  },
  columns = {
    text    "group"      { title = "Group", title_ru = "Группа" },
    integer "meetings"   { title = "Meetings", title_ru = "Встреч" },
    integer "reviewed"   { title = "Reviewed", title_ru = "Оценено" },
    number  "self_score" { title = "Self score", title_ru = "Самооценка", decimals = 2 },
    percent "talk_share" { title = "Our talking", title_ru = "Говорим мы", decimals = 0 },
    integer "talky"      { title = "Over 50 %", title_ru = "Больше 50 %" },
    number  "questions"  { title = "Questions", title_ru = "Вопросов", decimals = 1 },
    text    "flag"       { title = "Flag", title_ru = "Отметка" },
  },
  chart = { x = "group", y = "self_score" },
  rows = function(p)
    local rows = held(p):group_by { group = by[p.by] }:order_by "group":select {
      meetings = count(), reviewed = count { self_score = is_set }, self_score = average "self_score",
      talk_share = average "talk_share", talky = count { talk_share = over(most_talk) }, questions = average "questions_asked",
    }:all()
    for _, row in ipairs(rows) do row.flag = row.talk_share > most_talk and tr "talks too much" or nil end
    return rows, { tr "Means are of the meetings that say the figure." }
  end,
}

-- The win rate by how well meetings were prepared: of closed deals, those with a meeting of known length. A band is minutes
-- prepared ÷ minutes spent, over all meetings of the deal.
local function bands()
  return { { tr "unprepared", 0 }, { tr "up to 1:1", 1 }, { tr "up to 3:1", 3 }, { tr "up to 9:1", 9 }, { tr "more", math.huge } }
end

local function band_of(ratio)
  for i, band in ipairs(bands()) do
    if ratio <= band[2] then return i end
  end
end

local function by_band(p)
  local rows = {}
  for i, band in ipairs(bands()) do rows[i] = { group = band[1], meetings = 0, won = 0, lost = 0 } end
  local sums = held(p):where { ["deal.stage"] = one_of { "won", "lost" }, minutes_spent = over(0) }
    :group_by { deal = "deal.id", stage = "deal.stage" }
    :select { meetings = count(), prepared = sum "minutes_prepared", spent = sum "minutes_spent" }
  for each in sums:each() do
    local row = rows[band_of((each.prepared or 0) / each.spent)]
    row.meetings, row.spent = row.meetings + each.meetings, (row.spent or 0) + each.spent
    row.prepared = (row.prepared or 0) + (each.prepared or 0)
    row[each.stage] = row[each.stage] + 1
  end
  for _, row in ipairs(rows) do row.win_rate = share(row.won, row.won + row.lost) end
  return rows
end

local preparation_by = { owner = "owner.name", stage = "deal.stage", outcome = "deal.stage", month = "month(done_at)" }

report "preparation" {
  title = "Preparing and selling", title_ru = "Подготовка и продажа",
  help = "minutes prepared against minutes spent, and the win rate by how well meetings were prepared",
  help_ru = "минуты подготовки против минут встреч и доля побед по степени подготовки",
  params = {
    choice "by" { "owner", "stage", "outcome", "month", "band", default = "owner",
      help = "one row per; outcome: of closed deals", help_ru = "строка на; outcome – по закрытым сделкам" },
    held_in[1], held_in[2], held_in[3],
  },
  columns = {
    text    "group"    { title = "Group", title_ru = "Группа" },
    integer "meetings" { title = "Meetings", title_ru = "Встреч" },
    minutes "prepared" { title = "Prepared", title_ru = "Подготовка" },
    minutes "spent"    { title = "Spent", title_ru = "Заняло" },
    percent "share"    { title = "Prepared, of all", title_ru = "Подготовка, доля", decimals = 1 },
    number  "ratio"    { title = "Prepared ÷ spent", title_ru = "Подготовка ÷ встреча", decimals = 2 },
    integer "won"      { title = "Deals won", title_ru = "Выиграно" },
    integer "lost"     { title = "Deals lost", title_ru = "Проиграно" },
    percent "win_rate" { title = "Win rate", title_ru = "Доля выигранных", decimals = 1 },
  },
  chart = { x = "group", y = "share" },
  rows = function(p)
    local rows
    if p.by == "band" then
      rows = by_band(p)
    else
      local wanted = held(p)
      if p.by == "outcome" then wanted = wanted:where { ["deal.stage"] = one_of { "won", "lost" } } end
      rows = wanted:group_by { group = preparation_by[p.by] }:order_by "group":select {
        meetings = count(), prepared = sum "minutes_prepared", spent = sum "minutes_spent" }:all()
    end
    for _, row in ipairs(rows) do
      row.ratio = share(row.prepared, row.spent)
      row.share = share(row.prepared, (row.prepared or 0) + (row.spent or 0))
    end
    return rows, { tr "The aim is 90 % prepared, of all." }
  end,
}

report "competences" {
  title = "Competences", title_ru = "Компетенции",
  help = "mean, lowest and highest rating of each competence, by person",
  help_ru = "средняя, низшая и высшая оценка каждой компетенции по людям",
  params = {
    date "since" { default = "365 days ago", title_ru = "С",
      help = "rated on this day or later", help_ru = "оценено в этот день или позже" },
    ref "owner" { to = "user", title_ru = "Ответственный", help = "only this person's", help_ru = "только этого человека" },
  },
  columns = {
    text    "competence" { title = "Competence", title_ru = "Компетенция" },
    text    "owner"      { title = "Who", title_ru = "Кто" },
    integer "ratings"    { title = "Ratings", title_ru = "Оценок" },
    number  "mean"       { title = "Mean", title_ru = "Среднее", decimals = 2 },
    integer "lowest"     { title = "Lowest", title_ru = "Низшая" },
    integer "highest"    { title = "Highest", title_ru = "Высшая" },
    date    "last"       { title = "Last rated", title_ru = "Последняя" },
  },
  chart = { type = "heat", x = "owner", y = "mean", by = "competence" },
  rows = function(p)
    return ratings:where { owner = p.owner, rated_on = from(p.since) }
      :group_by { competence = "competence.name", owner = "owner.name" }
      :select { ratings = count(), mean = average "score", lowest = minimum "score", highest = maximum "score",
        last = maximum "rated_on" }
      :order_by("competence", "owner")
  end,
}
