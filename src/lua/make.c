/* The constructors: pandoc.Str() and its like. */
#include <string.h>

#include "lua/edit.h"

/* ARGUMENTS, a letter each: t text or target, T title, c content, a Attr, f format, l level, n start number or list
 * attributes, A alignment, h head of a table, b its bodies, m front matter, - taken and not used. */
struct constructor {
	enum node_type type;
	const char *arguments;
};

static const struct constructor constructors[] = {
	{NODE_DOCUMENT, "cm"}, {NODE_PLAIN, "c"}, {NODE_PARA, "c"}, {NODE_HEADER, "lca"}, {NODE_CODE_BLOCK, "ta"},
	{NODE_RAW_BLOCK, "ft"}, {NODE_BLOCK_QUOTE, "c"}, {NODE_BULLET_LIST, "c"}, {NODE_ORDERED_LIST, "cn"},
	{NODE_HORIZONTAL_RULE, ""}, {NODE_DIV, "ca"}, {NODE_TABLE, "--hb-a"}, {NODE_TABLE_HEAD, "ca"},
	{NODE_TABLE_BODY, "c--a"}, {NODE_TABLE_ROW, "ca"}, {NODE_TABLE_CELL, "cA--a"}, {NODE_STR, "t"}, {NODE_SPACE, ""},
	{NODE_SOFT_BREAK, ""}, {NODE_LINE_BREAK, ""}, {NODE_EMPH, "c"}, {NODE_STRONG, "c"}, {NODE_STRIKEOUT, "c"},
	{NODE_CODE, "ta"}, {NODE_LINK, "ctTa"}, {NODE_IMAGE, "ctTa"}, {NODE_RAW_INLINE, "ft"}, {NODE_SPAN, "ca"},
};

static void
read_start(lua_State *lua, int index, struct node *node)
{
	lua_pushvalue(lua, index);
	if (lua_istable(lua, index)) {
		lua_pop(lua, 1);
		if (lua_getfield(lua, index, "start") == LUA_TNIL) {
			lua_pop(lua, 1);
			lua_geti(lua, index, 1);
		}
	}
	lua_Integer start = luaL_optinteger(lua, -1, 1);
	luaL_argcheck(lua, start >= 0 && start <= 999999999, index, "a list starts at a number from 0 to 999999999");
	node->level = (uint32_t)start;
	lua_pop(lua, 1);
}

static void
read_groups(lua_State *lua, int index, struct node *node)
{
	node_vec groups = {0};
	for (struct node *child = node->first; child; child = child->next)
		vec_push(run_of(lua)->scratch, &groups, child);
	if (lua_istable(lua, index))
		convert_children(lua, index, CONTENT_GROUPS, &groups);
	else
		vec_push(run_of(lua)->scratch, &groups, element_check(lua, index));
	for (size_t i = 0; i < groups.count; i++)
		luaL_argcheck(lua, content_holds(CONTENT_GROUPS, groups.items[i]->type), index, "head or bodies of a table expected");
	edit_set_children(lua, node, &groups);
}

static void
read_content(lua_State *lua, int index, struct node *node)
{
	node_vec children = {0};
	convert_children(lua, index, content_of(node->type), &children);
	edit_set_children(lua, node, &children);
}

/* The argument goes the way of an assignment to the field. */
static void
read_field(lua_State *lua, int index, struct node *node, const char *name)
{
	element_push(lua, node);
	lua_pushvalue(lua, index);
	lua_setfield(lua, -2, name);
	lua_pop(lua, 1);
}

static void
read_argument(lua_State *lua, int index, struct node *node, char letter)
{
	switch (letter) {
	case 't':
		luaL_checkstring(lua, index);
		node->text = run_text(lua, index);
		break;
	case 'c': read_content(lua, index, node); break;
	case 'f': read_field(lua, index, node, "format"); break;
	case 'l': read_field(lua, index, node, "level"); break;
	case 'h':
	case 'b': read_groups(lua, index, node); break;
	case 'T':
	case 'a':
	case 'n':
	case 'A':
	case 'm':
		if (lua_isnoneornil(lua, index))
			break;
		if (letter == 'n')
			read_start(lua, index, node);
		else
			read_field(lua, index, node, letter == 'T' ? "title" : letter == 'a' ? "attr" : letter == 'm' ? "meta" : "alignment");
	}
}

/* Content may be left out where a list of nothing makes sense. */
static int
construct(lua_State *lua)
{
	const struct constructor *constructor = &constructors[lua_tointeger(lua, lua_upvalueindex(1))];
	struct node *node = node_make(lua, constructor->type);
	int count = (int)strlen(constructor->arguments);
	lua_settop(lua, count);
	node->level = constructor->type == NODE_ORDERED_LIST;
	for (int i = 0; i < count; i++) {
		if (constructor->arguments[i] == 'c' && lua_isnil(lua, i + 1))
			continue;
		read_argument(lua, i + 1, node, constructor->arguments[i]);
	}
	element_push(lua, node);
	return 1;
}

static int
clone_method(lua_State *lua)
{
	element_push(lua, edit_copy(lua, element_check(lua, 1)));
	return 1;
}

/* pandoc.Attr(identifier, classes, attributes): a plain table with these three. */
static int
make_attr(lua_State *lua)
{
	lua_settop(lua, 3);
	lua_createtable(lua, 0, 4);
	lua_pushliteral(lua, "Attr");
	lua_setfield(lua, 4, "t");
	lua_pushstring(lua, luaL_optstring(lua, 1, ""));
	lua_setfield(lua, 4, "identifier");
	for (int i = 2; i <= 3; i++) {
		if (lua_isnil(lua, i))
			lua_newtable(lua);
		else
			lua_pushvalue(lua, i);
		if (i == 2 && lua_istable(lua, -1))
			list_set_kind(lua, LIST_PLAIN);
		lua_setfield(lua, 4, i == 2 ? "classes" : "attributes");
	}
	return 1;
}

static int
make_list_attributes(lua_State *lua)
{
	static const char *const names[] = {"start", "style", "delimiter"};
	lua_settop(lua, 3);
	lua_createtable(lua, 3, 3);
	for (int i = 0; i < 3; i++) {
		lua_pushvalue(lua, i + 1);
		lua_setfield(lua, 4, names[i]);
	}
	return 1;
}

static int
refuse_name(lua_State *lua)
{
	return luaL_error(lua, "ismark has no `pandoc.%s`", lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "?");
}

static const char *const constants[] = {"AlignDefault", "AlignLeft", "AlignCenter", "AlignRight", "DefaultStyle", "Decimal",
                                        "DefaultDelim", "Period", "OneParen"};

void
make_open(lua_State *lua)
{
	for (size_t i = 0; i < sizeof constructors / sizeof *constructors; i++) {
		lua_pushinteger(lua, (lua_Integer)i);
		lua_pushcclosure(lua, construct, 1);
		lua_setfield(lua, -2, node_type_name(constructors[i].type));
	}
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
		lua_pushstring(lua, constants[i]);
		lua_setfield(lua, -2, constants[i]);
	}
	lua_pushcfunction(lua, make_attr);
	lua_setfield(lua, -2, "Attr");
	lua_pushcfunction(lua, make_list_attributes);
	lua_setfield(lua, -2, "ListAttributes");
	lua_createtable(lua, 0, 1);
	lua_pushcfunction(lua, refuse_name);
	lua_setfield(lua, -2, "__index");
	lua_setmetatable(lua, -2);
	lua_createtable(lua, 0, 2);
	lua_pushcfunction(lua, clone_method);
	lua_setfield(lua, -2, "clone");
	lua_pushcfunction(lua, walk_method);
	lua_setfield(lua, -2, "walk");
	element_open(lua);
}
