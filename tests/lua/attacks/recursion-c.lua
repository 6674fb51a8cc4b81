-- LUA001 stack overflow
local function f() return tostring(setmetatable({}, {__tostring = f})) end return f()
