-- LUA001 a text with  [2Jcontrol
error(setmetatable({}, {__tostring = function() return "a text with \27[2J" .. "control \255" end}))
