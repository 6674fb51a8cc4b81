/* One filter at work on one document: what the files of src/lua/ that know elements share. Lua holds elements as
 * light userdata that point to nodes, so a callback costs no copy; nodes and edits live in the scratch arena. */
#ifndef ISMARK_LUA_RUN_H
#define ISMARK_LUA_RUN_H

#include "lua/sandbox.h"
#include "text/node.h"
#include "text/tree.h"

struct lua_filter;

/* Bits of node.filter_marks. */
enum node_mark {
	MARK_MADE = 1, /* by a filter: a value of its script until it is put into the tree */
	MARK_OPEN = 2  /* a field of it was handed out as a table, which counts as its content */
};

struct edit {
	struct node *node;
	struct node before;
};

typedef VEC(struct node *) node_vec;

struct lua_run {
	struct sandbox sandbox; /* first, and `current` is the element of the innermost callback */
	const struct lua_filter *filter;
	struct arena *scratch;
	struct arena *arena;    /* the document's: for front matter */
	const struct source *source;
	struct node *root;      /* the document */
	struct node *scope;     /* what the outermost callback may change, with all that is in it */
	VEC(struct edit) edits; /* what nodes were, oldest first: undone backwards */
	node_vec opened;        /* in the order in which they got MARK_OPEN */
	struct tree *meta;      /* front matter: a map, or NULL */
	bool judging;           /* an error now is about what a callback returned … */
	int callback;           /* … this one */
};

struct lua_run *
run_of(lua_State *lua);
/* Stops the script when nodes and Lua together hold more than the limit. */
void
run_check_memory(lua_State *lua);

/* ---- kinds of content ---- */

enum content_kind { CONTENT_NONE, CONTENT_INLINES, CONTENT_BLOCKS, CONTENT_ITEMS, CONTENT_GROUPS, CONTENT_ROWS, CONTENT_CELLS };

enum content_kind
content_of(enum node_type type);
/* A node of a type that stands in lists of KIND. */
bool
content_holds(enum content_kind kind, enum node_type type);

/* ---- elements: handles and their fields ---- */

void
element_push(lua_State *lua, struct node *node);
/* The node at INDEX, or NULL when no element stands there. */
struct node *
element_at(lua_State *lua, int index);
struct node *
element_check(lua_State *lua, int index);
/* The same, whose children and attributes hold what its tables say. */
struct node *
element_settled(lua_State *lua, int index);
/* Takes over what scripts did to the tables of NODE / of all opened nodes from FROM on. */
void
element_settle(lua_State *lua, struct node *node);
void
element_settle_all(lua_State *lua, size_t from);
/* Forgets the tables, settled or not. */
void
element_close_all(lua_State *lua);
/* Pushes the children of NODE as a list of elements, or of lists for bullet and ordered lists. */
void
element_push_children(lua_State *lua, struct node *node);
/* Makes the metatable of elements; METHODS on top of the stack, popped. */
void
element_open(lua_State *lua);

/* Reads the value at INDEX as what Pandoc calls Attr into NODE. */
void
attr_read(lua_State *lua, int index, struct node *node);
/* A text of a script as valid UTF-8 in the scratch arena. */
struct str
run_text(lua_State *lua, int index);

/* ---- lists ---- */

enum list_kind { LIST_PLAIN, LIST_INLINES, LIST_BLOCKS, LIST_KIND_COUNT };

/* Gives the table on top of the stack the methods of pandoc.List. */
void
list_set_kind(lua_State *lua, enum list_kind kind);
/* Puts `List`, `Inlines` and `Blocks` into the table on top of the stack. */
void
list_open(lua_State *lua);

/* ---- from Lua to nodes ---- */

/* Appends to OUT the nodes that the value at INDEX stands for, where content of KIND is asked for: an element, a
 * string, a list of them. Nodes may still stand elsewhere; edit_adopt() makes them fit. */
void
convert_children(lua_State *lua, int index, enum content_kind kind, node_vec *out);
/* Lets the table on top of the stack stand for ITEM when it comes back. */
void
convert_remember_item(lua_State *lua, struct node *item);
/* A node with the place of what is being worked on. */
struct node *
node_make(lua_State *lua, enum node_type type);
/* Puts the constructors into the table on top of the stack. */
void
make_open(lua_State *lua);
/* The text of NODE and what is in it, as stringify() gives it. */
struct str
utils_text(lua_State *lua, struct node *node);
/* Puts `utils` into the table on top of the stack. */
void
utils_open(lua_State *lua);

/* ---- walks ---- */

/* Callbacks by number: the types of nodes, then these. */
enum { CALLBACK_INLINES = NODE_TYPE_COUNT, CALLBACK_BLOCKS, CALLBACK_META, CALLBACK_PANDOC, CALLBACK_COUNT };


/* Runs the functions of the filter table at INDEX over the children of ROOT, and ROOT's lists; DOCUMENT: with Meta and
 * Pandoc, and every callback is checked on its own. */
void
walk_tree(lua_State *lua, int index, struct node *root, bool document);
/* Pushes callback NUMBER of the filter that works on the document, or nil. */
void
walk_push_callback(lua_State *lua, int number);
/* How many names of the table at INDEX are callbacks. */
size_t
walk_count_callbacks(lua_State *lua, int index);
/* element:walk(filter) */
int
walk_method(lua_State *lua);

/* ---- front matter ---- */

void
meta_push(lua_State *lua);
/* Replaces the front matter by the table at INDEX. Values that stay the same keep their places. */
void
meta_take(lua_State *lua, int index);

#endif
