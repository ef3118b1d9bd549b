-- vcards: business cards as a telephone or a scanner writes them.
local dw = ...
local c, base = dw.c, dw.base

--- vcards(bytes) → { { version, line, properties = { { name, group, value, parts, parameters, binary, line }, … } }, … };
-- a card that can't be read is { wrong = "line 3: …" }.
function base.vcards(bytes)
  if c.type(bytes) ~= "string" then dw.lua._G.error("vcards takes the bytes of a file, not a " .. c.type(bytes), 2) end
  return c.vcards(bytes)
end
