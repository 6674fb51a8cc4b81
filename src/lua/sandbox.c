#include "lua/sandbox.h"

#include <lualib.h>
#include <stdlib.h>

enum { RANDOM_SEED = 27001 };

struct sandbox *
sandbox_of(lua_State *lua)
{
	return *(struct sandbox **)lua_getextraspace(lua);
}

/* A refusal makes Lua collect its garbage and ask again, which takes long when nearly all is in use: it costs steps. */
static void *
allocate(void *context, void *block, size_t old_size, size_t new_size)
{
	struct sandbox *sandbox = context;
	size_t old = block ? old_size : 0;
	if (!new_size) {
		free(block);
		sandbox->memory -= old;
		return NULL;
	}
	if (new_size > old && new_size - old > sandbox->memory_max - sandbox->memory) {
		sandbox->steps -= SANDBOX_COLLECTION_STEPS;
		return NULL;
	}
	void *moved = realloc(block, new_size);
	if (moved)
		sandbox->memory += new_size - old;
	return moved;
}

static void
count_hook(lua_State *lua, lua_Debug *activation)
{
	(void)activation;
	sandbox_charge(lua, SANDBOX_HOOK_STEPS);
}

_Noreturn void
sandbox_stop(lua_State *lua, enum sandbox_stop reason)
{
	struct sandbox *sandbox = sandbox_of(lua);
	if (!sandbox->stopped)
		sandbox->stopped = reason;
	lua_sethook(lua, count_hook, LUA_MASKCOUNT, 1);
	lua_pushnil(lua);
	lua_error(lua);
	abort();
}

void
sandbox_charge(lua_State *lua, uint64_t steps)
{
	struct sandbox *sandbox = sandbox_of(lua);
	if (sandbox->stopped)
		sandbox_stop(lua, sandbox->stopped);
	if (sandbox->steps < 0 || steps > (uint64_t)sandbox->steps) {
		sandbox->steps = -1;
		sandbox_stop(lua, STOP_STEPS);
	}
	sandbox->steps -= (int64_t)steps;
}

void
sandbox_charge_bytes(lua_State *lua, uint64_t bytes)
{
	sandbox_charge(lua, bytes / SANDBOX_BYTES_PER_STEP + 1);
}

/* ---- opening ---- */

static const char random_key;

/* math.randomseed(); without a number the seed is a fixed one, where Lua takes the clock. */
static int
math_seed(lua_State *lua)
{
	if (lua_gettop(lua) == 0)
		lua_pushinteger(lua, RANDOM_SEED);
	lua_rawgetp(lua, LUA_REGISTRYINDEX, &random_key);
	lua_insert(lua, 1);
	lua_call(lua, lua_gettop(lua) - 1, 0);
	return 0;
}

static void
open_math(lua_State *lua)
{
	luaL_requiref(lua, LUA_MATHLIBNAME, luaopen_math, 1);
	lua_getfield(lua, -1, "randomseed");
	lua_rawsetp(lua, LUA_REGISTRYINDEX, &random_key);
	lua_pushcfunction(lua, math_seed);
	lua_pushvalue(lua, -1);
	lua_setfield(lua, -3, "randomseed");
	lua_call(lua, 0, 0);
	lua_pop(lua, 1);
}

static int
open_libraries(lua_State *lua)
{
	lua_pushglobaltable(lua);
	sandbox_open_base(lua);
	sandbox_open_table(lua);
	sandbox_open_string(lua);
	open_math(lua);
	return 0;
}

bool
sandbox_open(struct sandbox *sandbox, int64_t steps, size_t memory_max)
{
	*sandbox = (struct sandbox){.steps = steps, .memory_max = memory_max};
	sandbox->lua = lua_newstate(allocate, sandbox);
	if (!sandbox->lua)
		return false;
	*(struct sandbox **)lua_getextraspace(sandbox->lua) = sandbox;
	lua_pushcfunction(sandbox->lua, open_libraries);
	if (lua_pcall(sandbox->lua, 0, 0, 0) != LUA_OK) {
		sandbox_close(sandbox);
		return false;
	}
	lua_sethook(sandbox->lua, count_hook, LUA_MASKCOUNT, SANDBOX_HOOK_STEPS);
	return true;
}

void
sandbox_close(struct sandbox *sandbox)
{
	if (sandbox->lua)
		lua_close(sandbox->lua);
	sandbox->lua = NULL;
}
