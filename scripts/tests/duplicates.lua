test "one company written in two alphabets is a duplicate" {
  given = function(t)
    t.a = client { name = "ООО «Ромашка»", phone = "8 495 123-45-67" }
    t.b = client { name = "Romashka Ltd", phone = "+7 (495) 123-45-67" }
    client { name = "Стройинвест" }
  end,
  expect = function(t)
    local found = doubles { within = "client" }
    return #found == 1 and found[1].first.id == t.a.id and found[1].second.id == t.b.id and found[1].phone == 1,
      "found " .. #found
  end,
}

test "colleagues who share a telephone are two people" {
  given = function(t)
    t.acme = client { name = "Acme" }
    contact { client = t.acme, name = "Ivan Petrov", phone = "+7 495 1234567" }
    contact { client = t.acme, name = "Ольга Сидорова", phone = "+7 495 1234567" }
  end,
  expect = function() return #doubles { within = "contact" } == 0 end,
}

test "a response with an outcome is no longer compared" {
  given = function(t)
    t.fair = campaign { name = "Expo" }
    contact { name = "Ivan Petrov", email = "ivan@acme.example", client = client { name = "Acme" } }
    t.open = response { campaign = t.fair, name = "Иван Петров", email = "Ivan@acme.example" }
    response { campaign = t.fair, name = "Ivan Petrov", email = "ivan@acme.example", outcome = "dismissed", reason = "twice" }
  end,
  expect = function(t)
    local found = doubles { within = "response" }
    return #found == 1 and found[1].second.id == t.open.id, "found " .. #found
  end,
}
