-- LUA002 steps
return ("a"):rep(5000):find((".*"):rep(8) .. "b")
