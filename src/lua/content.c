#include "lua/run.h"

static const enum content_kind kinds[NODE_TYPE_COUNT] = {
	[NODE_DOCUMENT] = CONTENT_BLOCKS,
	[NODE_PLAIN] = CONTENT_INLINES,
	[NODE_PARA] = CONTENT_INLINES,
	[NODE_HEADER] = CONTENT_INLINES,
	[NODE_BLOCK_QUOTE] = CONTENT_BLOCKS,
	[NODE_BULLET_LIST] = CONTENT_ITEMS,
	[NODE_ORDERED_LIST] = CONTENT_ITEMS,
	[NODE_LIST_ITEM] = CONTENT_BLOCKS,
	[NODE_DIV] = CONTENT_BLOCKS,
	[NODE_TABLE] = CONTENT_GROUPS,
	[NODE_TABLE_HEAD] = CONTENT_ROWS,
	[NODE_TABLE_BODY] = CONTENT_ROWS,
	[NODE_TABLE_ROW] = CONTENT_CELLS,
	[NODE_TABLE_CELL] = CONTENT_BLOCKS,
	[NODE_EMPH] = CONTENT_INLINES,
	[NODE_STRONG] = CONTENT_INLINES,
	[NODE_STRIKEOUT] = CONTENT_INLINES,
	[NODE_LINK] = CONTENT_INLINES,
	[NODE_IMAGE] = CONTENT_INLINES,
	[NODE_SPAN] = CONTENT_INLINES,
};

enum content_kind
content_of(enum node_type type)
{
	return kinds[type];
}

static bool
is_table_part(enum node_type type)
{
	return type >= NODE_TABLE_HEAD && type <= NODE_TABLE_CELL;
}

bool
content_holds(enum content_kind kind, enum node_type type)
{
	switch (kind) {
	case CONTENT_INLINES: return !node_is_block(type);
	case CONTENT_BLOCKS:
		return node_is_block(type) && type != NODE_DOCUMENT && type != NODE_LIST_ITEM && !is_table_part(type);
	case CONTENT_ITEMS: return type == NODE_LIST_ITEM;
	case CONTENT_GROUPS: return type == NODE_TABLE_HEAD || type == NODE_TABLE_BODY;
	case CONTENT_ROWS: return type == NODE_TABLE_ROW;
	case CONTENT_CELLS: return type == NODE_TABLE_CELL;
	default: return false;
	}
}

struct lua_run *
run_of(lua_State *lua)
{
	return (struct lua_run *)sandbox_of(lua);
}

void
run_check_memory(lua_State *lua)
{
	const struct lua_run *run = run_of(lua);
	if (run->sandbox.memory + run->scratch->used > run->sandbox.memory_max)
		sandbox_stop(lua, STOP_MEMORY);
}
