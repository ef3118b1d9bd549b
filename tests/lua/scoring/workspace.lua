-- dealwright: api=1
workspace { name = "Scoring", currency = "EUR" }
