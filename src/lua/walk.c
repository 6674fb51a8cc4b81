/* The order in which a filter's functions meet the tree, Pandoc's "typewise": inlines, lists of inlines, blocks, lists of
 * blocks, Meta, Pandoc; within each what is inside first, then from left to right. What a function gives back is not
 * visited again. */
#include <string.h>

#include "lua/edit.h"

struct walk {
	lua_State *lua;
	int functions;  /* stack index: number -> function */
	bool has[CALLBACK_COUNT];
	bool document;
	struct node *root;
};

static const char callbacks_key;

/* ---- the functions of a filter ---- */

static const char *
callback_name(int number)
{
	static const char *const names[] = {"Inlines", "Blocks", "Meta", "Pandoc"};
	return number < NODE_TYPE_COUNT ? node_type_name((enum node_type)number) : names[number - NODE_TYPE_COUNT];
}

/* Pandoc gives no such callbacks: parts of lists and tables; the document's is at the end. */
static bool
is_visited(int number)
{
	return number >= NODE_TYPE_COUNT || content_holds(CONTENT_INLINES, (enum node_type)number) ||
	       content_holds(CONTENT_BLOCKS, (enum node_type)number);
}

/* Pushes the function for NUMBER, or nil. `Inline` and `Block` stand for all elements without one. */
static void
push_function(lua_State *lua, int filter, int number)
{
	const char *name = callback_name(number);
	if (lua_getfield(lua, filter, name) == LUA_TNIL && number < NODE_TYPE_COUNT) {
		name = node_is_block((enum node_type)number) ? "Block" : "Inline";
		lua_pop(lua, 1);
		lua_getfield(lua, filter, name);
	}
	if (!lua_isnil(lua, -1) && !lua_isfunction(lua, -1))
		luaL_error(lua, "`%s` in the filter is a %s, not a function", name, luaL_typename(lua, -1));
}

static void
collect_functions(struct walk *walk, int filter)
{
	lua_State *lua = walk->lua;
	lua_createtable(lua, CALLBACK_COUNT, 0);
	walk->functions = lua_gettop(lua);
	for (int number = 0; number < CALLBACK_COUNT; number++) {
		if (!is_visited(number))
			continue;
		push_function(lua, filter, number);
		walk->has[number] = !lua_isnil(lua, -1);
		lua_rawseti(lua, walk->functions, number + 1);
	}
	if (lua_getfield(lua, filter, "traverse") == LUA_TSTRING && !strcmp(lua_tostring(lua, -1), "topdown"))
		luaL_error(lua, "traverse = 'topdown' is not supported; filters meet the tree typewise");
	lua_pop(lua, 1);
	if (!walk->document)
		return;
	lua_pushvalue(lua, walk->functions);
	lua_rawsetp(lua, LUA_REGISTRYINDEX, &callbacks_key);
}

void
walk_push_callback(lua_State *lua, int number)
{
	if (lua_rawgetp(lua, LUA_REGISTRYINDEX, &callbacks_key) == LUA_TTABLE)
		lua_rawgeti(lua, -1, number + 1);
	else
		lua_pushnil(lua);
	lua_remove(lua, -2);
}

size_t
walk_count_callbacks(lua_State *lua, int index)
{
	size_t count = 0;
	index = lua_absindex(lua, index);
	for (int number = 0; number < CALLBACK_COUNT; number++)
		if (is_visited(number)) {
			push_function(lua, index, number);
			count += !lua_isnil(lua, -1);
			lua_pop(lua, 1);
		}
	return count;
}

static bool
has_any(const struct walk *walk, enum content_kind kind)
{
	for (int number = 0; number < NODE_TYPE_COUNT; number++)
		if (walk->has[number] && content_holds(kind, (enum node_type)number))
			return true;
	return false;
}

/* ---- a callback ---- */

struct call {
	size_t edits, opened;
	void *current;
};

/* Leaves the function on the stack; its argument follows. */
static struct call
begin_call(struct walk *walk, int number, struct node *node)
{
	struct lua_run *run = run_of(walk->lua);
	struct call call = {run->edits.count, run->opened.count, run->sandbox.current};
	run->sandbox.current = node;
	run->callback = number;
	if (walk->document)
		run->scope = node;
	sandbox_charge(walk->lua, 1);
	lua_rawgeti(walk->lua, walk->functions, number + 1);
	return call;
}

/* What a callback did to its element does not count when it gives nothing back; what it made stays. */
static void
forget_changes(struct walk *walk, const struct call *call)
{
	struct lua_run *run = run_of(walk->lua);
	edit_rollback(run, call->edits);
	for (size_t i = 0; i < run->opened.count; i++)
		if (edit_is_value(walk->lua, run->opened.items[i]))
			element_settle(walk->lua, run->opened.items[i]);
}

/* Runs the function below the argument on the stack and leaves its result; false when that is nil. */
static bool
end_call(struct walk *walk, const struct call *call)
{
	struct lua_run *run = run_of(walk->lua);
	lua_call(walk->lua, 1, 1);
	bool changed = !lua_isnil(walk->lua, -1);
	if (!walk->document) {
		element_settle_all(walk->lua, call->opened);
		return changed;
	}
	run->judging = true;
	if (changed)
		element_settle_all(walk->lua, 0);
	else
		forget_changes(walk, call);
	return changed;
}

static void
finish_call(struct walk *walk, const struct call *call)
{
	struct lua_run *run = run_of(walk->lua);
	lua_pop(walk->lua, 1);
	if (walk->document) {
		run->judging = false;
		element_close_all(walk->lua);
	}
	run->sandbox.current = call->current;
}

/* ---- the passes ---- */

static void
visit_element(struct walk *walk, struct node *node, enum content_kind kind)
{
	lua_State *lua = walk->lua;
	struct call call = begin_call(walk, (int)node->type, node);
	element_push(lua, node);
	if (end_call(walk, &call) && element_at(lua, -1) != node) {
		node_vec nodes = {0};
		convert_children(lua, -1, kind, &nodes);
		edit_replace(lua, node, &nodes);
	}
	finish_call(walk, &call);
}

static void
visit_list(struct walk *walk, struct node *node, enum content_kind kind)
{
	lua_State *lua = walk->lua;
	struct call call = begin_call(walk, kind == CONTENT_INLINES ? CALLBACK_INLINES : CALLBACK_BLOCKS, node);
	element_push_children(lua, node);
	if (end_call(walk, &call)) {
		node_vec nodes = {0};
		convert_children(lua, -1, kind, &nodes);
		edit_set_children(lua, node, &nodes);
	}
	finish_call(walk, &call);
}

/* Inlines hold no blocks. */
static struct node *
first_inside(struct node *node, bool blocks)
{
	while (node->first && !(blocks && content_of(node->type) == CONTENT_INLINES))
		node = node->first;
	return node;
}

/* Visits what is inside the root, innermost first, and the root itself last when LISTS. A callback cannot move what comes
 * later, or if it can, in element:walk(), the pass may end early. */
static void
pass(struct walk *walk, enum content_kind kind, bool lists)
{
	bool blocks = kind == CONTENT_BLOCKS;
	for (struct node *node = first_inside(walk->root, blocks), *next; node; node = next) {
		bool last = node == walk->root;
		next = last ? NULL : node->next ? first_inside(node->next, blocks) : node->parent;
		sandbox_charge(walk->lua, 1);
		if (lists && content_of(node->type) == kind)
			visit_list(walk, node, kind);
		else if (!lists && !last && walk->has[node->type] && content_holds(kind, node->type))
			visit_element(walk, node, kind);
	}
}

static void
visit_meta(struct walk *walk)
{
	struct call call = begin_call(walk, CALLBACK_META, walk->root);
	meta_push(walk->lua);
	if (end_call(walk, &call))
		meta_take(walk->lua, lua_gettop(walk->lua));
	finish_call(walk, &call);
}

/* The blocks of a document that the script made, which gives them up. */
static void
take_document(lua_State *lua, struct node *root, struct node *made)
{
	node_vec blocks = {0};
	for (struct node *node = made->first; node; node = node->next)
		vec_push(run_of(lua)->scratch, &blocks, node);
	while (made->first)
		node_unlink(made->first);
	edit_set_children(lua, root, &blocks);
	lua_getfield(lua, -1, "meta");
	meta_take(lua, lua_gettop(lua));
	lua_pop(lua, 1);
}

static void
visit_document(struct walk *walk)
{
	lua_State *lua = walk->lua;
	struct call call = begin_call(walk, CALLBACK_PANDOC, walk->root);
	element_push(lua, walk->root);
	if (end_call(walk, &call)) {
		struct node *node = element_at(lua, -1);
		if (!node || node->type != NODE_DOCUMENT)
			luaL_error(lua, "a Pandoc document expected, got a %s", node ? node_type_name(node->type) : luaL_typename(lua, -1));
		if (node != walk->root)
			take_document(lua, walk->root, node);
	}
	finish_call(walk, &call);
}

void
walk_tree(lua_State *lua, int index, struct node *root, bool document)
{
	struct walk walk = {.lua = lua, .document = document, .root = root};
	index = lua_absindex(lua, index);
	luaL_checkstack(lua, 20, NULL);
	collect_functions(&walk, index);
	if (has_any(&walk, CONTENT_INLINES))
		pass(&walk, CONTENT_INLINES, false);
	if (walk.has[CALLBACK_INLINES])
		pass(&walk, CONTENT_INLINES, true);
	if (has_any(&walk, CONTENT_BLOCKS))
		pass(&walk, CONTENT_BLOCKS, false);
	if (walk.has[CALLBACK_BLOCKS])
		pass(&walk, CONTENT_BLOCKS, true);
	if (document && walk.has[CALLBACK_META])
		visit_meta(&walk);
	if (document && walk.has[CALLBACK_PANDOC])
		visit_document(&walk);
	lua_pop(lua, 1);
}

int
walk_method(lua_State *lua)
{
	struct node *copy = edit_copy(lua, element_settled(lua, 1));
	luaL_checktype(lua, 2, LUA_TTABLE);
	walk_tree(lua, 2, copy, false);
	element_push(lua, copy);
	return 1;
}
