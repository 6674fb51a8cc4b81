-- LUA002 steps
return ("a"):rep(29):find((".-"):rep(28) .. "b")
