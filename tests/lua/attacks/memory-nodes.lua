-- LUA002 memory
local t = {} while true do t[1] = pandoc.Str("x") end
