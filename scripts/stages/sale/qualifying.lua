-- The statement that fits the deal's product, else any for all products.
local function fitting_value(deal)
  return deal.product ~= nil and value_statements:where { product = deal.product }:first()
    or value_statements:where { product = unset }:first()
end

stage "sale.qualifying" {
  title = "Qualifying", title_ru = "Квалификация",
  purpose = "Is this client worth our time, and are we worth theirs?",
  purpose_ru = "Стоит ли клиент нашего времени, а мы – его?",
  probability = 0.15, rot = days(14),

  leave = {
    must "fit" {
      "the client fits us (grade A, B or C)",
      text_ru = "клиент нам подходит (оценка A, B или C)",
      needs = { "client" },
      check = function(deal)
        local grade = deal.client:grade "fit"
        return grade ~= nil and grade <= "C"
      end,
      fix = "set {deal.client} industry=… employees=…, then: score fit {deal.client}",
      fix_ru = "set {deal.client} industry=… employees=…, затем: score fit {deal.client}",
    },
    must "value" {
      "our added value for this client is written down",
      text_ru = "наша ценность для этого клиента записана",
      check = function(deal) return deal.value ~= nil end,
      fix = function(deal)
        local value = fitting_value(deal)
        if value then return "set #" .. deal.id .. " value=#" .. value.id end
        return tr("new value_statement statement=\"…\", then: set #{id} value=\"…\"", { id = deal.id })
      end,
    },
    should "value_fits" {
      "the added value is about what the deal sells",
      text_ru = "ценность относится к тому, что продаётся",
      only_for = function(deal) return deal.value ~= nil and deal.product ~= nil and deal.value.product ~= nil end,
      check = function(deal) return deal.value.product == deal.product end,
      fix = 'new value_statement statement="…" product={deal.product}, then: set {deal} value="…"',
      fix_ru = 'new value_statement statement="…" product={deal.product}, затем: set {deal} value="…"',
    },
    should "met" {
      "we have met in person",
      text_ru = "мы встречались лично",
      needs = { "client" },
      check = function(deal) return deal.client.meetings > 0 end,
      fix = 'meet {deal} 45m "…"',
    },
  },
}
