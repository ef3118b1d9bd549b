-- Where time went: what was held, by what it was, and by what it was worth.

local held_in = {
  date "since" { default = "30 days ago", title_ru = "С",
    help = "held on this day or later", help_ru = "состоялось в этот день или позже" },
  date "till" { last_day = true, title_ru = "По", help = "held on this day or earlier", help_ru = "состоялось в этот день или раньше" },
  ref "owner" { to = "user", title_ru = "Ответственный", help = "only this person's", help_ru = "только этого человека" },
}

local function held(p) return activities:where { state = "held", owner = p.owner, done_at = between(p.since, p.till) } end

local function share(part, whole) return whole and whole > 0 and (part or 0) / whole or nil end

local by = { type = "type", owner = "owner.name", client = "client.name", week = "week(done_at)", month = "month(done_at)" }

-- Minutes are those that were written down; what has none is counted, and adds nothing. With clients: what names one.
report "time" {
  title = "Where the time went", title_ru = "На что ушло время",
  help = "minutes spent and prepared, by type, person, client, week or month",
  help_ru = "минуты встреч и подготовки по видам, людям, клиентам, неделям или месяцам",
  params = {
    choice "by" { "type", "owner", "client", "week", "month", default = "type", help = "one row per", help_ru = "строка на" },
    held_in[1], held_in[2], held_in[3],
  },
  columns = {
    text    "group"     { title = "Group", title_ru = "Группа" },
    integer "count"     { title = "Held", title_ru = "Состоялось" },
    minutes "spent"     { title = "Spent", title_ru = "Заняло" },
    minutes "prepared"  { title = "Prepared", title_ru = "Подготовка" },
    minutes "clients"   { title = "With clients", title_ru = "С клиентами" },
    percent "share"     { title = "Share of time", title_ru = "Доля времени", decimals = 1 },
    integer "unmeasured" { title = "Without minutes", title_ru = "Без минут" },
  },
  chart = { x = "group", y = "spent" },
  rows = function(p)
    local rows = held(p):group_by { group = by[p.by] }:order_by "group":select {
      count = count(), spent = sum "minutes_spent", prepared = sum "minutes_prepared",
      clients = sum "minutes_spent" { client = is_set }, unmeasured = count { minutes_spent = unset },
    }:all()
    local total = 0
    for _, row in ipairs(rows) do total = total + (row.spent or 0) + (row.prepared or 0) end
    for _, row in ipairs(rows) do row.share = share((row.spent or 0) + (row.prepared or 0), total) end
    return rows, { tr "Share of time: (spent + prepared) ÷ all that was spent and prepared." }
  end,
}

local function quadrants()
  return {
    { tr "important and urgent", important = true, urgent = true },
    { tr "important, not urgent", important = true, urgent = false },
    { tr "urgent, not important", important = false, urgent = true },
    { tr "neither", important = false, urgent = false },
  }
end

-- The square named after Eisenhower: important by urgent. The second row is where preparation lives.
report "eisenhower" {
  title = "Important and urgent", title_ru = "Важное и срочное",
  help = "time and number of activities by importance and urgency", help_ru = "время и число действий по важности и срочности",
  params = held_in,
  columns = {
    text    "quadrant" { title = "Quadrant", title_ru = "Квадрант" },
    integer "count"    { title = "Held", title_ru = "Состоялось" },
    minutes "spent"    { title = "Spent", title_ru = "Заняло" },
    percent "share"    { title = "Share of time", title_ru = "Доля времени", decimals = 1 },
    integer "planned"  { title = "Planned", title_ru = "Намечено" },
  },
  chart = { type = "bar", x = "quadrant", y = "spent" },
  rows = function(p)
    local rows, total = {}, held(p):value(sum "minutes_spent") or 0
    for i, quadrant in ipairs(quadrants()) do
      local square = { important = quadrant.important, urgent = quadrant.urgent }
      local inside = held(p):where(square)
      rows[i] = { quadrant = quadrant[1], count = inside:count(), spent = inside:value(sum "minutes_spent"),
        planned = activities:where { state = "planned", owner = p.owner }:where(square):count() }
      rows[i].share = share(rows[i].spent, total)
    end
    return rows
  end,
}

-- How we talk to clients: shares of meetings, calls, mails and letters among those four.
report "activity_mix" {
  title = "How we talk to clients", title_ru = "Как мы общаемся с клиентами",
  help = "share of meetings, calls, mails and letters, by person, client or month",
  help_ru = "доли встреч, звонков и писем по людям, клиентам или месяцам",
  params = {
    choice "by" { "owner", "client", "month", default = "owner", help = "one row per", help_ru = "строка на" },
    held_in[1], held_in[2], held_in[3],
  },
  columns = {
    text    "group"    { title = "Group", title_ru = "Группа" },
    integer "meetings" { title = "Meetings", title_ru = "Встречи" },
    integer "calls"    { title = "Calls", title_ru = "Звонки" },
    integer "mails"    { title = "Mails", title_ru = "Эл. письма" },
    integer "letters"  { title = "Letters", title_ru = "Письма" },
    percent "in_person" { title = "In person", title_ru = "Лично", decimals = 1 },
    percent "by_phone" { title = "By phone", title_ru = "По телефону", decimals = 1 },
    percent "written"  { title = "In writing", title_ru = "Письменно", decimals = 1 },
  },
  chart = { type = "stacked", x = "group", y = { "meetings", "calls", "mails", "letters" } },
  rows = function(p)
    local talks = held(p):where { type = one_of { "meeting", "call", "mail", "letter" } }
    local rows = talks:group_by { group = by[p.by] }:order_by "group":select {
      meetings = count { type = "meeting" }, calls = count { type = "call" }, mails = count { type = "mail" },
      letters = count { type = "letter" },
    }:all()
    for _, row in ipairs(rows) do
      local all = row.meetings + row.calls + row.mails + row.letters
      row.in_person, row.by_phone = share(row.meetings, all), share(row.calls, all)
      row.written = share(row.mails + row.letters, all)
    end
    return rows
  end,
}
