-- LUA002 steps
while true do end
