/* Table library. Lua's own loops without a hook as far as `__len` says, and its sort asks the clock. */
#include <limits.h>

#include "lua/sandbox.h"

static lua_Integer
length(lua_State *lua, int index)
{
	luaL_checktype(lua, index, LUA_TTABLE);
	return luaL_len(lua, index);
}

/* list[to] = list[from] */
static void
move_one(lua_State *lua, int source, lua_Integer from, int target, lua_Integer to)
{
	sandbox_charge(lua, SANDBOX_CALL_STEPS / 4);
	lua_geti(lua, source, from);
	lua_seti(lua, target, to);
}

int
sandbox_table_insert(lua_State *lua)
{
	lua_Integer end = (lua_Integer)((lua_Unsigned)length(lua, 1) + 1), position = end;
	int count = lua_gettop(lua);
	if (count != 2 && count != 3)
		return luaL_error(lua, "wrong number of arguments to 'insert'");
	if (count == 3) {
		position = luaL_checkinteger(lua, 2);
		luaL_argcheck(lua, (lua_Unsigned)position - 1u < (lua_Unsigned)end, 2, "position out of bounds");
		for (lua_Integer i = end; i > position; i--)
			move_one(lua, 1, i - 1, 1, i);
	}
	lua_seti(lua, 1, position);
	return 0;
}

int
sandbox_table_remove(lua_State *lua)
{
	lua_Integer size = length(lua, 1), position = luaL_optinteger(lua, 2, size);
	if (position != size)
		luaL_argcheck(lua, (lua_Unsigned)position - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
	lua_geti(lua, 1, position);
	for (; position < size; position++)
		move_one(lua, 1, position + 1, 1, position);
	lua_pushnil(lua);
	lua_seti(lua, 1, position);
	return 1;
}

static int
table_move(lua_State *lua)
{
	lua_Integer from = luaL_checkinteger(lua, 2), end = luaL_checkinteger(lua, 3), to = luaL_checkinteger(lua, 4);
	int target = lua_isnoneornil(lua, 5) ? 1 : 5;
	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_checktype(lua, target, LUA_TTABLE);
	if (end >= from) {
		luaL_argcheck(lua, from > 0 || end < LUA_MAXINTEGER + from, 3, "too many elements to move");
		luaL_argcheck(lua, to <= LUA_MAXINTEGER - (end - from), 4, "destination wrap around");
		bool upwards = to > end || to <= from || (target != 1 && !lua_compare(lua, 1, target, LUA_OPEQ));
		lua_Integer count = end - from + 1;
		for (lua_Integer i = 0; i < count; i++) {
			lua_Integer at = upwards ? i : count - 1 - i;
			move_one(lua, 1, from + at, target, to + at);
		}
	}
	lua_pushvalue(lua, target);
	return 1;
}

static int
table_concat(lua_State *lua)
{
	luaL_Buffer text;
	size_t separator_size;
	lua_Integer size = length(lua, 1);
	const char *separator = luaL_optlstring(lua, 2, "", &separator_size);
	lua_Integer from = luaL_optinteger(lua, 3, 1), last = luaL_optinteger(lua, 4, size);
	luaL_buffinit(lua, &text);
	for (lua_Integer i = from; i <= last; i++) {
		lua_geti(lua, 1, i);
		sandbox_charge(lua, SANDBOX_CALL_STEPS);
		if (!lua_isstring(lua, -1))
			return luaL_error(lua, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
		sandbox_charge_bytes(lua, lua_rawlen(lua, -1) + separator_size);
		luaL_addvalue(&text);
		if (i == last)
			break;
		luaL_addlstring(&text, separator, separator_size);
	}
	luaL_pushresult(&text);
	return 1;
}

static int
table_pack(lua_State *lua)
{
	int count = lua_gettop(lua);
	sandbox_charge(lua, (uint64_t)count);
	lua_createtable(lua, count, 1);
	lua_insert(lua, 1);
	for (int i = count; i >= 1; i--)
		lua_rawseti(lua, 1, i);
	lua_pushinteger(lua, count);
	lua_setfield(lua, 1, "n");
	return 1;
}

static int
table_unpack(lua_State *lua)
{
	lua_Integer from = luaL_optinteger(lua, 2, 1);
	lua_Integer last = lua_isnoneornil(lua, 3) ? luaL_len(lua, 1) : luaL_checkinteger(lua, 3);
	if (from > last)
		return 0;
	lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)from;
	if (count >= (unsigned)INT_MAX || !lua_checkstack(lua, (int)++count))
		return luaL_error(lua, "too many results to unpack");
	sandbox_charge(lua, count);
	for (lua_Unsigned i = 0; i < count; i++)
		lua_geti(lua, 1, from + (lua_Integer)i);
	return (int)count;
}

/* ---- sort: a merge sort, so that equal items keep their order and a bad comparison does no harm ---- */

/* Whether the value at A comes before the one at B. Stack: list, function or nil. */
static bool
comes_before(lua_State *lua, int a, int b)
{
	sandbox_charge(lua, SANDBOX_CALL_STEPS / 4);
	if (lua_isnil(lua, 2))
		return lua_compare(lua, a, b, LUA_OPLT);
	lua_pushvalue(lua, 2);
	lua_pushvalue(lua, a);
	lua_pushvalue(lua, b);
	lua_call(lua, 2, 1);
	bool before = lua_toboolean(lua, -1);
	lua_pop(lua, 1);
	return before;
}

/* Merges [from, middle) and [middle, to) of the table at SOURCE into the one at TARGET. */
static void
merge(lua_State *lua, int source, int target, lua_Integer from, lua_Integer middle, lua_Integer to)
{
	lua_Integer left = from, right = middle;
	for (lua_Integer at = from; at < to; at++) {
		bool take_right = left == middle;
		if (left < middle && right < to) {
			lua_rawgeti(lua, source, left);
			lua_rawgeti(lua, source, right);
			int top = lua_gettop(lua);
			take_right = comes_before(lua, top, top - 1);
			lua_pop(lua, 2);
		}
		sandbox_charge(lua, 1);
		lua_rawgeti(lua, source, take_right ? right++ : left++);
		lua_rawseti(lua, target, at);
	}
}

static void
copy_list(lua_State *lua, int source, int target, lua_Integer size)
{
	for (lua_Integer i = 1; i <= size; i++)
		move_one(lua, source, i, target, i);
}

int
sandbox_table_sort(lua_State *lua)
{
	lua_Integer size = length(lua, 1);
	luaL_argcheck(lua, size < INT_MAX, 1, "array too big");
	if (!lua_isnoneornil(lua, 2))
		luaL_checktype(lua, 2, LUA_TFUNCTION);
	lua_settop(lua, 2);
	lua_newtable(lua);
	lua_newtable(lua);
	copy_list(lua, 1, 3, size);
	int source = 3;
	for (lua_Integer width = 1; width < size; width *= 2, source = 7 - source)
		for (lua_Integer from = 1; from <= size; from += 2 * width) {
			lua_Integer middle = from + width <= size ? from + width : size + 1;
			lua_Integer to = middle + width <= size ? middle + width : size + 1;
			merge(lua, source, 7 - source, from, middle, to);
		}
	copy_list(lua, source, 1, size);
	return 0;
}

static const luaL_Reg functions[] = {
	{"insert", sandbox_table_insert}, {"remove", sandbox_table_remove}, {"move", table_move}, {"concat", table_concat},
	{"pack", table_pack}, {"unpack", table_unpack}, {"sort", sandbox_table_sort}, {NULL, NULL},
};

void
sandbox_open_table(lua_State *lua)
{
	luaL_newlib(lua, functions);
	lua_setfield(lua, -2, "table");
}
