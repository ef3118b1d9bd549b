-- How a mailing's trial was answered, by variant. Definitions: modules/trials.lua.

local trials = require "trials"

local function sampled(campaign)
  if campaign.population == nil then return nil end
  return tr("The sample: {size} of {all}, drawn with seed {seed}.", {
    size = campaign.sample, all = campaign.population, seed = campaign.id })
end

report "trial" {
  title = "Trial of a mailing", title_ru = "Проба рассылки",
  help = "response rate with its 95 % interval by variant, and whether two variants differ",
    help_ru = "доля откликов с 95-процентным интервалом по вариантам и различаются ли они",
  params = {
    ref "campaign" { to = "campaign", required = true, help = "the mailing", help_ru = "рассылка" },
    choice "wave" { "trial", "full", default = "trial", help = "the trial, or the full mailing",
      help_ru = "проба или полная рассылка" },
  },
  columns = {
    text    "variant"  { title = "Variant", title_ru = "Вариант" },
    integer "sent"     { title = "Sent", title_ru = "Отправлено" },
    integer "answered" { title = "Answered", title_ru = "Ответили" },
    percent "rate"     { title = "Rate", title_ru = "Доля", decimals = 1 },
    percent "low"      { title = "At least", title_ru = "Не меньше", decimals = 1 },
    percent "high"     { title = "At most", title_ru = "Не больше", decimals = 1 },
  },
  chart = { type = "bar", x = "variant", y = "rate" },
  rows = function(p)
    local rows, all = trials.rates(p.campaign, p.wave)
    local comparison = trials.comparison(rows)
    if #rows ~= 1 then
      all.variant = tr "all"
      rows[#rows + 1] = all
    end
    local notes = { tr "Rate: recipients who answered ÷ recipients it was sent to; the bounds hold it with 95 % (Wilson)." }
    for _, note in ipairs { comparison or false, sampled(p.campaign) or false } do
      if note then notes[#notes + 1] = note end
    end
    return rows, notes
  end,
}
