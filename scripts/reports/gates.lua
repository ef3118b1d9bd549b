-- How the gates of our processes work: what they refuse, and who passed them all the same, and why. Attempts and moves
-- that were undone are not counted.

local params = {
  date "since" { default = "365 days ago", help = "moves from this day on", help_ru = "переходы с этого дня" },
  date "till"  { last_day = true, help = "moves up to this day", help_ru = "переходы по этот день" },
  text "process" { help = "only this process: sale", help_ru = "только этот процесс: sale" },
}

local missing = one_of { "fail", "broken" }

report "gates" {
  title = "Gates", title_ru = "Критерии переходов",
  help = "per criterion: how often it was asked, refused a move, and was overridden",
  help_ru = "по условиям: сколько раз проверялось, не пустило и было обойдено",
  params = params,
  columns = {
    text    "process"      { title = "Process", title_ru = "Процесс" },
    text    "from_stage"   { title = "From", title_ru = "Откуда" },
    text    "criterion"    { title = "Criterion", title_ru = "Критерий" },
    text    "level"        { title = "Level", title_ru = "Уровень" },
    integer "asked"        { title = "Asked", title_ru = "Спрошен" },
    integer "refused"      { title = "Refused", title_ru = "Отказал" },
    integer "overridden"   { title = "Overridden", title_ru = "Обойдён" },
    integer "broken"       { title = "Broken", title_ru = "Сломан" },
    percent "refusal_rate" { title = "Refusal rate", title_ru = "Доля отказов", decimals = 1 },
  },
  chart = { type = "bar", x = "criterion", y = "refused" },
  rows = function(p)
    local rows = verdicts:where { process = p.process, at = between(p.since, p.till) }
      :group_by { "process", "from_stage", "criterion", "level" }
      :select {
        asked = count { answer = is_not "exempt" },
        refused = count { answer = missing, level = "must", outcome = "refused" },
        overridden = count { answer = missing, level = "must", outcome = "forced" },
        broken = count { answer = "broken" },
      }
      :order_by("-refused", "process", "from_stage", "criterion"):all()
    for _, row in ipairs(rows) do
      if row.asked > 0 then row.refusal_rate = row.refused / row.asked end
    end
    return rows, { tr "Refused: the move failed and this criterion did not pass. Overridden: somebody forced the move past it." }
  end,
}

-- What a forced move went past, by record and moment.
local function passed_over(p)
  local found = {}
  local rows = verdicts:where { outcome = "forced", answer = missing, level = "must", at = between(p.since, p.till) }
    :select { path "id":as "id", path "at":as "at", path "criterion":as "criterion" }
  for row in rows:each() do
    local key = row.id .. " " .. tostring(row.at)
    found[key] = found[key] and found[key] .. ", " .. row.criterion or row.criterion
  end
  return found
end

-- The moves of a period with those outcomes, newest first, each with the name of its record.
local function moves(p, outcomes)
  local rows = transitions:where { outcome = outcomes, process = p.process, at = between(p.since, p.till) }
    :order_by("-at", "id")
    :select {
      path "id":as "id", path "at":as "at", path "process":as "process", path "from_stage":as "from", path "stage":as "to",
      path "actor":as "actor", path "reason":as "reason", path "deal":as "deal", path "client":as "client",
      path "campaign":as "campaign",
    }:all()
  for _, row in ipairs(rows) do
    row.record = name_of(row.deal or row.client or row.campaign)
  end
  return rows
end

report "overrides" {
  title = "Overrides", title_ru = "Переходы в обход",
  help = "moves that were forced past failing criteria: by whom, and the reason given",
  help_ru = "переводы вопреки условиям: кто и по какой причине",
  params = params,
  columns = {
    instant "at"       { title = "When", title_ru = "Когда" },
    integer "id"       { title = "#" },
    text    "record"   { title = "Record", title_ru = "Запись" },
    text    "process"  { title = "Process", title_ru = "Процесс" },
    text    "from"     { title = "From", title_ru = "Откуда" },
    text    "to"       { title = "To", title_ru = "Куда" },
    text    "criteria" { title = "Past", title_ru = "В обход" },
    text    "actor"    { title = "Who", title_ru = "Кто" },
    text    "reason"   { title = "Reason", title_ru = "Причина" },
  },
  chart = { type = "bar", x = "criteria", y = "count" },
  rows = function(p)
    local past, rows = passed_over(p), moves(p, "forced")
    for _, row in ipairs(rows) do row.criteria = past[row.id .. " " .. tostring(row.at)] end
    return rows
  end,
}

-- Whether a move led to an earlier stage; of a process that is no more nobody knows.
local function leads_back(row, positions)
  local order = positions[row.process]
  if not order then
    order = {}
    local known, stages = pcall(stages_of, row.process)
    for i, stage in ipairs(known and stages or {}) do order[stage.name] = i end
    positions[row.process] = order
  end
  return order[row.from] ~= nil and order[row.to] ~= nil and order[row.to] < order[row.from]
end

report "demotions" {
  title = "Steps back", title_ru = "Шаги назад",
  help = "records that were taken back to an earlier stage: by whom, and the reason given",
  help_ru = "возвраты на прежний этап: кто и по какой причине",
  params = params,
  columns = {
    instant "at"      { title = "When", title_ru = "Когда" },
    integer "id"      { title = "#" },
    text    "record"  { title = "Record", title_ru = "Запись" },
    text    "process" { title = "Process", title_ru = "Процесс" },
    text    "from"    { title = "From", title_ru = "Откуда" },
    text    "to"      { title = "To", title_ru = "Куда" },
    text    "actor"   { title = "Who", title_ru = "Кто" },
    text    "reason"  { title = "Reason", title_ru = "Причина" },
  },
  chart = { type = "bar", x = "from", y = "count" },
  rows = function(p)
    local back, positions = {}, {}
    for _, row in ipairs(moves(p, one_of { "moved", "forced" })) do
      if row.from ~= nil and row.to ~= nil and leads_back(row, positions) then back[#back + 1] = row end
    end
    return back
  end,
}
