-- What became of each segment: how many it holds now, and how their deals ended. Of a segment of clients all their deals
-- count, of a segment of deals these; other kinds have a size only. The win rate is won ÷ (won + lost): none without a
-- closed deal.

local segments = require "segments"

-- Deals by outcome over the members, by kind of segment.
local figures = {
  client = { won = sum "won_deals", lost = sum "lost_deals", open = sum "open_deals" },
  deal = { won = count { stage = "won" }, lost = count { stage = "lost" }, open = count { closed_on = unset } },
}

local function row_of(segment)
  local kind = segment.of or "client"
  local members = segments.members(segment)
  local row = { record = segment, segment = segment.name, of = kind, condition = segment.condition, size = members:count() }
  local found = figures[kind] and members:select(figures[kind]):first() or {}
  row.won, row.lost, row.open = found.won, found.lost, found.open
  local closed = (row.won or 0) + (row.lost or 0)
  if closed > 0 then row.win_rate = row.won / closed end
  return row
end

report "segments" {
  title = "Segments", title_ru = "Сегменты",
  help = "how large each segment is and how its deals ended", help_ru = "сколько в каждом сегменте и чем кончились его сделки",
  columns = {
    text    "segment"   { title = "Segment", title_ru = "Сегмент" },
    text    "of"        { title = "Of", title_ru = "Вид записей" },
    integer "size"      { title = "Size", title_ru = "Размер" },
    integer "open"      { title = "Open deals", title_ru = "Открытых сделок" },
    integer "won"       { title = "Won", title_ru = "Выиграно" },
    integer "lost"      { title = "Lost", title_ru = "Проиграно" },
    percent "win_rate"  { title = "Win rate", title_ru = "Доля выигранных", decimals = 1 },
    text    "condition" { title = "Condition", title_ru = "Условие" },
  },
  chart = { type = "stacked", x = "segment", y = { "won", "lost", "open" } },
  rows = function()
    local rows, notes = {}, { tr "Win rate: won ÷ (won + lost)." }
    for segment in records "segment":order_by "name":each() do
      local fine, row = pcall(row_of, segment)
      if fine then
        rows[#rows + 1] = row
      else
        -- what it names may have gone since it was saved
        rows[#rows + 1] = { record = segment, segment = segment.name, of = segment.of, condition = segment.condition }
        notes[#notes + 1] = tr("{segment} can't be read: {why}", { segment = segment.name, why = tostring(row) })
      end
    end
    return rows, notes
  end,
}
