-- The six steps of a sale, in this order, and its two ends.

process "sale" {
  title = "Sale", title_ru = "Продажа",
  kind = "deal", field = "stage",
  stages = { "prospecting", "qualifying", "needs_analysis", "presentation", "proof", "closing" },
  ends   = { won = "won", lost = "lost" },
  skip = false, back = "with reason",
}
