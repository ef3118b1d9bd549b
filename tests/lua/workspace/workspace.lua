-- dealwright: api=1
workspace { name = "For the tests of the language", currency = "EUR", languages = { "en", "ru" } }
