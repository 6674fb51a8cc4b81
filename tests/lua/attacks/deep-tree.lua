-- LUA002 nests elements
local div = pandoc.Para("x")
for i = 1, 20000 do div = pandoc.Div(div) end
return div
