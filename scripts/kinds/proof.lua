-- Evidence shown in the proof stage, for something that was claimed.

kind "proof" {
  plural = "proofs",
  belongs_to = "deal",
  name_field = "claim",
  title = "Proof", title_ru = "Доказательство",
  text    "claim"    { required = true, title_ru = "Утверждение", help = "what it proves",
    help_ru = "что оно доказывает" },
  choice  "type"     { "reference", "trial", "calculation", "certificate", "visit",
    titles_ru = { "отзыв", "проба", "расчёт", "сертификат", "визит" }, required = true, title_ru = "Вид" },
  ref     "need"     { to = "need", title_ru = "Потребность", help = "the need that it proves we meet",
    help_ru = "потребность, которую мы, как доказано, закрываем" },
  boolean "accepted" { default = false, title_ru = "Принято", help = "the client accepts it as proof",
    help_ru = "клиент принимает это как доказательство" },
}

rollup "deal.accepted_proofs" { count "proof" { accepted = true }, title_ru = "Принятых доказательств" }
rollup "need.accepted_proofs" { count "proof" { accepted = true }, title_ru = "Принятых доказательств" }
