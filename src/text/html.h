/* Writer of a document's HTML. Everything goes through these functions: text is escaped, elements are closed in
 * the order opened. What the site decides, the mentions, leaves holes. */
#ifndef ISMARK_TEXT_HTML_H
#define ISMARK_TEXT_HTML_H

#include "text/markdown.h"

struct html_writer {
	struct arena *arena;
	const struct html_options *options;
	struct markdown_facts *facts;
	struct buf html;      /* the literal part that is being written */
	struct buf text;      /* plain text so far */
	bool at_line_start;
	size_t links;         /* open links: no token is a mention inside */
	size_t hidden_anchors; /* open <a id> tags that became a span */
	VEC(size_t) mentions; /* of the open links, innermost last; STR_NONE for one without */
};

/* Writes ROOT and everything in it. */
void
html_write(struct html_writer *writer, const struct node *root);
/* Appends HTML as it is: the one way for what is not escaped. */
void
html_add_raw(struct html_writer *writer, struct str html);
void
html_add_text(struct html_writer *writer, struct str text);
/* Starts a mention at this place; gives its index. */
size_t
html_open_mention(struct html_writer *writer, const struct mention *mention);
void
html_close_mention(struct html_writer *writer, size_t mention);
/* Adds TABLE, a node, to the facts. */
void
html_collect_table(struct html_writer *writer, const struct node *table);
/* Ends the literal part that is being written. */
void
html_flush(struct html_writer *writer);

#endif
