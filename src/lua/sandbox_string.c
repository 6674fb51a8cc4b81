/* String and utf8 libraries: Lua's own functions behind a charge for what they read, but for patterns. */
#include <ctype.h>
#include <lualib.h>
#include <string.h>

#include "lua/sandbox.h"

/* Calls the function in the upvalue on the stack as it is; only for functions that have no upvalues. */
static int
string_linear(lua_State *lua)
{
	uint64_t bytes = 0;
	for (int i = 1; i <= lua_gettop(lua); i++)
		if (lua_type(lua, i) == LUA_TSTRING)
			bytes += lua_rawlen(lua, i);
	sandbox_charge_bytes(lua, bytes);
	return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

static int
string_rep(lua_State *lua)
{
	size_t size, separator_size;
	luaL_checklstring(lua, 1, &size);
	lua_Integer count = luaL_checkinteger(lua, 2);
	luaL_optlstring(lua, 3, "", &separator_size);
	size_t max = sandbox_of(lua)->memory_max, one = size + separator_size;
	if (count <= 0 || !one)
		return lua_pushliteral(lua, ""), 1;
	if ((lua_Unsigned)count > max / one)
		return luaL_error(lua, "resulting string too large");
	sandbox_charge_bytes(lua, (uint64_t)count * one);
	return lua_tocfunction(lua, lua_upvalueindex(1))(lua);
}

/* The letter of the conversion that starts behind the '%' at *FORMAT, which is moved onto it. */
static char
conversion_letter(const char **format, const char *end)
{
	while (*format < end && (strchr("-+ #0.", **format) || isdigit((unsigned char)**format)))
		(*format)++;
	return *format < end ? **format : 0;
}

/* "%s" takes our tostring(), and "%p" is refused: both would show addresses. */
static int
string_format(lua_State *lua)
{
	size_t size;
	const char *format = luaL_checklstring(lua, 1, &size), *end = format + size;
	int count = lua_gettop(lua);
	for (int argument = 1; format < end; format++) {
		if (*format != '%' || ++format == end || *format == '%')
			continue;
		char letter = conversion_letter(&format, end);
		if (letter == 'p')
			return luaL_error(lua, "filters have no addresses: `%%p` is refused");
		if (++argument <= count && letter == 's') {
			sandbox_push_text(lua, argument);
			lua_replace(lua, argument);
		}
	}
	return string_linear(lua);
}

static void
wrap(lua_State *lua, const char *name, lua_CFunction wrapper)
{
	lua_getfield(lua, -1, name);
	lua_pushcclosure(lua, wrapper, 1);
	lua_setfield(lua, -2, name);
}

static void
open_utf8(lua_State *lua)
{
	static const char *const names[] = {"char", "codepoint", "len", "offset"};
	luaL_requiref(lua, LUA_UTF8LIBNAME, luaopen_utf8, 1);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		wrap(lua, names[i], string_linear);
	lua_pop(lua, 1);
}

/* Strings share one metatable; scripts see neither it nor what would let them change it. */
static void
close_metatable(lua_State *lua)
{
	lua_pushliteral(lua, "");
	lua_getmetatable(lua, -1);
	lua_pushboolean(lua, 0);
	lua_setfield(lua, -2, "__metatable");
	lua_pop(lua, 2);
}

void
sandbox_open_string(lua_State *lua)
{
	static const char *const names[] = {"byte", "char", "len", "lower", "pack", "packsize", "reverse", "sub", "unpack", "upper"};
	luaL_requiref(lua, LUA_STRLIBNAME, luaopen_string, 1);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		wrap(lua, names[i], string_linear);
	wrap(lua, "rep", string_rep);
	wrap(lua, "format", string_format);
	lua_pushnil(lua);
	lua_setfield(lua, -2, "dump");
	sandbox_open_match(lua);
	lua_pop(lua, 1);
	close_metatable(lua);
	open_utf8(lua);
}
