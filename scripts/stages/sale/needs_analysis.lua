-- The first confirmed need that lacks something.
local function need_without(deal, field)
  return deal.needs:where { confirmed = true, [field] = unset }:first()
end

stage "sale.needs_analysis" {
  title = "Needs analysis", title_ru = "Анализ потребностей",
  purpose = "What does the purchase give the client: money, ease, or image?",
  purpose_ru = "Что покупка даст клиенту: деньги, удобство или имидж?",
  probability = 0.3, rot = days(14),

  leave = {
    must "confirmed_need" {
      "at least one need is confirmed by the client",
      text_ru = "хотя бы одна потребность подтверждена клиентом",
      check = function(deal) return deal.confirmed_needs >= 1 end,
      fix = function(deal)
        local need = deal.needs:first()
        if need then return "set #" .. need.id .. " confirmed=true" end
        return "new need deal=#" .. deal.id .. ' statement="…" benefit=cost confirmed=true'
      end,
    },
    should "quantified" {
      "it is known what each confirmed need is worth to the client",
      text_ru = "известно, сколько стоит клиенту каждая подтверждённая потребность",
      check = function(deal) return need_without(deal, "amount") == nil end,
      fix = function(deal) return "set #" .. need_without(deal, "amount").id .. " amount=…" end,
    },
    should "priorities" {
      "it is known which need matters most",
      text_ru = "известно, какая потребность важнее",
      only_for = function(deal) return deal.confirmed_needs > 1 end,
      check = function(deal) return need_without(deal, "priority") == nil end,
      fix = function(deal) return "set #" .. need_without(deal, "priority").id .. " priority=1" end,
    },
  },
}
