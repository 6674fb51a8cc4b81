/* Front matter as scripts see it: strings, booleans, lists and maps; and back, where what did not change keeps its place. */
#include <stdlib.h>

#include "lua/edit.h"

enum { DEPTH_MAX = 32 };

static void
push_value(lua_State *lua, const struct tree *tree);

static bool
is_true(const struct tree *tree)
{
	return !tree->quoted && str_equal_ignore_case(tree->text, STR("true"));
}

static bool
is_boolean(const struct tree *tree)
{
	return is_true(tree) || (!tree->quoted && str_equal_ignore_case(tree->text, STR("false")));
}

static void
push_map(lua_State *lua, const struct tree *tree)
{
	lua_newtable(lua);
	for (size_t i = 0; tree && i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		if (tree_is_absent(pair->value))
			continue;
		lua_pushlstring(lua, pair->key.data, pair->key.size);
		push_value(lua, pair->value);
		lua_rawset(lua, -3);
	}
}

static void
push_items(lua_State *lua, const struct tree *tree)
{
	lua_newtable(lua);
	list_set_kind(lua, LIST_PLAIN);
	for (size_t i = 0; i < tree->items.count; i++) {
		push_value(lua, tree->items.items[i]);
		lua_rawseti(lua, -2, (lua_Integer)i + 1);
	}
}

/* As deep as the reader of YAML allows. */
static void
push_value(lua_State *lua, const struct tree *tree)
{
	luaL_checkstack(lua, 8, NULL);
	sandbox_charge(lua, 1);
	if (tree->type == TREE_MAP)
		push_map(lua, tree);
	else if (tree->type == TREE_LIST)
		push_items(lua, tree);
	else if (is_boolean(tree))
		lua_pushboolean(lua, is_true(tree));
	else
		lua_pushlstring(lua, tree->text.size ? tree->text.data : "", tree->text.size);
}

void
meta_push(lua_State *lua)
{
	push_map(lua, run_of(lua)->meta);
}

/* ---- back ---- */

static struct span
span_of(lua_State *lua, const struct tree *old)
{
	return old ? old->span : span_of_file(run_of(lua)->source);
}

static struct tree *
take_value(lua_State *lua, int index, struct tree *old, int depth);

static struct tree *
take_scalar(lua_State *lua, struct str text, bool boolean, struct tree *old)
{
	struct arena *arena = run_of(lua)->arena;
	if (old && old->type == TREE_SCALAR && str_equal(old->text, text) && is_boolean(old) == boolean)
		return old;
	if (boolean && old && old->type == TREE_SCALAR && is_boolean(old) && is_true(old) == str_equal(text, STR("true")))
		return old;
	struct tree *tree = tree_new_scalar(arena, str_copy(arena, text), span_of(lua, old));
	tree->quoted = !boolean;
	return tree;
}

static struct tree *
take_items(lua_State *lua, int index, struct tree *old, int depth)
{
	struct arena *arena = run_of(lua)->arena;
	struct tree *list = tree_new_list(arena, span_of(lua, old));
	size_t count = (size_t)lua_rawlen(lua, index), before = old && old->type == TREE_LIST ? old->items.count : 0;
	bool same = count == before && old && old->type == TREE_LIST;
	for (size_t i = 0; i < count; i++) {
		struct tree *item = i < before ? old->items.items[i] : NULL;
		lua_rawgeti(lua, index, (lua_Integer)i + 1);
		struct tree *now = take_value(lua, lua_gettop(lua), item, depth + 1);
		lua_pop(lua, 1);
		same = same && now == item;
		if (now)
			vec_push(arena, &list->items, now);
	}
	return same ? old : list;
}

static int
compare_keys(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* The string keys of the table at INDEX, in order. */
static str_vec
table_keys(lua_State *lua, int index)
{
	str_vec keys = {0};
	for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
		if (lua_type(lua, -2) != LUA_TSTRING)
			luaL_error(lua, "the keys of front matter are strings, not a %s", luaL_typename(lua, -2));
		vec_push(run_of(lua)->scratch, &keys, run_text(lua, -2));
	}
	if (keys.count)
		qsort(keys.items, keys.count, sizeof *keys.items, compare_keys);
	return keys;
}

static struct tree *
take_key(lua_State *lua, int index, struct str key, struct tree *old, int depth)
{
	lua_pushlstring(lua, key.size ? key.data : "", key.size);
	lua_rawget(lua, index);
	struct tree *value = lua_isnil(lua, -1) ? NULL : take_value(lua, lua_gettop(lua), old, depth + 1);
	lua_pop(lua, 1);
	return value;
}

/* Keys that were there keep their order and place, new ones follow by name. */
static struct tree *
take_map(lua_State *lua, int index, struct tree *old, int depth)
{
	struct arena *arena = run_of(lua)->arena;
	struct tree *map = tree_new_map(arena, span_of(lua, old));
	bool was_map = old && old->type == TREE_MAP, same = was_map;
	for (size_t i = 0; was_map && i < old->pairs.count; i++) {
		const struct tree_pair *pair = &old->pairs.items[i];
		struct tree *value = take_key(lua, index, pair->key, pair->value, depth);
		if (!value && tree_is_absent(pair->value))
			value = pair->value;
		same = same && value == pair->value;
		if (value)
			tree_add_pair(arena, map, pair->key, pair->key_span, value);
	}
	str_vec keys = table_keys(lua, index);
	for (size_t i = 0; i < keys.count; i++) {
		if (was_map && tree_get(old, keys.items[i]))
			continue;
		struct tree *value = take_key(lua, index, keys.items[i], NULL, depth);
		if (value)
			tree_add_pair(arena, map, str_copy(arena, keys.items[i]), map->span, value);
		same = same && !value;
	}
	return same ? old : map;
}

/* A list of elements is its text, as Pandoc's Inlines in metadata are. */
static bool
holds_elements(lua_State *lua, int index)
{
	bool elements = lua_rawgeti(lua, index, 1) == LUA_TLIGHTUSERDATA;
	lua_pop(lua, 1);
	return elements;
}

static struct str
list_text(lua_State *lua, int index)
{
	str_vec texts = {0};
	for (lua_Integer i = 1, size = (lua_Integer)lua_rawlen(lua, index); i <= size; i++) {
		lua_rawgeti(lua, index, i);
		struct node *node = element_at(lua, -1);
		vec_push(run_of(lua)->scratch, &texts, node && node->type == NODE_SPACE ? STR(" ") : node ? utils_text(lua, node) : STR(""));
		lua_pop(lua, 1);
	}
	return str_join(run_of(lua)->scratch, texts.items, texts.count, STR(""));
}

static struct tree *
take_table(lua_State *lua, int index, struct tree *old, int depth)
{
	if (depth >= DEPTH_MAX)
		luaL_error(lua, "front matter is nested more than %d levels deep", DEPTH_MAX);
	if (holds_elements(lua, index))
		return take_scalar(lua, list_text(lua, index), false, old);
	if (lua_rawlen(lua, index) || (old && old->type == TREE_LIST))
		return take_items(lua, index, old, depth);
	return take_map(lua, index, old, depth);
}

static struct tree *
take_value(lua_State *lua, int index, struct tree *old, int depth)
{
	struct node *node = element_at(lua, index);
	luaL_checkstack(lua, 12, NULL);
	sandbox_charge(lua, 4);
	run_check_memory(lua);
	if (node)
		return take_scalar(lua, utils_text(lua, node), false, old);
	switch (lua_type(lua, index)) {
	case LUA_TBOOLEAN: return take_scalar(lua, lua_toboolean(lua, index) ? STR("true") : STR("false"), true, old);
	case LUA_TSTRING: return take_scalar(lua, run_text(lua, index), false, old);
	case LUA_TNUMBER:
		lua_pushvalue(lua, index);
		struct tree *tree = take_scalar(lua, run_text(lua, -1), false, old);
		lua_pop(lua, 1);
		return tree;
	case LUA_TTABLE: return take_table(lua, index, old, depth);
	default: luaL_error(lua, "front matter cannot hold a %s", luaL_typename(lua, index));
	}
	return NULL;
}

void
meta_take(lua_State *lua, int index)
{
	struct lua_run *run = run_of(lua);
	index = lua_absindex(lua, index);
	if (!lua_istable(lua, index))
		luaL_error(lua, "front matter is a table, not a %s", luaL_typename(lua, index));
	struct tree *map = take_map(lua, index, run->meta, 0);
	if (map->pairs.count || run->meta)
		run->meta = map;
}
