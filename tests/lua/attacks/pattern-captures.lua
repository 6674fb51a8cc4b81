-- LUA002 steps
return ("a"):rep(3000):gsub("(.-)(.-)(.-)(.-)(.-)b", "%1")
