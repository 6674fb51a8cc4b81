-- LUA001 (field 'dump')
load(string.dump(function() end))
