/* Markdown: CommonMark 0.30 by cmark, with GFM's tables, task lists, strikethrough and bare-URL
 * autolinks, and {#id} on headings, on top. The only reader of cmark is src/text/markdown.c. */
#ifndef ISMARK_TEXT_MARKDOWN_H
#define ISMARK_TEXT_MARKDOWN_H

#include "diag/diag.h"
#include "text/node.h"
#include "text/table.h"

struct markdown_options {
	bool gfm;          /* tables, task lists, strikethrough, autolinks */
	bool heading_ids;  /* {#id} and generated ids */
};

/* Reads the bytes from FROM to the end of SOURCE (line FIRST_LINE of the file). Never fails; input
 * beyond the limits is a finding (FM family) and becomes a code block. */
struct node *
markdown_read(struct arena *arena, const struct source *source, size_t from, uint32_t first_line,
              const struct markdown_options *options, struct diag_list *diags);

/* GitHub's rule (github-slugger): lower case, punctuation dropped, blanks to '-'. Without the "-1" for repeats. */
struct str
markdown_slug(struct arena *arena, struct str heading_text);
/* Gives every heading its final id: {#id} as written, else slug plus "-1", "-2" … for repeats. Two equal
 * explicit ids are a finding (LNK family). Runs after the filters. */
void
markdown_headings(struct arena *arena, struct node *document, struct diag_list *diags);

struct heading {
	uint32_t level;
	struct str id, text;
	struct span span;
};

/* A link or image of the text, an explicit reference ([[ID]], id:ID) or a plain token that may be an id. */
enum mention_type { MENTION_LINK, MENTION_IMAGE, MENTION_REFERENCE, MENTION_TOKEN };

struct mention {
	enum mention_type type;
	struct str target; /* LINK, IMAGE: URL as written (percent-encoding kept); others: the id */
	struct str text;   /* what the reader sees */
	struct span span;
};

/* HTML in parts: after each literal part comes the mention with that index, whose opening and closing
 * the site decides. */
enum html_part_type { HTML_LITERAL, HTML_MENTION_OPEN, HTML_MENTION_CLOSE };

struct html_part {
	enum html_part_type type;
	struct str html;   /* literal */
	size_t mention;    /* index into mentions */
};

/* What remains of a document's text once its tree is gone. Copied into the arena given. */
struct markdown_facts {
	VEC(struct heading) headings;
	VEC(struct mention) mentions;
	VEC(struct table) tables;
	VEC(struct html_part) html;
	str_vec anchors; /* ids of <a id>, <a name> and elements with id in raw HTML, and of attributes */
	struct str text; /* plain text, for search; words separated by one blank */
	size_t tasks_open, tasks_done;
};

struct html_options {
	bool raw_html; /* pass raw HTML through; else it is escaped as text */
	bool mentions; /* make mentions; else links are written as they are (CommonMark's output) */
};

/* Renders the tree and collects its facts; DOCUMENT may die afterwards. */
struct markdown_facts *
markdown_facts(struct arena *arena, const struct node *document, const struct html_options *options);
/* The whole HTML as one string, with links as they are: what the specifications' examples show. */
struct str
markdown_html(struct arena *arena, const struct node *document, const struct html_options *options);

#endif
