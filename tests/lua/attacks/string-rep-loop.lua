-- LUA002 steps
while true do pcall(string.rep, "x", 30000000) end
