-- What the stages of campaigns ask for alike.

local campaign_rules = {}

--- Follow-up begins at the latest so many days after the end.
campaign_rules.prompt_days = 3

--- What is still to be done at a stage: the items of the checklist, and a sentence that lists them.
function campaign_rules.open_items(campaign, stage)
  local open = campaign.checklist_items:where { stage = stage, done = false }:order_by "due":all()
  local said = {}
  for i, item in ipairs(open) do
    said[i] = "#" .. item.id .. " " .. item.what
    if item.who ~= nil then said[i] = said[i] .. " (" .. item.who.name .. ")" end
  end
  return #open, table.concat(said, ", ")
end

--- Whether a stage's checklist is done, with what is not.
function campaign_rules.is_done(campaign, stage)
  local count, said = campaign_rules.open_items(campaign, stage)
  return count == 0, count > 0 and said or nil
end

--- Whether all responses have reached an outcome, with how many have not.
function campaign_rules.is_worked(campaign)
  local left = campaign.unworked
  return left == 0, left > 0 and trn("{n} response is not worked", "{n} responses are not worked", left) or nil
end

--- Whether the work on responses began in time after the end; nil when it can't be told yet.
function campaign_rules.was_prompt(campaign)
  if campaign.ends_on == nil or campaign.first_worked == nil then return nil end
  return campaign.first_worked.date - campaign.ends_on <= campaign_rules.prompt_days
end

return campaign_rules
