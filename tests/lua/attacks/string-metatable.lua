-- LUA001 boolean
getmetatable("").__index = function() while true do end end
