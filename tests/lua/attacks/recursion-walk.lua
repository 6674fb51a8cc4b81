-- LUA001 stack overflow
local div = pandoc.Div{pandoc.Para "x"}
local function f(d) return d:walk{Para = function() f(d) end} end
f(div)
