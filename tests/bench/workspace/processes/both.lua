process "relationship" {
  kind = "client", field = "status",
  stages = { "suspect", "prospect" },
}

process "sale" {
  kind = "deal", field = "stage",
  stages = { "prospecting", "qualifying", "proof" },
  ends = { won = "won", lost = "lost" },
}
