-- What a group of records has in common: which values of which fields are more frequent in it than among all of their
-- kind, and how that may be chance. The group is always a part of those that it is compared with.

local profile = {
  support = 5,      -- a value that fewer records have is not judged: it could not be told from chance
  most_values = 50, -- of one field, the most frequent first
  sure = 0.05,      -- the share of false findings that is put up with
  caution = 10,     -- records as usual that are added to those with a value before it gives points: few say little
}

local numeric = { integer = true, number = true, money = true, percent = true, minutes = true }
local whole = { integer = true, minutes = true }
local skipped = { email = true, phone = true, url = true }

-- Fields that describe a record rather than name it or say where we are with it.
local function tells(field)
  return field.stored and not (field.engine or field.long or skipped[field.type] or field.to == "user")
    and field.name ~= "external_id" and field.name ~= "name" and field.name ~= "title"
end

--- The fields of a kind that are compared: those that `words` names ("industry,country"), or all that tell something.
function profile.fields(kind, words)
  local chosen, known = {}, {}
  for _, field in ipairs(fields_of(kind)) do
    known[field.name] = field
    if not words and tells(field) then chosen[#chosen + 1] = field end
  end
  for name in string.gmatch(words or "", "[^,%s]+") do
    if not known[name] then error(tr("{kind} has no field '{name}'", { kind = kind, name = name }), 0) end
    chosen[#chosen + 1] = known[name]
  end
  return chosen
end

local function label_of(value)
  return value == nil and tr "(unset)" or tostring(value)
end

-- Values by themselves: { value, label, base, group }.
local function by_value(field, base, group)
  local path = (field.type == "date" or field.type == "instant") and "year(" .. field.name .. ")" or field.name
  local function counted(query) return query:group_by { value = path }:select { n = count() } end
  local in_group, out = {}, {}
  for row in counted(group):each() do in_group[label_of(row.value)] = row.n end
  for row in counted(base):order_by("-n", "value"):limit(profile.most_values):each() do
    local label = label_of(row.value)
    out[#out + 1] = { value = row.value, label = label, base = row.n, group = in_group[label] or 0 }
  end
  return out
end

-- A set of choices: each by itself.
local function by_choice(field, base, group)
  local figures = {}
  for i, choice in ipairs(field.choices) do figures["n" .. i] = count { [field.name] = contains(choice) } end
  local all, some, out = base:select(figures):first(), group:select(figures):first(), {}
  for i, choice in ipairs(field.choices) do
    out[i] = { value = choice, label = choice, base = all["n" .. i], group = some["n" .. i] }
  end
  return out
end

-- Amounts are compared within the currency that most of them have.
local function main_currency(field, base)
  if field.type ~= "money" then return nil end
  local found = base:where { [field.name] = is_set }:group_by { currency = field.name .. ".currency" }
    :select { n = count() }:order_by("-n", "currency"):first()
  return found and found.currency
end

-- Quarters of all: { cuts, currency }; fewer where many are equal.
local function bands_of(field, base)
  local currency, cuts = main_currency(field, base), {}
  if currency then base = base:where { [field.name .. ".currency"] = currency } end
  for _, share in ipairs { 0.25, 0.5, 0.75 } do
    local cut = base:value(percentile(field.name, share))
    if whole[field.type] and cut then cut = math.ceil(cut) end
    if cut ~= nil and (#cuts == 0 or cuts[#cuts] < cut) then cuts[#cuts + 1] = cut end
  end
  return cuts, currency
end

local function band_label(cuts, i)
  if i == 1 then return "< " .. tostring(cuts[1]) end
  if i > #cuts then return "≥ " .. tostring(cuts[#cuts]) end
  return tostring(cuts[i - 1]) .. " … < " .. tostring(cuts[i])
end

-- How many lie in each band, from how many lie under each cut.
local function in_bands(field, query, cuts, currency)
  local figures = { set = count { [field.name] = is_set }, unset = count { [field.name] = unset } }
  if currency then figures.set = count { [field.name .. ".currency"] = currency } end
  for i, cut in ipairs(cuts) do figures["under" .. i] = count { [field.name] = under(cut) } end
  local row, out, below = query:select(figures):first(), {}, 0
  for i = 1, #cuts do
    out[i], below = row["under" .. i] - below, row["under" .. i]
  end
  out[#cuts + 1] = row.set - below
  return out, row.unset
end

local function by_band(field, base, group)
  local cuts, currency = bands_of(field, base)
  if #cuts == 0 then return {} end
  local all, all_unset = in_bands(field, base, cuts, currency)
  local some, some_unset = in_bands(field, group, cuts, currency)
  local out = { cuts = cuts, currency = currency }
  for i = 1, #all do out[i] = { value = i, label = band_label(cuts, i), base = all[i], group = some[i] } end
  out[#out + 1] = { label = label_of(nil), base = all_unset, group = some_unset }
  return out
end

local function counts_of(field, base, group)
  if field.type == "choices" then return by_choice(field, base, group) end
  if numeric[field.type] then return by_band(field, base, group) end
  return by_value(field, base, group)
end

local function share(part, all)
  if all > 0 then return part / all end
end

-- Whether the value is more or less frequent in the group than among the rest, by Fisher's exact test.
local function judge(entry, sizes)
  entry.group_share, entry.base_share = share(entry.group, sizes.group), share(entry.base, sizes.base)
  entry.lift = entry.base_share > 0 and entry.group_share and entry.group_share / entry.base_share or nil
  entry.p = stats.fisher(entry.group, sizes.group, entry.base - entry.group, sizes.base - sizes.group)
end

--- Every value that could be judged: { field, title, label, group, base, group_share, base_share, lift, p, sure }, p
-- corrected for their number (Benjamini & Hochberg 1995); and the sizes { group, base }.
function profile.compare(base, group, fields)
  local sizes, found, chances = { group = group:count(), base = base:count() }, {}, {}
  if sizes.group == 0 or sizes.group == sizes.base then return found, sizes end
  for _, field in ipairs(fields) do
    for _, entry in ipairs(counts_of(field, base, group)) do
      if entry.base >= profile.support and entry.base < sizes.base then
        entry.field, entry.title = field.name, field.title
        judge(entry, sizes)
        found[#found + 1], chances[#chances + 1] = entry, entry.p
      end
    end
  end
  for i, p in ipairs(stats.correct(chances)) do
    found[i].p, found[i].sure = p, p < profile.sure
  end
  return found, sizes
end

--- The best clients: the loyal ones; when there are none, the quarter of the buyers who bought most; when amounts are not
-- known, all buyers. Gives the query and what it is in words.
function profile.best()
  local loyal = clients:where { status = "loyal" }
  if loyal:count() > 0 then return loyal, tr "loyal clients" end
  local buyers = clients:where { won_deals = over(0) }
  local limit = buyers:value(percentile("won_amount", 0.75))
  if limit == nil then return buyers, tr "clients who bought" end
  return buyers:where { won_amount = from(limit) }, tr("clients who bought for {limit} or more (the best quarter of buyers)", { limit = limit })
end

-- Points in tenths: ten times the binary logarithm of how much more often those with the value are among the best than
-- all are. `caution` records of which as many as usual are among the best are added to them (m-estimate: Cestnik 1990),
-- so that what a few show by chance stays near zero. Ten points are twice as often, minus ten half as often.
local function points_of(entry, sizes)
  local usual = sizes.group / sizes.base
  local seen = (entry.group + profile.caution * usual) / (entry.base + profile.caution)
  return math.floor(100 * math.log(seen / usual, 2) + 0.5) / 10
end

local function learned_field(field, base, group, sizes)
  local counts = counts_of(field, base, group)
  local out = { cuts = counts.cuts, currency = counts.currency, values = {} }
  for _, entry in ipairs(counts) do
    if entry.value ~= nil then
      local key = type(entry.value) == "record" and entry.value.id or entry.value
      out.values[tostring(key)] = { points = points_of(entry, sizes), label = entry.label, group = entry.group, base = entry.base }
    end
  end
  return out
end

--- What `lookalike` goes by: for each named field the points of its values.
function profile.learn(names)
  local group, words = profile.best()
  local sizes = { group = group:count(), base = clients:count() }
  local model = { best = words, group = sizes.group, base = sizes.base, fields = {} }
  if sizes.group > 0 and sizes.group < sizes.base then
    for _, field in ipairs(profile.fields("client", table.concat(names, ","))) do
      model.fields[field.name] = learned_field(field, clients, group, sizes)
    end
  end
  return model
end

local function band_of(value, field)
  if field.currency and value.currency ~= field.currency then return nil end
  for i, cut in ipairs(field.cuts) do
    if value < cut then return i end
  end
  return #field.cuts + 1
end

--- What was learned about a value: { points, label, group, base }, or nil when nothing was.
function profile.known(model, name, value)
  local field = model.fields[name]
  if field == nil or value == nil then return nil end
  if field.cuts then value = band_of(value, field) end
  if type(value) == "record" then value = value.id end
  return value ~= nil and field.values[tostring(value)] or nil
end

--- The points for it; what is not known says nothing.
function profile.resemblance(model, name, value)
  local known = profile.known(model, name, value)
  return known and known.points or 0
end

return profile
