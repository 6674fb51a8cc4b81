/* Changes to nodes that can be undone: everything scripts do to the tree goes through here. */
#ifndef ISMARK_LUA_EDIT_H
#define ISMARK_LUA_EDIT_H

#include "lua/run.h"

/* Before a field of NODE is set: raises an error when the script may not change it, and remembers what it was. */
void
edit_begin(lua_State *lua, struct node *node);
/* True for what a script made and did not put into the document: a value of the script, which no undoing touches. */
bool
edit_is_value(lua_State *lua, const struct node *node);
/* Takes back every edit but the first MARK. */
void
edit_rollback(struct lua_run *run, size_t mark);
/* A copy of NODE with all that is in it, standing nowhere. */
struct node *
edit_copy(lua_State *lua, struct node *node);
/* Makes CHILDREN the children of PARENT. One that stands elsewhere, or twice, is copied. */
void
edit_set_children(lua_State *lua, struct node *parent, const node_vec *children);
/* Puts NODES where NODE stands, which may be among them. */
void
edit_replace(lua_State *lua, struct node *node, const node_vec *nodes);

#endif
