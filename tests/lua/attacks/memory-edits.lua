-- LUA002 memory
while true do el.level = 2 end
