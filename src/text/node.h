/* The document tree. It has the shape of Pandoc's (Para, Str, Space, Header, Link, Table …),
 * because filters speak it. Lives only while one document is parsed, in that worker's arena. */
#ifndef ISMARK_TEXT_NODE_H
#define ISMARK_TEXT_NODE_H

#include "diag/span.h"

enum node_type {
	NODE_DOCUMENT,
	/* blocks */
	NODE_PLAIN, NODE_PARA, NODE_HEADER, NODE_CODE_BLOCK, NODE_RAW_BLOCK, NODE_BLOCK_QUOTE, NODE_BULLET_LIST,
	NODE_ORDERED_LIST, NODE_LIST_ITEM, NODE_HORIZONTAL_RULE, NODE_DIV,
	/* TABLE has a TABLE_HEAD with one row and a TABLE_BODY; rows hold TABLE_CELLs, cells hold inlines */
	NODE_TABLE, NODE_TABLE_HEAD, NODE_TABLE_BODY, NODE_TABLE_ROW, NODE_TABLE_CELL,
	/* inlines */
	NODE_STR, NODE_SPACE, NODE_SOFT_BREAK, NODE_LINE_BREAK, NODE_EMPH, NODE_STRONG, NODE_STRIKEOUT, NODE_CODE,
	NODE_LINK, NODE_IMAGE, NODE_RAW_INLINE, NODE_SPAN,
	NODE_TYPE_COUNT
};

enum alignment { ALIGN_DEFAULT, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
enum task_state { TASK_NONE, TASK_OPEN, TASK_DONE };

struct attribute {
	struct str key, value;
};

struct node {
	enum node_type type;
	struct node *parent, *first, *last, *previous, *next;
	struct span span;      /* in the source file; blocks and links exact, other inlines at least their block's */
	struct str text;       /* Str, Code, CodeBlock, raw: the literal; Link, Image: the target as written */
	struct str title;      /* Link, Image */
	struct str info;       /* CodeBlock: the info string */
	struct str id;         /* Header: final after markdown_headings(); others: attribute */
	str_vec classes;
	VEC(struct attribute) attributes;
	uint32_t level;        /* Header: 1 to 6; OrderedList: start number */
	bool tight;            /* lists */
	bool paren_delimiter;  /* OrderedList: "1)" */
	bool explicit_id;      /* Header: set by {#id} */
	bool bare_url;         /* Link: made from an autolink or a bare URL */
	enum task_state task;  /* ListItem */
	enum alignment align;  /* TableCell */
	uint8_t filter_marks;  /* src/lua/'s own; 0 elsewhere */
};

const char *
node_type_name(enum node_type type); /* Pandoc's name: "Para", "BulletList" … */
bool
node_is_block(enum node_type type);
struct node *
node_new(struct arena *arena, enum node_type type, struct span span);
void
node_append(struct node *parent, struct node *child);
void
node_insert_before(struct node *sibling, struct node *node);
void
node_unlink(struct node *node);
/* Pre-order successor of NODE inside ROOT, or NULL: walks need no recursion. */
struct node *
node_next(const struct node *root, struct node *node);
/* The same, passing over NODE's children. */
struct node *
node_skip(const struct node *root, struct node *node);
/* The text that a reader sees: Str, Code, breaks and spaces as one blank, images as their alternative text. */
struct str
node_text(struct arena *arena, const struct node *node);
/* The same, appended to BUF. */
void
node_add_text(struct buf *buf, const struct node *node);

#endif
