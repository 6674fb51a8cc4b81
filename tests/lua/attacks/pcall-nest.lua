-- LUA002 steps
local function nest(n) while true do pcall(n < 150 and nest or error, n + 1) end end
nest(1)
