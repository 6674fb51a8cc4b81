-- LUA001 (global 'debug')
debug.getregistry()
