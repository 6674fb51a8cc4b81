/* pandoc.utils: stringify and type. */
#include "lua/edit.h"

enum { DEPTH_MAX = 32 };

struct str
utils_text(lua_State *lua, struct node *root)
{
	for (struct node *node = root; node; node = node_next(root, node)) {
		sandbox_charge(lua, 1);
		element_settle(lua, node);
	}
	struct str text = node_text(run_of(lua)->scratch, root);
	run_check_memory(lua);
	sandbox_charge_bytes(lua, text.size);
	return text;
}

/* Spaces alone have a text too, which node_text() drops at the start. */
static struct str
element_text(lua_State *lua, struct node *node)
{
	if (node->type == NODE_SPACE || node->type == NODE_SOFT_BREAK || node->type == NODE_LINE_BREAK)
		return STR(" ");
	return utils_text(lua, node);
}

/* Appends the texts in the value on top of the stack, which is popped. */
static void
pop_texts(lua_State *lua, str_vec *texts, int depth)
{
	struct node *node = element_at(lua, -1);
	int index = lua_gettop(lua);
	sandbox_charge(lua, 1);
	if (node) {
		vec_push(run_of(lua)->scratch, texts, element_text(lua, node));
	} else if (lua_istable(lua, -1)) {
		if (depth == DEPTH_MAX)
			luaL_error(lua, "the value is nested too deeply");
		luaL_checkstack(lua, 8, NULL);
		for (lua_Integer i = 1, size = luaL_len(lua, index); i <= size; i++) {
			lua_geti(lua, index, i);
			pop_texts(lua, texts, depth + 1);
		}
	} else if (!lua_isnil(lua, -1)) {
		sandbox_push_text(lua, -1);
		vec_push(run_of(lua)->scratch, texts, run_text(lua, -1));
	}
	lua_settop(lua, index - 1);
}

static int
utils_stringify(lua_State *lua)
{
	str_vec texts = {0};
	luaL_checkany(lua, 1);
	lua_settop(lua, 1);
	pop_texts(lua, &texts, 0);
	struct str text = str_join(run_of(lua)->scratch, texts.items, texts.count, STR(""));
	sandbox_charge_bytes(lua, text.size);
	lua_pushlstring(lua, text.size ? text.data : "", text.size);
	return 1;
}

static const char *
element_kind(enum node_type type)
{
	if (type == NODE_DOCUMENT)
		return "Pandoc";
	if (content_holds(CONTENT_INLINES, type))
		return "Inline";
	return content_holds(CONTENT_BLOCKS, type) ? "Block" : node_type_name(type);
}

static int
utils_type(lua_State *lua)
{
	const struct node *node = element_at(lua, 1);
	luaL_checkany(lua, 1);
	if (node)
		lua_pushstring(lua, element_kind(node->type));
	else if (luaL_getmetafield(lua, 1, "__name") != LUA_TSTRING)
		lua_pushstring(lua, luaL_typename(lua, 1));
	return 1;
}

static const luaL_Reg functions[] = {{"stringify", utils_stringify}, {"type", utils_type}, {NULL, NULL}};

static int
refuse_name(lua_State *lua)
{
	return luaL_error(lua, "ismark has no `pandoc.utils.%s`", lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "?");
}

void
utils_open(lua_State *lua)
{
	luaL_newlib(lua, functions);
	lua_createtable(lua, 0, 1);
	lua_pushcfunction(lua, refuse_name);
	lua_setfield(lua, -2, "__index");
	lua_setmetatable(lua, -2);
	lua_setfield(lua, -2, "utils");
}
