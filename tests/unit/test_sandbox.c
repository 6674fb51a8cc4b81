#include "unit.h"

#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "lua/sandbox.h"

/* Random patterns over a small alphabet, each function that takes one, errors included. */
static const char pattern_script[] =
	"local seed, log = 7, {}\n"
	"local function pick(list) seed = (seed * 1103515245 + 12345) % 2147483648 return list[seed // 65536 % #list + 1] end\n"
	"local single = {'a', 'b', '.', '%a', '%d', '%S', '%w', '%%', '[ab]', '[^a]', '[a-c%d]', '[]a]', '[^]', '%', '1', ' ', '%u', '%p', '%x'}\n"
	"local tail = {'', '', '', '*', '+', '-', '?'}\n"
	"local whole = {'()', '(', ')', '%b()', '%bab', '%f[a]', '%f[%W]', '%1', '%2', '$', '^', '%f'}\n"
	"local piece = {'a', 'b', 'ab', '(', ')', ' ', '1', 'B', '-', 'c', '\\0', '\\200'}\n"
	"local function make(count, item) local t = {} for i = 1, count do t[i] = item() end return table.concat(t) end\n"
	"local function token() if pick{1, 2, 3, 4} == 1 then return pick(whole) end return pick(single) .. pick(tail) end\n"
	"local function note(...) local t = table.pack(...) for i = 1, t.n do t[i] = tostring(t[i]) end\n"
	"  t[1] = t[1] == 'false' and 'error' or t[1] log[#log + 1] = t[1] == 'error' and 'error' or table.concat(t, '|', 1, t.n) end\n"
	"for i = 1, 6000 do\n"
	"  local s = make(pick{0, 1, 3, 6, 9}, function() return pick(piece) end)\n"
	"  local p = (pick{1, 2, 3, 4, 5} == 1 and '^' or '') .. make(pick{0, 1, 2, 3, 4}, token)\n"
	"  log[#log + 1] = s .. ' ~ ' .. p\n"
	"  local init = pick{1, 1, 0, 2, -2, 5, 20, -20}\n"
	"  note(pcall(string.find, s, p, init)) note(pcall(string.match, s, p, init)) note(pcall(string.find, s, p, init, true))\n"
	"  note(pcall(string.gsub, s, p, pick{'x', '<%0>', '<%1>', '%%', '%2', '%'}, pick{nil, 1, 2}))\n"
	"  note(pcall(string.gsub, s, p, {a = 'A', b = false, [1] = 'one'})) note(pcall(string.gsub, s, p, function(c) return c == 'a' and 5 end))\n"
	"  note(pcall(function() local t = {} for a, b in string.gmatch(s, p, init) do t[#t + 1] = tostring(a) .. tostring(b) end return table.concat(t, ',') end))\n"
	"end\n"
	"return table.concat(log, '\\n')\n";

/* What SCRIPT gives, as a copy; the test fails when it raises an error. */
static char *
run(lua_State *lua, const char *script)
{
	if (luaL_loadstring(lua, script) != LUA_OK || lua_pcall(lua, 0, 1, 0) != LUA_OK)
		fail_msg("%s", lua_tostring(lua, -1));
	size_t size;
	const char *text = lua_tolstring(lua, -1, &size);
	assert_non_null(text);
	char *copy = malloc(size + 1);
	for (size_t i = 0; i < size; i++)
		copy[i] = text[i] ? text[i] : '@';
	copy[size] = '\0';
	lua_pop(lua, 1);
	return copy;
}

static void
compare_with_lua(const char *script)
{
	struct sandbox sandbox;
	lua_State *plain = luaL_newstate();
	luaL_openlibs(plain);
	assert_true(sandbox_open(&sandbox, INT64_MAX, 256 * 1024 * 1024));
	char *expected = run(plain, script), *ours = run(sandbox.lua, script);
	char *rest_expected = expected, *rest_ours = ours;
	const char *input = "";
	for (char *a, *b; (a = strsep(&rest_expected, "\n")) && (b = strsep(&rest_ours, "\n"));) {
		input = strstr(a, " ~ ") ? a : input;
		if (strcmp(a, b) != 0)
			fail_msg("%s: Lua gives %s, we give %s", input, a, b);
	}
	free(expected);
	free(ours);
	sandbox_close(&sandbox);
	lua_close(plain);
}

static void
test_patterns_match_as_in_lua(void **state)
{
	(void)state;
	compare_with_lua(pattern_script);
}

static void
test_tables_work_as_in_lua(void **state)
{
	(void)state;
	compare_with_lua(
		"local log = {}\n"
		"local function note(...) local t = table.pack(...) for i = 1, t.n do t[i] = tostring(t[i]) end\n"
		"  log[#log + 1] = t[1] == 'false' and 'error' or table.concat(t, ' ', 1, t.n) end\n"
		"for n = 0, 9 do for p = -1, 11 do\n"
		"  local t = {} for i = 1, n do t[i] = i * 7 % 10 end\n"
		"  note(pcall(table.insert, t, p, 'x')) note(pcall(table.remove, t, p)) note(pcall(table.concat, t, ',', p, n - 1))\n"
		"  note(pcall(table.move, t, 1, n, p, p % 2 == 0 and {} or nil)) log[#log] = 'moved'\n"
		"  note(pcall(table.unpack, t, p, n))\n"
		"  local u = {} for i = 1, n do u[i] = i * 7 % 10 end table.move(u, 2, n, 1) note(true, table.unpack(u))\n"
		"  table.sort(u) note(true, table.unpack(u)) table.sort(u, function(a, b) return a > b end) note(true, table.unpack(u))\n"
		"  note(pcall(string.rep, 'ab', p, '-')) note(pcall(string.format, '%5s|%-3d|%q|%%', {}, p, 'x\\n')) log[#log] = 'formatted'\n"
		"end end\n"
		"note(pcall(table.sort, {1, 'x', 2})) note(pcall(table.insert, {}, 1, 2, 3)) note(pcall(table.concat, {{}}))\n"
		"note(pcall(error, 'x')) note(xpcall(error, function(m) return m .. '!' end, 'x')) note(select(2, xpcall(function(...) return ... end, print or type, 1, 2)))\n"
		"note(next({})) note(next({5})) note(next({5}, 1)) note(pcall(next, 1)) note(pcall(setmetatable, 1, {}))\n"
		"note(tostring(nil), tostring(1.5), tostring(1e100), tostring(-0.0), tostring('x'), tostring(setmetatable({}, {__tostring = function() return 'T' end})))\n"
		"for k, v in pairs(setmetatable({}, {__pairs = function() return next, {7} end})) do note(k, v) end\n"
		"return table.concat(log, '\\n')\n");
}

static void
test_keys_go_in_order(void **state)
{
	(void)state;
	struct sandbox sandbox;
	assert_true(sandbox_open(&sandbox, 1000 * 1000, 16 * 1024 * 1024));
	char *keys = run(sandbox.lua,
		"local t, log = {[true] = 1, z = 1, [2.5] = 1, [-3] = 1, a = 1, [1] = 1, [2] = 1, aa = 1, [math.huge] = 1, [false] = 1, [sandbox or t0 or print or pairs] = 1}, {}\n"
		"for k in pairs(t) do log[#log + 1] = tostring(k) end\n"
		"local k repeat k = next(t, k) log[#log + 1] = tostring(k) until k == nil\n"
		"for k in pairs(t) do t[k] = nil end\n"
		"log[#log + 1] = tostring(next(t))\n"
		"return table.concat(log, ' ')\n");
	assert_string_equal(keys, "-3 1 2 2.5 inf a aa z false true function -3 1 2 2.5 inf a aa z false true function nil nil");
	free(keys);
	sandbox_close(&sandbox);
}

static void
test_a_limit_is_final(void **state)
{
	(void)state;
	struct sandbox sandbox;
	assert_true(sandbox_open(&sandbox, 100 * 1000, 16 * 1024 * 1024));
	assert_int_equal(luaL_loadstring(sandbox.lua, "while true do pcall(function() while true do end end) end"), LUA_OK);
	assert_int_equal(lua_pcall(sandbox.lua, 0, 0, 0), LUA_ERRRUN);
	assert_int_equal(sandbox.stopped, STOP_STEPS);
	assert_int_equal(luaL_loadstring(sandbox.lua, "x = 1"), LUA_OK);
	assert_int_equal(lua_pcall(sandbox.lua, 0, 0, 0), LUA_ERRRUN);
	sandbox_close(&sandbox);
	assert_int_equal(sandbox.memory, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns_match_as_in_lua),
		cmocka_unit_test(test_tables_work_as_in_lua),
		cmocka_unit_test(test_keys_go_in_order),
		cmocka_unit_test(test_a_limit_is_final),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
