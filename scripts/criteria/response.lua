-- A response leads to somebody, and its outcome says what became of it.

accept "response" {
  must "someone" {
    "it says whose it is: a name, a company, an address or a number",
    text_ru = "известно, чей он: имя, компания, адрес или телефон",
    check = function(response)
      return response.name ~= nil or response.company ~= nil or response.email ~= nil or response.phone ~= nil
    end,
    fix = 'set {response} name="…"',
  },
  must "reason" {
    "what is dismissed has a reason", text_ru = "у отклонённого есть причина",
    only_for = function(response) return response.outcome == "dismissed" end,
    check = function(response) return response.reason ~= nil end,
    fix = 'dismiss {response} "…"',
  },
  must "leads_somewhere" {
    "what is converted or merged leads to a client or a contact", text_ru = "обработанный ведёт к клиенту или контакту",
    only_for = function(response) return response.outcome == "converted" or response.outcome == "merged" end,
    check = function(response) return response.client ~= nil or response.contact ~= nil end,
    fix = "convert {response}",
  },
}
