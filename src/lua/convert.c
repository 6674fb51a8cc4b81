/* What a script gives for inlines, blocks, items and parts of tables, made into nodes. As Pandoc does, a string counts
 * as its words, an element as a list of one, and inlines among blocks as a Plain. */
#include <string.h>

#include "base/utf8.h"
#include "lua/edit.h"

enum { NESTING_MAX = 8 };

static const char items_key;

struct str
run_text(lua_State *lua, int index)
{
	struct lua_run *run = run_of(lua);
	struct str text;
	text.data = lua_tolstring(lua, index, &text.size);
	sandbox_charge_bytes(lua, text.size);
	text = utf8_repair(run->scratch, str_copy(run->scratch, text));
	for (size_t at; (at = str_find_char(text, '\0', 0)) != STR_NONE;) {
		text = str_join(run->scratch, (struct str[]){str_slice(text, 0, at), str_from_index(text, at + 1)}, 2,
		                STR("\xEF\xBF\xBD"));
		sandbox_charge_bytes(lua, text.size);
	}
	run_check_memory(lua);
	return text;
}

struct node *
node_make(lua_State *lua, enum node_type type)
{
	struct lua_run *run = run_of(lua);
	const struct node *current = run->sandbox.current;
	struct node *node = node_new(run->scratch, type, current ? current->span : (struct span){0});
	node->filter_marks = MARK_MADE;
	sandbox_charge(lua, 4);
	run_check_memory(lua);
	return node;
}

/* ---- strings ---- */

static void
push_node(lua_State *lua, node_vec *out, struct node *node)
{
	sandbox_charge(lua, 1);
	vec_push(run_of(lua)->scratch, out, node);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Words, Space between them, SoftBreak where a line ends. */
static void
add_words(lua_State *lua, int index, node_vec *out)
{
	struct str text = run_text(lua, index);
	for (size_t i = 0; i < text.size;) {
		size_t end = i;
		bool blank = is_blank(text.data[i]), line = false;
		for (; end < text.size && is_blank(text.data[end]) == blank; end++)
			line |= text.data[end] == '\n';
		struct node *node = node_make(lua, !blank ? NODE_STR : line ? NODE_SOFT_BREAK : NODE_SPACE);
		if (!blank)
			node->text = str_slice(text, i, end);
		push_node(lua, out, node);
		i = end;
	}
}

static void
add_string(lua_State *lua, int index, node_vec *out)
{
	struct node *node = node_make(lua, NODE_STR);
	node->text = run_text(lua, index);
	push_node(lua, out, node);
}

/* ---- inlines and blocks ---- */

static const char *
content_name(enum content_kind kind)
{
	static const char *const names[] = {"nothing", "inlines", "blocks", "list items", "table parts", "table rows", "table cells"};
	return names[kind];
}

static int
refuse(lua_State *lua, int index, enum content_kind kind)
{
	const struct node *node = element_at(lua, index);
	return luaL_error(lua, "%s expected, got a %s", content_name(kind), node ? node_type_name(node->type) : luaL_typename(lua, index));
}

static void
add_inline(lua_State *lua, int index, node_vec *out)
{
	struct node *node = element_at(lua, index);
	if (node && content_holds(CONTENT_INLINES, node->type))
		push_node(lua, out, node);
	else if (lua_type(lua, index) == LUA_TSTRING)
		add_string(lua, index, out);
	else
		refuse(lua, index, CONTENT_INLINES);
}

static void
add_inlines(lua_State *lua, int index, node_vec *out)
{
	if (lua_type(lua, index) == LUA_TSTRING)
		add_words(lua, index, out);
	else if (!lua_istable(lua, index))
		add_inline(lua, index, out);
	else
		for (lua_Integer i = 1, count = luaL_len(lua, index); i <= count; i++) {
			lua_geti(lua, index, i);
			add_inline(lua, lua_gettop(lua), out);
			lua_pop(lua, 1);
		}
}

static bool
is_inline(lua_State *lua, int index)
{
	const struct node *node = element_at(lua, index);
	return lua_type(lua, index) == LUA_TSTRING || (node && content_holds(CONTENT_INLINES, node->type));
}

static void
add_plain(lua_State *lua, const node_vec *inlines, node_vec *out)
{
	struct node *plain = node_make(lua, NODE_PLAIN);
	edit_set_children(lua, plain, inlines);
	push_node(lua, out, plain);
}

static void
add_block(lua_State *lua, int index, node_vec *out)
{
	struct node *node = element_at(lua, index);
	node_vec inlines = {0};
	if (node && content_holds(CONTENT_BLOCKS, node->type)) {
		push_node(lua, out, node);
	} else if (lua_istable(lua, index) || is_inline(lua, index)) {
		add_inlines(lua, index, &inlines);
		add_plain(lua, &inlines, out);
	} else {
		refuse(lua, index, CONTENT_BLOCKS);
	}
}

/* A run of inlines becomes one Plain. */
static void
add_blocks(lua_State *lua, int index, node_vec *out)
{
	node_vec run = {0};
	if (!lua_istable(lua, index)) {
		add_block(lua, index, out);
		return;
	}
	lua_Integer count = luaL_len(lua, index);
	for (lua_Integer i = 1; i <= count + 1; i++) {
		lua_geti(lua, index, i);
		int top = lua_gettop(lua);
		if (i <= count && is_inline(lua, top)) {
			add_inline(lua, top, &run);
		} else {
			if (run.count)
				add_plain(lua, &run, out);
			run = (node_vec){0};
			if (i <= count)
				add_block(lua, top, out);
		}
		lua_pop(lua, 1);
	}
}

/* ---- items of lists ---- */

static void
push_items_table(lua_State *lua)
{
	if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &items_key) == LUA_TTABLE)
		return;
	lua_pop(lua, 1);
	lua_newtable(lua);
	lua_createtable(lua, 0, 1);
	lua_pushliteral(lua, "k");
	lua_setfield(lua, -2, "__mode");
	lua_setmetatable(lua, -2);
	lua_pushvalue(lua, -1);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, &items_key);
}

void
convert_remember_item(lua_State *lua, struct node *item)
{
	push_items_table(lua);
	lua_pushvalue(lua, -2);
	lua_pushlightuserdata(lua, item);
	lua_rawset(lua, -3);
	lua_pop(lua, 1);
}

/* The item whose blocks were handed out as the table at INDEX, or a new one. */
static struct node *
item_of(lua_State *lua, int index)
{
	struct node *item = NULL;
	if (lua_istable(lua, index)) {
		push_items_table(lua);
		lua_pushvalue(lua, index);
		lua_rawget(lua, -2);
		item = lua_touserdata(lua, -1);
		lua_pop(lua, 2);
	}
	return item ? item : node_make(lua, NODE_LIST_ITEM);
}

static void
add_item(lua_State *lua, int index, node_vec *out)
{
	node_vec blocks = {0};
	add_blocks(lua, index, &blocks);
	struct node *item = item_of(lua, index);
	edit_set_children(lua, item, &blocks);
	push_node(lua, out, item);
}

static void
add_part(lua_State *lua, int index, enum content_kind kind, node_vec *out)
{
	struct node *node = element_at(lua, index);
	if (!node || !content_holds(kind, node->type))
		refuse(lua, index, kind);
	push_node(lua, out, node);
}

static void
add_list(lua_State *lua, int index, enum content_kind kind, node_vec *out)
{
	if (!lua_istable(lua, index)) {
		refuse(lua, index, kind);
		return;
	}
	for (lua_Integer i = 1, count = luaL_len(lua, index); i <= count; i++) {
		lua_geti(lua, index, i);
		if (kind == CONTENT_ITEMS)
			add_item(lua, lua_gettop(lua), out);
		else
			add_part(lua, lua_gettop(lua), kind, out);
		lua_pop(lua, 1);
	}
}

void
convert_children(lua_State *lua, int index, enum content_kind kind, node_vec *out)
{
	index = lua_absindex(lua, index);
	luaL_checkstack(lua, NESTING_MAX, NULL);
	if (kind == CONTENT_INLINES)
		add_inlines(lua, index, out);
	else if (kind == CONTENT_BLOCKS)
		add_blocks(lua, index, out);
	else
		add_list(lua, index, kind, out);
}
