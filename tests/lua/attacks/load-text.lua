-- LUA001 (global 'load')
load("return 1")()
