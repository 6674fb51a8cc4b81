-- LUA005 got a number
return 42
