/* A Lua state that can do nothing but compute: base, table, string, math and utf8 without what loads code, touches
 * files or reads the clock; text only; bounded in steps and memory. One state lives for one filter and one document,
 * so nothing a script does outlives it. Only for files of src/lua/. */
#ifndef ISMARK_LUA_SANDBOX_H
#define ISMARK_LUA_SANDBOX_H

#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

enum sandbox_stop { STOP_NONE, STOP_STEPS, STOP_MEMORY };

/* STEPS are VM instructions; work in C is charged at what takes about as long. */
enum {
	SANDBOX_HOOK_STEPS = 1000,
	SANDBOX_BYTES_PER_STEP = 16,
	SANDBOX_CALL_STEPS = 16, /* from C into what may be C again */
	SANDBOX_COLLECTION_STEPS = 500 * 1000
};

struct sandbox {
	lua_State *lua;
	size_t memory, memory_max; /* bytes that Lua holds */
	int64_t steps;             /* left */
	enum sandbox_stop stopped; /* once set, no Lua code runs any more */
	void *current;             /* the owner's: what is being worked on; a caught error puts back the value before */
};

/* Makes the state and opens its libraries. False when there is no memory. */
bool
sandbox_open(struct sandbox *sandbox, int64_t steps, size_t memory_max);
void
sandbox_close(struct sandbox *sandbox);
struct sandbox *
sandbox_of(lua_State *lua);
/* Takes STEPS from what is left; raises the error that nothing catches when there are none. */
void
sandbox_charge(lua_State *lua, uint64_t steps);
void
sandbox_charge_bytes(lua_State *lua, uint64_t bytes);
_Noreturn void
sandbox_stop(lua_State *lua, enum sandbox_stop reason);
/* Pushes what tostring() gives for the value at INDEX: never an address. */
void
sandbox_push_text(lua_State *lua, int index);

/* The libraries; each changes or replaces what Lua's own gives. Called once, the globals on top of the stack. */
void
sandbox_open_base(lua_State *lua);
void
sandbox_open_table(lua_State *lua);
void
sandbox_open_string(lua_State *lua);
/* find, match, gmatch and gsub, into the table on top of the stack. */
void
sandbox_open_match(lua_State *lua);
/* table.insert() and others on the stack as it is, for pandoc.List. */
int
sandbox_table_insert(lua_State *lua);
int
sandbox_table_remove(lua_State *lua);
int
sandbox_table_sort(lua_State *lua);

#endif
