-- Which material fits a client: a tag counts when it is among what we know of them.

local selection = {}

local weight = { wanted = 5, need = 3, product = 2, industry = 2, question = 1, place = 1 }

local function lowered(text) return text and text:lower() end

-- What is known of the client, as { text, weight }.
local function known_of(client, deal)
  local known = {}
  local function add(text, points)
    if text ~= nil and text ~= "" then known[#known + 1] = { text = lowered(tostring(text)), points = points } end
  end
  add(client.industry, weight.industry)
  add(client.size, weight.place)
  add(client.country, weight.place)
  add(client.city, weight.place)
  for _, each in ipairs(deal and { deal } or client.deals:where { closed_on = unset }:order_by "id":all()) do
    add(each.title, weight.product)
    if each.product ~= nil then
      add(each.product.name, weight.product)
      add(each.product.series, weight.product)
    end
    for need in each.needs:order_by "id":each() do
      add(need.statement, weight.need)
      add(need.benefit, weight.need)
    end
  end
  for question in client.questions:order_by "id":each() do add(question.text, weight.question) end
  return known
end

local function words_of(tags)
  local list = {}
  for tag in (tags or ""):gmatch "[^,;]+" do
    tag = lowered(tag:gsub("^%s+", ""):gsub("%s+$", ""))
    if tag ~= "" then list[#list + 1] = tag end
  end
  return list
end

local function fit(material, known, wanted)
  local points, why = 0, {}
  for _, tag in ipairs(words_of(material.tags)) do
    local best = wanted[tag] and weight.wanted or 0
    for _, each in ipairs(known) do
      if contains(each.text, tag) and each.points > best then best = each.points end
    end
    if best > 0 then points, why[#why + 1] = points + best, tag end
  end
  return points, table.concat(why, ", ")
end

--- The materials that fit best: { material, points, why }, at most `most`; tags: words that are wanted besides.
function selection.of(client, deal, tags, most)
  local known, wanted, found = known_of(client, deal), {}, {}
  for _, tag in ipairs(words_of(tags)) do wanted[tag] = true end
  for material in materials:order_by "id":each() do
    local points, why = fit(material, known, wanted)
    if points > 0 then found[#found + 1] = { material = material, points = points, why = why } end
  end
  table.sort(found, function(a, b)
    if a.points ~= b.points then return a.points > b.points end
    return a.material.id < b.material.id
  end)
  return table.move(found, 1, math.min(most, #found), 1, {})
end

return selection
