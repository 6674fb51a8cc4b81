-- LUA001 boolean
getmetatable(el).__index = nil
