-- LUA001 (global 'io')
io.open("/etc/passwd")
