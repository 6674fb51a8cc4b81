/* string.find, match, gmatch and gsub over the counted matcher. */
#include <string.h>

#include "lua/pattern.h"

static struct str
check_text(lua_State *lua, int index)
{
	struct str text;
	text.data = luaL_checklstring(lua, index, &text.size);
	return text;
}

/* The place, from 0, that the optional argument INDEX names in a text of SIZE bytes; beyond its end: SIZE + 1. */
static size_t
start_of(lua_State *lua, int index, size_t size)
{
	lua_Integer init = luaL_optinteger(lua, index, 1);
	if (init > 0)
		return (lua_Unsigned)init > size ? (init == (lua_Integer)size + 1 ? size : size + 1) : (size_t)init - 1;
	if (init == 0 || init < -(lua_Integer)size)
		return 0;
	return size - (size_t)-init;
}

static bool
has_specials(struct str pattern)
{
	for (size_t i = 0; i < pattern.size; i++)
		if (pattern.data[i] && strchr("^$*+?.([%-", pattern.data[i]))
			return true;
	return false;
}

static int
find_plain(lua_State *lua, struct str subject, struct str text, size_t from)
{
	sandbox_charge_bytes(lua, subject.size - from + text.size);
	const char *found = memmem(subject.data + from, subject.size - from, text.data, text.size);
	if (!found)
		return lua_pushnil(lua), 1;
	lua_pushinteger(lua, found - subject.data + 1);
	lua_pushinteger(lua, found - subject.data + (lua_Integer)text.size);
	return 2;
}

/* The first match at or after *FROM, which is moved to it; its end, or STR_NONE. */
static size_t
search(struct match *match, size_t *from, bool anchored)
{
	for (;; ++*from) {
		size_t to = match_at(match, *from, anchored ? 1 : 0);
		if (to != STR_NONE || anchored || *from >= match->subject.size)
			return to;
	}
}

static int
find(lua_State *lua, bool positions)
{
	struct match match;
	struct str subject = check_text(lua, 1), pattern = check_text(lua, 2);
	size_t from = start_of(lua, 3, subject.size);
	if (from > subject.size)
		return lua_pushnil(lua), 1;
	if (positions && (lua_toboolean(lua, 4) || !has_specials(pattern)))
		return find_plain(lua, subject, pattern, from);
	match_init(&match, lua, subject, pattern);
	size_t to = search(&match, &from, pattern.size && pattern.data[0] == '^');
	if (to == STR_NONE)
		return lua_pushnil(lua), 1;
	if (!positions)
		return match_push_captures(&match, from, to);
	lua_pushinteger(lua, (lua_Integer)from + 1);
	lua_pushinteger(lua, (lua_Integer)to);
	return match.captures_used ? match_push_captures(&match, from, to) + 2 : 2;
}

static int
string_find(lua_State *lua)
{
	return find(lua, true);
}

static int
string_match(lua_State *lua)
{
	return find(lua, false);
}

/* Upvalues: subject, pattern, where to go on, end of the last match + 1. */
static int
gmatch_step(lua_State *lua)
{
	struct match match;
	match_init(&match, lua, check_text(lua, lua_upvalueindex(1)), check_text(lua, lua_upvalueindex(2)));
	size_t from = (size_t)lua_tointeger(lua, lua_upvalueindex(3)), last = (size_t)lua_tointeger(lua, lua_upvalueindex(4));
	for (; from <= match.subject.size; from++) {
		size_t to = match_at(&match, from, 0);
		if (to == STR_NONE || to + 1 == last)
			continue;
		lua_pushinteger(lua, (lua_Integer)to);
		lua_replace(lua, lua_upvalueindex(3));
		lua_pushinteger(lua, (lua_Integer)to + 1);
		lua_replace(lua, lua_upvalueindex(4));
		return match_push_captures(&match, from, to);
	}
	lua_pushinteger(lua, (lua_Integer)from);
	lua_replace(lua, lua_upvalueindex(3));
	return 0;
}

static int
string_gmatch(lua_State *lua)
{
	struct str subject = check_text(lua, 1);
	check_text(lua, 2);
	size_t from = start_of(lua, 3, subject.size);
	lua_settop(lua, 2);
	lua_pushinteger(lua, (lua_Integer)from);
	lua_pushinteger(lua, 0);
	lua_pushcclosure(lua, gmatch_step, 4);
	return 1;
}

/* ---- gsub ---- */

/* Appends the replacement text at 3 with its %0 … %9 filled in. */
static void
add_template(struct match *match, luaL_Buffer *out, size_t from, size_t to)
{
	lua_State *lua = match->lua;
	struct str text = check_text(lua, 3);
	sandbox_charge_bytes(lua, text.size);
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i], next = i + 1 < text.size ? text.data[i + 1] : 0;
		if (c != '%') {
			luaL_addchar(out, c);
			continue;
		}
		i++;
		if (next == '%') {
			luaL_addchar(out, '%');
		} else if (next == '0') {
			luaL_addlstring(out, match->subject.data + from, to - from);
		} else if (next >= '1' && next <= '9') {
			match_push_capture(match, (size_t)(next - '1'), from, to);
			luaL_tolstring(lua, -1, NULL);
			lua_remove(lua, -2);
			luaL_addvalue(out);
		} else {
			luaL_error(lua, "invalid use of '%%' in replacement string");
		}
	}
}

/* Appends what the table or function at 3 gives for the match, or the match itself for nil and false. */
static void
add_looked_up(struct match *match, luaL_Buffer *out, size_t from, size_t to)
{
	lua_State *lua = match->lua;
	sandbox_charge(lua, SANDBOX_CALL_STEPS);
	if (lua_type(lua, 3) == LUA_TFUNCTION) {
		lua_pushvalue(lua, 3);
		lua_call(lua, match_push_captures(match, from, to), 1);
	} else {
		match_push_capture(match, 0, from, to);
		lua_gettable(lua, 3);
	}
	if (!lua_toboolean(lua, -1)) {
		lua_pop(lua, 1);
		luaL_addlstring(out, match->subject.data + from, to - from);
	} else if (lua_isstring(lua, -1)) {
		luaL_addvalue(out);
	} else {
		luaL_error(lua, "invalid replacement value (a %s)", luaL_typename(lua, -1));
	}
}

static int
string_gsub(lua_State *lua)
{
	struct match match;
	luaL_Buffer out;
	struct str subject = check_text(lua, 1), pattern = check_text(lua, 2);
	int type = lua_type(lua, 3);
	luaL_argexpected(lua, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TTABLE || type == LUA_TFUNCTION, 3,
	                 "string/function/table");
	lua_Integer max = luaL_optinteger(lua, 4, (lua_Integer)subject.size + 1), count = 0;
	bool anchored = pattern.size && pattern.data[0] == '^', text = type == LUA_TSTRING || type == LUA_TNUMBER;
	size_t from = 0, last = STR_NONE;
	match_init(&match, lua, subject, pattern);
	sandbox_charge_bytes(lua, subject.size);
	luaL_buffinit(lua, &out);
	while (count < max) {
		size_t to = match_at(&match, from, anchored ? 1 : 0);
		if (to != STR_NONE && to != last) {
			count++;
			(text ? add_template : add_looked_up)(&match, &out, from, to);
			from = last = to;
		} else if (from < subject.size) {
			luaL_addchar(&out, subject.data[from++]);
		} else {
			break;
		}
		if (anchored)
			break;
	}
	luaL_addlstring(&out, subject.data + from, subject.size - from);
	luaL_pushresult(&out);
	lua_pushinteger(lua, count);
	return 2;
}

static const luaL_Reg functions[] = {
	{"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch}, {"gsub", string_gsub}, {NULL, NULL},
};

void
sandbox_open_match(lua_State *lua)
{
	luaL_setfuncs(lua, functions, 0);
}
