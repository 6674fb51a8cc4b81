-- LUA001 nested too deeply
local t = {} t[1] = t return pandoc.utils.stringify(t)
