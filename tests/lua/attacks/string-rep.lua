-- LUA001 too large
return pandoc.Str(("x"):rep(1e10))
