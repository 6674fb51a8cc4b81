-- none
local meta = {}
for i = 1, 1000 do setmetatable({}, meta) end
meta.__gc = function() while true do end end
for i = 1, 1000 do local t = {} end
