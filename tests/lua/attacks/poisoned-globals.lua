-- none
string.find, table.insert, pandoc.Str, pairs, tostring = nil
_G.Header, _G.Str = nil
setmetatable(_G, {__index = function() return function() end end})
pandoc.utils.stringify = nil
