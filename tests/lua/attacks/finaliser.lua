-- LUA001 finalisers
setmetatable({}, {__gc = function() while true do end end})
