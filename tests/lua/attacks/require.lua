-- LUA001 (global 'require')
require("os")
