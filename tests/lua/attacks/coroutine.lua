-- LUA001 (global 'coroutine')
coroutine.wrap(function() while true do end end)()
