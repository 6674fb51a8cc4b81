-- LUA002
local keep = {}
while true do
	pcall(function() while true do keep[#keep + 1] = ("x"):rep(100000) .. #keep end end)
end
