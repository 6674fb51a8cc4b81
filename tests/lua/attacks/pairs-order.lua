-- LUA001 no fixed order
for k in pairs({[{}] = 1, [{}] = 2}) do end
