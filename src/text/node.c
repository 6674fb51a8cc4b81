#include "text/node.h"

static const char *const type_names[NODE_TYPE_COUNT] = {
	[NODE_DOCUMENT] = "Pandoc",
	[NODE_PLAIN] = "Plain",
	[NODE_PARA] = "Para",
	[NODE_HEADER] = "Header",
	[NODE_CODE_BLOCK] = "CodeBlock",
	[NODE_RAW_BLOCK] = "RawBlock",
	[NODE_BLOCK_QUOTE] = "BlockQuote",
	[NODE_BULLET_LIST] = "BulletList",
	[NODE_ORDERED_LIST] = "OrderedList",
	[NODE_LIST_ITEM] = "ListItem",
	[NODE_HORIZONTAL_RULE] = "HorizontalRule",
	[NODE_DIV] = "Div",
	[NODE_TABLE] = "Table",
	[NODE_TABLE_HEAD] = "TableHead",
	[NODE_TABLE_BODY] = "TableBody",
	[NODE_TABLE_ROW] = "Row",
	[NODE_TABLE_CELL] = "Cell",
	[NODE_STR] = "Str",
	[NODE_SPACE] = "Space",
	[NODE_SOFT_BREAK] = "SoftBreak",
	[NODE_LINE_BREAK] = "LineBreak",
	[NODE_EMPH] = "Emph",
	[NODE_STRONG] = "Strong",
	[NODE_STRIKEOUT] = "Strikeout",
	[NODE_CODE] = "Code",
	[NODE_LINK] = "Link",
	[NODE_IMAGE] = "Image",
	[NODE_RAW_INLINE] = "RawInline",
	[NODE_SPAN] = "Span",
};

const char *
node_type_name(enum node_type type)
{
	return type_names[type];
}

bool
node_is_block(enum node_type type)
{
	return type < NODE_STR;
}

struct node *
node_new(struct arena *arena, enum node_type type, struct span span)
{
	struct node *node = arena_new(arena, struct node);
	node->type = type;
	node->span = span;
	return node;
}

void
node_append(struct node *parent, struct node *child)
{
	child->parent = parent;
	child->previous = parent->last;
	child->next = NULL;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

void
node_insert_before(struct node *sibling, struct node *node)
{
	node->parent = sibling->parent;
	node->next = sibling;
	node->previous = sibling->previous;
	if (sibling->previous)
		sibling->previous->next = node;
	else
		sibling->parent->first = node;
	sibling->previous = node;
}

void
node_unlink(struct node *node)
{
	if (node->previous)
		node->previous->next = node->next;
	else if (node->parent)
		node->parent->first = node->next;
	if (node->next)
		node->next->previous = node->previous;
	else if (node->parent)
		node->parent->last = node->previous;
	node->parent = node->previous = node->next = NULL;
}

struct node *
node_next(const struct node *root, struct node *node)
{
	return node->first ? node->first : node_skip(root, node);
}

struct node *
node_skip(const struct node *root, struct node *node)
{
	while (node && node != root) {
		if (node->next)
			return node->next;
		node = node->parent;
	}
	return NULL;
}

static void
add_blank(struct buf *buf)
{
	if (buf->size && buf->data[buf->size - 1] != ' ')
		buf_add_char(buf, ' ');
}

void
node_add_text(struct buf *buf, const struct node *root)
{
	for (struct node *node = (struct node *)root; node; node = node_next(root, node)) {
		switch (node->type) {
		case NODE_STR:
		case NODE_CODE:
		case NODE_CODE_BLOCK:
			buf_add_str(buf, node->text);
			break;
		case NODE_SPACE:
		case NODE_SOFT_BREAK:
		case NODE_LINE_BREAK:
			add_blank(buf);
			break;
		default:
			if (node_is_block(node->type) && node != root)
				add_blank(buf);
		}
	}
}

struct str
node_text(struct arena *arena, const struct node *node)
{
	struct buf buf = {0};
	node_add_text(&buf, node);
	return buf_take(&buf, arena);
}
