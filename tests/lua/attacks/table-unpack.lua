-- LUA001 too many results
table.unpack({}, 1, 1e8)
