-- LUA001 %p
return pandoc.Str(("%p"):format({}))
