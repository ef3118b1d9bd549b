-- Evidence shown in the proof stage, for something that was claimed.

kind "proof" {
  plural = "proofs",
  belongs_to = "deal",
  name_field = "claim",
  title = "Proof", title_ru = "Доказательство",
  text    "claim"    { required = true, title_ru = "Утверждение", help = "what it proves" },
  choice  "type"     { "reference", "trial", "calculation", "certificate", "visit", required = true, title_ru = "Вид" },
  ref     "need"     { to = "need", title_ru = "Потребность", help = "the need that it proves we meet" },
  boolean "accepted" { default = false, title_ru = "Принято", help = "the client accepts it as proof" },
}

rollup "deal.accepted_proofs" { count "proof" { accepted = true } }
rollup "need.accepted_proofs" { count "proof" { accepted = true } }
