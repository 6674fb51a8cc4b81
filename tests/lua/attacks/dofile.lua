-- LUA001 (global 'dofile')
dofile("/etc/passwd")
