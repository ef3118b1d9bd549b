-- MEDDICC: metrics, economic buyer, decision criteria, decision process, identified pain, champion, competition. For
-- large sales with many who have a say.

scorecard "meddicc" {
  title = "MEDDICC", title_ru = "Квалификация MEDDICC",
  kind = "deal",
  grades = { A = 85, B = 60, C = 30 },

  rule "metrics" {
    "the client's measure of success is known", text_ru = "мерило успеха клиента известно", points = 15,
    where = { metrics = is_set },
  },
  rule "economic_buyer" {
    "we know who can say yes", text_ru = "известно, кто может сказать «да»", points = 15,
    where = { decision_maker = is_set },
  },
  rule "decision_criteria" {
    "we know by what offers are compared", text_ru = "известно, по чему сравнивают предложения", points = 15,
    where = { decision_criteria = is_set },
  },
  rule "decision_process" {
    "we know how it is decided", text_ru = "известно, как принимают решение", points = 15,
    where = { decision_process = is_set },
  },
  rule "pain" {
    "the client has confirmed a need", text_ru = "клиент подтвердил потребность", points = 15,
    where = { confirmed_needs = over(0) },
  },
  rule "champion" {
    "somebody there speaks for us", text_ru = "у нас там есть сторонник", points = 15,
    where = { champion = is_set },
  },
  rule "competition" {
    "we know whom else they consider", text_ru = "известно, кого ещё рассматривают", points = 10,
    where = { competitor = is_set },
  },
}
