-- Open deals and how long nobody touched them.

local open_deals = {}

--- The names of the open stages, and rot days by stage.
function open_deals.stages()
  local names, rot = {}, {}
  for _, stage in ipairs(stages_of "sale") do
    if stage.ending == "open" then
      names[#names + 1] = stage.name
      rot[stage.name] = stage.rot
    end
  end
  return names, rot
end

--- Open deals of that owner, or of everybody.
function open_deals.of(owner) return deals:where { stage = one_of(open_deals.stages()), owner = owner } end

--- Days since a deal was moved, or something was held with it, whichever came later; nil when never.
function open_deals.days_untouched(deal)
  local touched = deal.moved_at
  if touched == nil or deal.last_contact > touched then touched = deal.last_contact or touched end
  return touched and today() - touched.date
end

--- By how many days a deal stands longer than its stage allows; nil when it does not.
function open_deals.days_rotten(deal, rot)
  local days, allowed = open_deals.days_untouched(deal), rot[deal.stage]
  if days == nil or allowed == nil or days <= allowed then return nil end
  return days - allowed
end

--- The must criteria of the next stage that fail, with what to do about each.
function open_deals.missing(deal)
  local verdict, missing = deal:why(), {}
  for _, item in ipairs(verdict and verdict.items or {}) do
    if item.level == "must" and (item.outcome == "fail" or item.outcome == "broken") then missing[#missing + 1] = item end
  end
  return missing, verdict and verdict.to
end

return open_deals
