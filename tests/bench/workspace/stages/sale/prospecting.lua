-- Five criteria, as a stage of a real process has them.

stage "sale.prospecting" {
  leave = {
    must "product" {
      "we know what they want",
      check = function(deal) return deal.product ~= nil end,
      fix = "set {deal} product=…",
    },
    must "price" {
      "the product has a price",
      check = function(deal) return deal.product.price ~= nil end,
      fix = "set {deal.product} price=…",
    },
    must "value" {
      "our added value is written down",
      check = function(deal) return deal.value_statement ~= nil and #deal.value_statement > 5 end,
      fix = "set {deal} value_statement=…",
    },
    must "next_step" {
      "the next step is known",
      check = function(deal) return deal.next_step ~= nil end,
      fix = "set {deal} next_step=…",
    },
    should "source" {
      "we know where it came from",
      check = function(deal) return deal.source == "fair" or deal.source == "web" end,
      fix = "set {deal} source=…",
    },
  },
}
