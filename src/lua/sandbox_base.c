/* Base library: order and text that never depend on addresses, and errors that pcall() cannot keep. */
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "lua/sandbox.h"

/* ---- tostring ---- */

static bool
has_address(int type)
{
	return type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA || type == LUA_TLIGHTUSERDATA ||
	       type == LUA_TTHREAD;
}

void
sandbox_push_text(lua_State *lua, int index)
{
	index = lua_absindex(lua, index);
	int type = lua_type(lua, index);
	if (has_address(type) && luaL_getmetafield(lua, index, "__tostring") == LUA_TNIL)
		lua_pushstring(lua, lua_typename(lua, type));
	else if (has_address(type)) {
		lua_pop(lua, 1);
		luaL_tolstring(lua, index, NULL);
	} else
		luaL_tolstring(lua, index, NULL);
}

static int
base_tostring(lua_State *lua)
{
	luaL_checkany(lua, 1);
	sandbox_push_text(lua, 1);
	return 1;
}

/* ---- the order of a table's keys: numbers, strings, booleans, then at most one of another type ---- */

enum key_rank { KEY_NUMBER, KEY_STRING, KEY_BOOLEAN, KEY_OTHER };

struct table_key {
	enum key_rank rank;
	bool whole;
	lua_Integer integer; /* KEY_BOOLEAN too */
	lua_Number number;
	struct str text;     /* Lua's, as long as the key is in the table */
	lua_Integer index;   /* where the key itself stands */
};

static struct table_key
read_key(lua_State *lua, int index)
{
	struct table_key key = {.rank = KEY_OTHER};
	int type = lua_type(lua, index);
	if (type == LUA_TNUMBER) {
		key.rank = KEY_NUMBER;
		key.whole = lua_isinteger(lua, index);
		key.integer = key.whole ? lua_tointeger(lua, index) : 0;
		key.number = lua_tonumber(lua, index);
	} else if (type == LUA_TSTRING) {
		key.rank = KEY_STRING;
		key.text.data = lua_tolstring(lua, index, &key.text.size);
	} else if (type == LUA_TBOOLEAN) {
		key.rank = KEY_BOOLEAN;
		key.integer = lua_toboolean(lua, index);
	}
	return key;
}

static int
compare_numbers(const struct table_key *a, const struct table_key *b)
{
	if (a->whole && b->whole)
		return (a->integer > b->integer) - (a->integer < b->integer);
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return (int)b->whole - (int)a->whole;
}

static int
compare_keys(const void *left, const void *right)
{
	const struct table_key *a = left, *b = right;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->rank == KEY_NUMBER)
		return compare_numbers(a, b);
	if (a->rank == KEY_STRING)
		return str_compare(a->text, b->text);
	return (a->integer > b->integer) - (a->integer < b->integer);
}

static int
refuse_order(lua_State *lua)
{
	return luaL_error(lua, "a table with several keys that are tables, functions or elements has no fixed order; use a list");
}

/* Pushes a list of the keys of the table at 1, as Lua gives them; *SORTED says whether that is their order. */
static lua_Integer
collect_keys(lua_State *lua, bool *sorted)
{
	struct table_key previous = {.rank = KEY_NUMBER}, key;
	lua_Integer count = 0, others = 0;
	*sorted = true;
	lua_newtable(lua);
	for (lua_pushnil(lua); lua_next(lua, 1); count++) {
		lua_pop(lua, 1);
		sandbox_charge(lua, 1);
		key = read_key(lua, -1);
		others += key.rank == KEY_OTHER;
		if (count && compare_keys(&previous, &key) > 0)
			*sorted = false;
		previous = key;
		lua_pushvalue(lua, -1);
		lua_rawseti(lua, -3, count + 1);
	}
	if (others > 1)
		refuse_order(lua);
	return count;
}

/* Replaces the list of COUNT keys on top by one in order. */
static void
sort_keys(lua_State *lua, lua_Integer count)
{
	struct table_key *keys = lua_newuserdatauv(lua, (size_t)count * sizeof *keys, 0);
	sandbox_charge(lua, (uint64_t)count * 8);
	for (lua_Integer i = 0; i < count; i++) {
		lua_rawgeti(lua, -2, i + 1);
		keys[i] = read_key(lua, -1);
		keys[i].index = i + 1;
		lua_pop(lua, 1);
	}
	qsort(keys, (size_t)count, sizeof *keys, compare_keys);
	lua_createtable(lua, count < 1000 ? (int)count : 1000, 0);
	for (lua_Integer i = 0; i < count; i++) {
		lua_rawgeti(lua, -3, keys[i].index);
		lua_rawseti(lua, -2, i + 1);
	}
	lua_replace(lua, -3);
	lua_pop(lua, 1);
}

/* Upvalues: the keys, and how many were given. Keys whose value went away since are passed over. */
static int
pairs_step(lua_State *lua)
{
	lua_Integer i = lua_tointeger(lua, lua_upvalueindex(2));
	luaL_checktype(lua, 1, LUA_TTABLE);
	for (;;) {
		sandbox_charge(lua, 1);
		lua_settop(lua, 1);
		if (lua_rawgeti(lua, lua_upvalueindex(1), ++i) == LUA_TNIL)
			return 1;
		lua_pushvalue(lua, -1);
		if (lua_rawget(lua, 1) != LUA_TNIL)
			break;
	}
	lua_pushinteger(lua, i);
	lua_replace(lua, lua_upvalueindex(2));
	return 2;
}

static int
base_pairs(lua_State *lua)
{
	bool sorted;
	luaL_checkany(lua, 1);
	if (luaL_getmetafield(lua, 1, "__pairs") != LUA_TNIL) {
		lua_pushvalue(lua, 1);
		lua_call(lua, 1, 3);
		return 3;
	}
	luaL_checktype(lua, 1, LUA_TTABLE);
	lua_settop(lua, 1);
	lua_Integer count = collect_keys(lua, &sorted);
	if (!sorted)
		sort_keys(lua, count);
	lua_pushinteger(lua, 0);
	lua_pushcclosure(lua, pairs_step, 2);
	lua_pushvalue(lua, 1);
	lua_pushnil(lua);
	return 3;
}

/* The least key that is greater than the one given. */
static int
base_next(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	lua_settop(lua, 2);
	bool first = lua_isnil(lua, 2), found = false;
	struct table_key after = read_key(lua, 2), best = {.rank = KEY_OTHER};
	int others = 0;
	lua_pushnil(lua); /* 3: the best so far */
	for (lua_pushnil(lua); lua_next(lua, 1);) {
		lua_pop(lua, 1);
		sandbox_charge(lua, 1);
		struct table_key key = read_key(lua, -1);
		if (key.rank == KEY_OTHER && ++others > 1)
			return refuse_order(lua);
		if ((first || compare_keys(&key, &after) > 0) && (!found || compare_keys(&key, &best) < 0)) {
			best = key, found = true;
			lua_pushvalue(lua, -1);
			lua_replace(lua, 3);
		}
	}
	if (!found)
		return lua_pushnil(lua), 1;
	lua_settop(lua, 3);
	lua_pushvalue(lua, 3);
	lua_rawget(lua, 1);
	return 2;
}

/* ---- errors ---- */

/* What a limit stopped stays stopped; another error puts back what was being worked on. */
static void
leave_protected(lua_State *lua, int status, void *current)
{
	struct sandbox *sandbox = sandbox_of(lua);
	if (sandbox->stopped)
		sandbox_stop(lua, sandbox->stopped);
	if (status != LUA_OK)
		sandbox->current = current;
}

static int
base_pcall(lua_State *lua)
{
	void *current = sandbox_of(lua)->current;
	luaL_checkany(lua, 1);
	sandbox_charge(lua, SANDBOX_CALL_STEPS);
	int status = lua_pcall(lua, lua_gettop(lua) - 1, LUA_MULTRET, 0);
	leave_protected(lua, status, current);
	luaL_checkstack(lua, 1, NULL);
	lua_pushboolean(lua, status == LUA_OK);
	lua_insert(lua, 1);
	return lua_gettop(lua);
}

/* Calls the script's handler, in the upvalue; but not when a limit was hit: it would run inside the hook, and no hook
 * stops what runs inside a hook. */
static int
handle_error(lua_State *lua)
{
	if (sandbox_of(lua)->stopped)
		return 1;
	lua_settop(lua, 1);
	lua_pushvalue(lua, lua_upvalueindex(1));
	lua_insert(lua, 1);
	lua_call(lua, 1, 1);
	return 1;
}

static int
base_xpcall(lua_State *lua)
{
	void *current = sandbox_of(lua)->current;
	luaL_checktype(lua, 2, LUA_TFUNCTION);
	sandbox_charge(lua, SANDBOX_CALL_STEPS);
	lua_pushvalue(lua, 2);
	lua_pushcclosure(lua, handle_error, 1);
	lua_pushvalue(lua, 1);
	lua_replace(lua, 2);
	lua_replace(lua, 1); /* handler, function, arguments */
	int status = lua_pcall(lua, lua_gettop(lua) - 2, LUA_MULTRET, 1);
	leave_protected(lua, status, current);
	lua_pushboolean(lua, status == LUA_OK);
	lua_replace(lua, 1);
	return lua_gettop(lua);
}

/* ---- metatables ---- */

/* A finaliser runs without the hook that counts steps. */
static int
base_setmetatable(lua_State *lua)
{
	int type = lua_type(lua, 2);
	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_argexpected(lua, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
	if (luaL_getmetafield(lua, 1, "__metatable") != LUA_TNIL)
		return luaL_error(lua, "cannot change a protected metatable");
	lua_settop(lua, 2);
	if (type == LUA_TTABLE) {
		lua_pushliteral(lua, "__gc");
		if (lua_rawget(lua, 2) != LUA_TNIL)
			return luaL_error(lua, "filters have no finalisers: a metatable with `__gc` is refused");
		lua_pop(lua, 1);
	}
	lua_setmetatable(lua, 1);
	return 1;
}

static const luaL_Reg replaced[] = {
	{"tostring", base_tostring}, {"pairs", base_pairs}, {"next", base_next}, {"pcall", base_pcall},
	{"xpcall", base_xpcall}, {"setmetatable", base_setmetatable},
	{"load", NULL}, {"loadfile", NULL}, {"dofile", NULL}, {"collectgarbage", NULL}, {"print", NULL}, {"warn", NULL},
	{NULL, NULL},
};

void
sandbox_open_base(lua_State *lua)
{
	luaopen_base(lua);
	for (const luaL_Reg *row = replaced; row->name; row++) {
		if (row->func)
			lua_pushcfunction(lua, row->func);
		else
			lua_pushnil(lua);
		lua_setfield(lua, -2, row->name);
	}
	lua_pop(lua, 1);
}
