#include "lua/edit.h"

bool
edit_is_value(lua_State *lua, const struct node *node)
{
	const struct node *top = node;
	if (!(node->filter_marks & MARK_MADE))
		return false;
	for (; top->parent; top = top->parent)
		sandbox_charge(lua, 1);
	return top != run_of(lua)->root;
}

static void
save(lua_State *lua, struct node *node)
{
	struct lua_run *run = run_of(lua);
	vec_push(run->scratch, &run->edits, ((struct edit){node, *node}));
	run_check_memory(lua);
	sandbox_charge(lua, 2);
}

void
edit_begin(lua_State *lua, struct node *node)
{
	struct lua_run *run = run_of(lua);
	bool in_scope = false;
	const struct node *top = node;
	for (const struct node *at = node; at; at = at->parent) {
		sandbox_charge(lua, 1);
		in_scope |= at == run->scope;
		top = at;
	}
	if (top == run->root && !in_scope)
		luaL_error(lua, "this %s stands elsewhere in the document; change a copy, `element:clone()`", node_type_name(node->type));
	if (top == run->root || !(node->filter_marks & MARK_MADE))
		save(lua, node);
}

/* Marks are no part of what was: an open table stays open. */
void
edit_rollback(struct lua_run *run, size_t mark)
{
	while (run->edits.count > mark) {
		const struct edit *edit = &run->edits.items[--run->edits.count];
		uint8_t marks = edit->node->filter_marks;
		*edit->node = edit->before;
		edit->node->filter_marks = marks;
	}
}

/* ---- copies ---- */

static struct node *
copy_one(lua_State *lua, struct node *node)
{
	struct lua_run *run = run_of(lua);
	element_settle(lua, node);
	struct node *copy = arena_new(run->scratch, struct node);
	*copy = *node;
	copy->parent = copy->first = copy->last = copy->previous = copy->next = NULL;
	copy->filter_marks = MARK_MADE;
	sandbox_charge(lua, 4);
	run_check_memory(lua);
	return copy;
}

struct node *
edit_copy(lua_State *lua, struct node *node)
{
	struct node *copy = copy_one(lua, node), *into = copy;
	for (struct node *from = node; from;) {
		struct node *next = from->first;
		if (!next) {
			while (from != node && !from->next) {
				from = from->parent;
				into = into->parent;
			}
			if (from == node)
				break;
			next = from->next;
			into = into->parent;
		}
		struct node *child = copy_one(lua, next);
		node_append(into, child);
		into = child;
		from = next;
	}
	return copy;
}

/* ---- links ---- */

static bool
is_above(lua_State *lua, const struct node *node, const struct node *place)
{
	for (; place; place = place->parent) {
		sandbox_charge(lua, 1);
		if (place == node)
			return true;
	}
	return false;
}

/* CHILD, or a copy of it when it cannot stand below PARENT as it is. */
static struct node *
adopt(lua_State *lua, struct node *parent, struct node *child, bool undoable)
{
	if (child->parent || is_above(lua, child, parent))
		return edit_copy(lua, child);
	if (undoable || !(child->filter_marks & MARK_MADE))
		save(lua, child);
	return child;
}

static void
unlink_saved(lua_State *lua, struct node *node)
{
	save(lua, node->parent);
	save(lua, node);
	if (node->previous)
		save(lua, node->previous);
	if (node->next)
		save(lua, node->next);
	node_unlink(node);
}

static bool
are_children(const struct node *parent, const node_vec *children)
{
	const struct node *node = parent->first;
	for (size_t i = 0; i < children->count; i++, node = node->next)
		if (node != children->items[i] || !node)
			return false;
	return !node;
}

void
edit_set_children(lua_State *lua, struct node *parent, const node_vec *children)
{
	sandbox_charge(lua, children->count / 4);
	if (are_children(parent, children))
		return;
	edit_begin(lua, parent);
	bool undoable = !edit_is_value(lua, parent);
	while (parent->first) {
		struct node *child = parent->first;
		if (undoable || !(child->filter_marks & MARK_MADE))
			save(lua, child);
		parent->first = child->next;
		child->parent = child->previous = child->next = NULL;
	}
	parent->last = NULL;
	for (size_t i = 0; i < children->count; i++)
		node_append(parent, adopt(lua, parent, children->items[i], undoable));
}

void
edit_replace(lua_State *lua, struct node *node, const node_vec *nodes)
{
	struct node *parent = node->parent, *next = node->next;
	unlink_saved(lua, node);
	for (size_t i = 0; i < nodes->count; i++) {
		struct node *child = adopt(lua, parent, nodes->items[i], true);
		if (!child->span.source)
			child->span = node->span;
		if (next) {
			save(lua, next);
			if (next->previous)
				save(lua, next->previous);
			node_insert_before(next, child);
		} else {
			if (parent->last)
				save(lua, parent->last);
			node_append(parent, child);
		}
	}
}
