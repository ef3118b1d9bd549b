test "a response that says nobody's name, company, address or number is refused" {
  given = function(t) t.response = response { campaign = campaign { name = "Expo" }, name = unset, notes = "wants a chair" } end,
  expect_refused = { "response", by = { "someone" } },
}

test "a dismissed response needs a reason" {
  given = function(t)
    t.response = response { campaign = campaign { name = "Выставка" }, email = "ivan@acme.example", outcome = "dismissed" }
  end,
  expect_refused = { "response", by = { "reason" } },
}

test "a converted response leads to a client or a contact" {
  given = function(t)
    t.response = response { campaign = campaign { name = "Expo" }, email = "ivan@acme.example", outcome = "converted" }
  end,
  expect_refused = { "response", by = { "leads_somewhere" } },
}

test "a response that was worked with its reason, or its client, is accepted" {
  given = function(t)
    local fair = campaign { name = "Expo" }
    t.dismissed = response { campaign = fair, email = "ivan@acme.example", outcome = "dismissed", reason = "a student" }
    t.converted = response { campaign = fair, email = "anna@acme.example", outcome = "converted", client = client {} }
  end,
  expect = function(t) return t.dismissed:accepted().allowed and t.converted:accepted().allowed end,
}

test "a response that waits is accepted" {
  given = function(t) t.response = response { campaign = campaign { name = "Expo" }, phone = "+7 495 123-45-67" } end,
  expect_accepted = { "response" },
}

test "the first response that was worked dates the follow-up" {
  given = function(t)
    t.fair = campaign { name = "Expo" }
    t.client = client { name = "Acme" }
    response { campaign = t.fair, email = "a@acme.example", client = t.client, outcome = "converted" }
    response { campaign = t.fair, email = "b@acme.example" }
  end,
  expect = function(t)
    return t.fair.unworked == 1 and t.fair.answers == 2 and t.fair.first_worked == now()
  end,
}

local cards = require "cards"

local function reads(line, expected)
  local fields = cards.of_line(line)
  for name, value in pairs(expected) do
    if fields[name] ~= value then
      return false, line .. ": " .. name .. " is " .. tostring(fields[name]) .. ", not " .. value
    end
  end
  return true
end

test "a typed line is read as a card: name, company, role, address and number" {
  expect = function()
    local lines = {
      { "Ivan Petrov, Acme GmbH, ivan@acme.example, +7 495 123-45-67",
        { name = "Ivan Petrov", company = "Acme GmbH", email = "ivan@acme.example", phone = "+7 495 123-45-67" } },
      { "ООО «Ромашка», Иван Петров, главный инженер, тел. 8 (495) 123-45-67",
        { name = "Иван Петров", company = "ООО «Ромашка»", role = "главный инженер", phone = "8 (495) 123-45-67" } },
      { "Rosewater Clinic; Dr. Anna Weber; a.weber@rosewater.example; mob +49 170 1234567",
        { name = "Dr. Anna Weber", company = "Rosewater Clinic", phone = "+49 170 1234567" } },
      { "Acme, Ivan Petrov", { name = "Ivan Petrov", company = "Acme" } },
      { "Петров И.С., first@x.example, second@x.example", { email = "first@x.example", notes = "e-mail: second@x.example" } },
      { "Bob Stone, wants 3 scanners", { name = "Bob Stone", notes = "wants 3 scanners" } },
    }
    for _, each in ipairs(lines) do
      local well, wrong = reads(each[1], each[2])
      if not well then return false, wrong end
    end
    return true
  end,
}

test "nothing that a vCard says is lost" {
  expect = function()
    local card = vcards(table.concat({ "BEGIN:VCARD", "VERSION:3.0", "N:Петров;Иван;;;", "ORG:ООО Ромашка;Отдел закупок",
      "EMAIL:ivan@a.example", "EMAIL:ivan@b.example", "X-JABBER:ivan", "PHOTO;ENCODING=b:AAAA", "END:VCARD", "" }, "\n"))[1]
    local fields = cards.of_vcard(card)
    return fields.name == "Иван Петров" and fields.company == "ООО Ромашка" and fields.email == "ivan@a.example"
      and contains(fields.notes, "Отдел закупок") and contains(fields.notes, "ivan@b.example")
      and contains(fields.notes, "X-JABBER: ivan") and contains(fields.notes, "PHOTO: 3"), fields.notes
  end,
}
