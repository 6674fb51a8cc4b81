/* pandoc.List, and Inlines and Blocks, which are lists with a walk(). */
#include <string.h>

#include "lua/edit.h"

static const char kind_keys[LIST_KIND_COUNT];

void
list_set_kind(lua_State *lua, enum list_kind kind)
{
	lua_rawgetp(lua, LUA_REGISTRYINDEX, &kind_keys[kind]);
	lua_setmetatable(lua, -2);
}

/* An empty list of the kind that the one at INDEX has. */
static void
push_like(lua_State *lua, int index)
{
	lua_newtable(lua);
	if (lua_getmetatable(lua, index))
		lua_setmetatable(lua, -2);
}

static lua_Integer
append_all(lua_State *lua, int source, int target, lua_Integer count)
{
	for (lua_Integer i = 1, size = luaL_len(lua, source); i <= size; i++) {
		sandbox_charge(lua, 1);
		lua_geti(lua, source, i);
		lua_rawseti(lua, target, ++count);
	}
	return count;
}

static int
list_clone(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	lua_settop(lua, 1);
	push_like(lua, 1);
	append_all(lua, 1, 2, 0);
	return 1;
}

static int
list_concat(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_checktype(lua, 2, LUA_TTABLE);
	lua_settop(lua, 2);
	push_like(lua, 1);
	append_all(lua, 2, 3, append_all(lua, 1, 3, 0));
	return 1;
}

static int
list_extend(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_checktype(lua, 2, LUA_TTABLE);
	append_all(lua, 2, 1, luaL_len(lua, 1));
	lua_settop(lua, 1);
	return 1;
}

/* Calls the function at 2 with item I of the list at 1 and I; leaves the item and what came back. */
static void
call_on_item(lua_State *lua, lua_Integer i)
{
	lua_geti(lua, 1, i);
	lua_pushvalue(lua, 2);
	lua_pushvalue(lua, -2);
	lua_pushinteger(lua, i);
	lua_call(lua, 2, 1);
	sandbox_charge(lua, SANDBOX_CALL_STEPS);
}

static void
check_function(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_checktype(lua, 2, LUA_TFUNCTION);
}

static int
list_map(lua_State *lua)
{
	check_function(lua);
	lua_settop(lua, 2);
	lua_newtable(lua);
	list_set_kind(lua, LIST_PLAIN);
	for (lua_Integer i = 1, size = luaL_len(lua, 1); i <= size; i++) {
		call_on_item(lua, i);
		lua_rawseti(lua, 3, i);
		lua_pop(lua, 1);
	}
	return 1;
}

static int
list_filter(lua_State *lua)
{
	lua_Integer count = 0;
	check_function(lua);
	lua_settop(lua, 2);
	push_like(lua, 1);
	for (lua_Integer i = 1, size = luaL_len(lua, 1); i <= size; i++) {
		call_on_item(lua, i);
		bool keep = lua_toboolean(lua, -1);
		lua_pop(lua, 1);
		if (keep)
			lua_rawseti(lua, 3, ++count);
		else
			lua_pop(lua, 1);
	}
	return 1;
}

/* The first item from INIT on that fits, and its index; nil when there is none. */
static int
find_item(lua_State *lua, bool call)
{
	lua_Integer size = luaL_len(lua, 1);
	for (lua_Integer i = luaL_optinteger(lua, 3, 1); i <= size; i++) {
		bool found;
		sandbox_charge(lua, 1);
		if (call) {
			call_on_item(lua, i);
			found = lua_toboolean(lua, -1);
			lua_pop(lua, 1);
		} else {
			lua_geti(lua, 1, i);
			found = lua_compare(lua, -1, 2, LUA_OPEQ);
		}
		if (found) {
			lua_pushinteger(lua, i);
			return 2;
		}
		lua_pop(lua, 1);
	}
	lua_pushnil(lua);
	return 1;
}

static int
list_find(lua_State *lua)
{
	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_checkany(lua, 2);
	return find_item(lua, false);
}

static int
list_find_if(lua_State *lua)
{
	check_function(lua);
	return find_item(lua, true);
}

static int
list_includes(lua_State *lua)
{
	list_find(lua);
	lua_pushboolean(lua, lua_isinteger(lua, -1));
	return 1;
}

/* Inlines and Blocks: runs a filter over a copy of the list. */
static int
list_walk(lua_State *lua)
{
	enum content_kind kind = lua_toboolean(lua, lua_upvalueindex(1)) ? CONTENT_BLOCKS : CONTENT_INLINES;
	node_vec children = {0}, copies = {0};
	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_checktype(lua, 2, LUA_TTABLE);
	convert_children(lua, 1, kind, &children);
	for (size_t i = 0; i < children.count; i++)
		vec_push(run_of(lua)->scratch, &copies, edit_copy(lua, children.items[i]));
	struct node *root = node_make(lua, kind == CONTENT_BLOCKS ? NODE_DIV : NODE_SPAN);
	edit_set_children(lua, root, &copies);
	walk_tree(lua, 2, root, false);
	element_push_children(lua, root);
	for (struct node *node; (node = root->first);)
		node_unlink(node);
	return 1;
}

static const luaL_Reg methods[] = {
	{"clone", list_clone}, {"extend", list_extend}, {"filter", list_filter}, {"find", list_find},
	{"find_if", list_find_if}, {"includes", list_includes}, {"insert", sandbox_table_insert}, {"map", list_map},
	{"remove", sandbox_table_remove}, {"sort", sandbox_table_sort}, {NULL, NULL},
};

/* pandoc.List(table), pandoc.Inlines(value), pandoc.Blocks(value): upvalue is the kind. */
static int
list_new(lua_State *lua)
{
	enum list_kind kind = (enum list_kind)lua_tointeger(lua, lua_upvalueindex(1));
	lua_remove(lua, 1);
	if (lua_gettop(lua) == 0)
		lua_newtable(lua);
	lua_settop(lua, 1);
	if (kind == LIST_PLAIN) {
		luaL_checktype(lua, 1, LUA_TTABLE);
		list_set_kind(lua, kind);
		return 1;
	}
	node_vec children = {0};
	convert_children(lua, 1, kind == LIST_INLINES ? CONTENT_INLINES : CONTENT_BLOCKS, &children);
	lua_newtable(lua);
	for (size_t i = 0; i < children.count; i++) {
		element_push(lua, children.items[i]);
		lua_rawseti(lua, -2, (lua_Integer)i + 1);
	}
	list_set_kind(lua, kind);
	return 1;
}

/* Makes the metatable of a kind, and the callable table NAME that holds its methods, in the table on top. */
static void
open_kind(lua_State *lua, enum list_kind kind, const char *name)
{
	luaL_newlib(lua, methods);
	if (kind != LIST_PLAIN) {
		lua_pushboolean(lua, kind == LIST_BLOCKS);
		lua_pushcclosure(lua, list_walk, 1);
		lua_setfield(lua, -2, "walk");
	}
	lua_createtable(lua, 0, 4);
	lua_pushvalue(lua, -2);
	lua_setfield(lua, -2, "__index");
	lua_pushstring(lua, name);
	lua_setfield(lua, -2, "__name");
	lua_pushcfunction(lua, list_concat);
	lua_setfield(lua, -2, "__concat");
	lua_rawsetp(lua, LUA_REGISTRYINDEX, &kind_keys[kind]);
	lua_createtable(lua, 0, 1);
	lua_pushinteger(lua, kind);
	lua_pushcclosure(lua, list_new, 1);
	lua_setfield(lua, -2, "__call");
	lua_setmetatable(lua, -2);
	lua_setfield(lua, -2, name);
}

void
list_open(lua_State *lua)
{
	open_kind(lua, LIST_PLAIN, "List");
	open_kind(lua, LIST_INLINES, "Inlines");
	open_kind(lua, LIST_BLOCKS, "Blocks");
}
