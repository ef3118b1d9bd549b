-- The text that the criteria of the benchmark read.

extend "deal" { text "value_statement" }
