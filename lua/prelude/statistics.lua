-- stats: how far counted figures can be trusted. What it can do is in bind/statistics.c.
local dw = ...

dw.base.stats = dw.locked(dw.c.statistics, "library 'stats'")
