-- none
local s = (""):rep(1 << 62) .. (""):rep(math.maxinteger, "")
