local segments = require "segments"

-- Whoever belongs to the target group now and was not in the trial.
local function add_the_others(campaign, ctx)
  local of = campaign.target_group.of or "client"
  local had = {}
  for recipient in campaign.recipients:each() do
    local record = recipient[of]
    if record ~= nil then had[record.id] = true end
  end
  for record in segments.members(campaign.target_group):order_by "id":each() do
    if not had[record.id] then
      ctx:create("recipient", { campaign = campaign, [of] = record, wave = "full", variant = campaign.variant or "A",
        client = of == "contact" and record.client or of == "client" and record or nil })
    end
  end
end

stage "mailing.full" {
  title = "Full mailing", title_ru = "Полная рассылка",
  purpose = "Then to the full list.", purpose_ru = "Затем – всему списку.",

  on_enter = add_the_others,
  leave = {
    must "sent" {
      "it was sent to everyone", text_ru = "отправлено всем",
      check = function(campaign)
        local left = campaign.unsent
        return left == 0, left > 0 and trn("{n} recipient is left", "{n} recipients are left", left) or nil
      end,
      fix = "sent {campaign}",
    },
  },
}
