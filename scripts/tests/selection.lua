local selection = require "selection"

local function titles(list)
  local out = {}
  for i, each in ipairs(list) do out[i] = each.material.title .. " (" .. each.why .. ")" end
  return table.concat(out, ", ")
end

test "a kit is chosen by what is known of the client, needs first" {
  given = function(t)
    t.client = client { industry = "medical", city = "Казань" }
    t.deal = deal { client = t.client, title = "Сканеры" }
    need { deal = t.deal, statement = "Меньше звонков от пациентов", benefit = "cost" }
    material { title = "Fishing", type = "case", tags = "fishing" }
    material { title = "Catalogue", type = "catalogue", tags = "Medical, сканер" }
    material { title = "Savings", type = "calculation", tags = "cost; звонк; Казань" }
    material { title = "Untagged", type = "case" }
  end,
  expect = function(t)
    local said = titles(selection.of(t.client, nil, nil, 5))
    return said == "Savings (cost, звонк, казань), Catalogue (medical, сканер)", said
  end,
}

test "wanted tags choose too, and no more than asked for" {
  given = function(t)
    t.client = client { industry = "medical" }
    material { title = "Catalogue", type = "catalogue", tags = "medical" }
    material { title = "Fishing", type = "case", tags = "fishing, medical" }
  end,
  expect = function(t)
    local said = titles(selection.of(t.client, nil, "Fishing", 1))
    return said == "Fishing (fishing, medical)", said
  end,
}

test "who is a stranger to all material gets none" {
  given = function(t)
    t.client = client {}
    material { title = "Catalogue", type = "catalogue", tags = "medical" }
  end,
  expect = function(t) return #selection.of(t.client, nil, nil, 5) == 0 end,
}
