-- LUA002
local s = "aa" while true do s = s:gsub("a", "%0%0%0%0%0%0%0%0") end
