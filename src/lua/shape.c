#include "lua/shape.h"

#include "lua/run.h"
#include "text/markdown.h"

/* ---- before ---- */

static void
wrap_cell(struct arena *arena, struct node *cell)
{
	struct node *plain = node_new(arena, NODE_PLAIN, cell->span);
	plain->filter_marks = MARK_MADE;
	for (struct node *node; (node = cell->first);) {
		node_unlink(node);
		node_append(plain, node);
	}
	node_append(cell, plain);
}

void
shape_for_filters(struct arena *arena, struct node *root)
{
	struct diag_list ignored; /* comes again when the ids become final */
	for (struct node *node = root; node; node = node_next(root, node))
		if (node->type == NODE_TABLE_CELL)
			wrap_cell(arena, node);
	diag_list_init(&ignored, arena);
	markdown_headings(arena, root, &ignored);
}

/* ---- limits ---- */

bool
shape_is_shallow(const struct node *root)
{
	int depth = 0;
	for (const struct node *node = root; node;) {
		if (node->first) {
			node = node->first;
			if (++depth > SHAPE_DEPTH_MAX)
				return false;
			continue;
		}
		for (; node && node != root && !node->next; depth--)
			node = node->parent;
		node = node && node != root ? node->next : NULL;
	}
	return true;
}

static size_t
count_children(const struct node *node)
{
	size_t count = 0;
	for (node = node->first; node; node = node->next)
		count++;
	return count;
}

/* Cells of the longest row; *ROWS is how many rows there are, *CELLS how many cells. */
static size_t
measure_table(const struct node *table, size_t *rows, size_t *cells)
{
	size_t width = 0;
	*rows = *cells = 0;
	for (const struct node *group = table->first; group; group = group->next)
		for (const struct node *row = group->first; row; row = row->next) {
			size_t count = count_children(row);
			width = count > width ? count : width;
			*rows += 1;
			*cells += count;
		}
	return width;
}

bool
shape_is_square(struct node *root)
{
	size_t missing = 0, rows, cells;
	for (struct node *node = root; node; node = node_next(root, node))
		if (node->type == NODE_TABLE) {
			size_t width = measure_table(node, &rows, &cells);
			missing += width * rows - cells;
		}
	return missing <= SHAPE_PADDING_MAX;
}

/* ---- after ---- */

static void
unwrap_cell(struct node *cell)
{
	struct node *plain = cell->first;
	if (!plain || plain->next || plain->type != NODE_PLAIN)
		return;
	node_unlink(plain);
	for (struct node *node; (node = plain->first);) {
		node_unlink(node);
		node_append(cell, node);
	}
}

static void
pad_row(struct arena *arena, struct node *row, size_t cells)
{
	for (size_t i = count_children(row); i < cells; i++)
		node_append(row, node_new(arena, NODE_TABLE_CELL, row->span));
}

/* A cell without an alignment has its column's, which stands in the head. */
static void
align_row(struct node *row, const struct node *head_row)
{
	const struct node *head = head_row->first;
	for (struct node *cell = row->first; cell && head; cell = cell->next, head = head->next)
		if (cell->align == ALIGN_DEFAULT)
			cell->align = head->align;
}

/* Gives the head that the table must have, in front: one row; further ones go to the body. */
static struct node *
take_head(struct arena *arena, struct node *table)
{
	struct node *head = NULL;
	for (struct node *group = table->first; group && !head; group = group->next)
		if (group->type == NODE_TABLE_HEAD)
			head = group;
	if (head)
		node_unlink(head);
	else
		head = node_new(arena, NODE_TABLE_HEAD, table->span);
	if (table->first)
		node_insert_before(table->first, head);
	else
		node_append(table, head);
	if (!head->first)
		node_append(head, node_new(arena, NODE_TABLE_ROW, table->span));
	return head;
}

static void
move_extra_rows(struct arena *arena, struct node *head)
{
	if (!head->first->next)
		return;
	struct node *body = node_new(arena, NODE_TABLE_BODY, head->span);
	for (struct node *row; (row = head->first->next);) {
		node_unlink(row);
		node_append(body, row);
	}
	if (head->next)
		node_insert_before(head->next, body);
	else
		node_append(head->parent, body);
}

/* One head with one row, and as many cells in every row: what readers of tables rely on. */
static void
square_table(struct arena *arena, struct node *table)
{
	size_t rows, cells, width;
	struct node *head = take_head(arena, table);
	move_extra_rows(arena, head);
	for (struct node *group = head->next; group; group = group->next)
		group->type = NODE_TABLE_BODY;
	width = measure_table(table, &rows, &cells);
	for (struct node *group = head; group; group = group->next)
		for (struct node *row = group->first; row; row = row->next)
			pad_row(arena, row, width);
	for (struct node *group = head->next; group; group = group->next)
		for (struct node *row = group->first; row; row = row->next)
			align_row(row, head->first);
}

/* A heading keeps the id that filters saw; one that they made, or copied, gets its own. */
static void
settle_id(struct node *heading)
{
	if (heading->filter_marks & MARK_MADE)
		heading->id = heading->explicit_id ? heading->id : STR("");
	else
		heading->explicit_id = heading->id.size != 0;
}

static bool
is_other_format(const struct node *node)
{
	return (node->type == NODE_RAW_BLOCK || node->type == NODE_RAW_INLINE) && node->info.size &&
	       !str_equal_ignore_case(node->info, STR("html")) && !str_equal_ignore_case(node->info, STR("html5"));
}

void
shape_for_us(struct arena *arena, struct node *root, bool changed)
{
	for (struct node *node = root, *next; node; node = next) {
		if (node->type == NODE_TABLE_CELL)
			unwrap_cell(node);
		else if (changed && node->type == NODE_TABLE)
			square_table(arena, node);
		else if (changed && node->type == NODE_HEADER)
			settle_id(node);
		next = node_next(root, node);
		if (changed && is_other_format(node))
			node_unlink(node);
	}
}
