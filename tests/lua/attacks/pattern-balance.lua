-- LUA002 steps
return ("("):rep(1000000):gsub("%b()", "")
