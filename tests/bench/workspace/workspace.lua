-- dealwright: api=1
-- What the bench measures; tests/bench/bare_*.c hold the same in C.

workspace { name = "Bench", currency = "USD" }
