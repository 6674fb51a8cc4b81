/* Markdown: CommonMark 0.30 by cmark, with GFM's tables, task lists, strikethrough and bare-URL
 * autolinks, and {#id} on headings, on top. cmark is seen by src/text/markdown*.c only. */
#ifndef ISMARK_TEXT_MARKDOWN_H
#define ISMARK_TEXT_MARKDOWN_H

#include "diag/diag.h"
#include "text/node.h"
#include "text/table.h"

enum { MARKDOWN_SIZE_MAX = 4 * 1024 * 1024, MARKDOWN_DEPTH_MAX = 100 };

struct markdown_options {
	bool gfm;          /* tables, task lists, strikethrough, autolinks */
	bool heading_ids;  /* {#id} at a heading's end */
	bool references;   /* [[ID]], a link to "id:ID" */
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
	size_t plain_from, plain_to; /* its own text in the facts' `text`; what follows, up to the next one, is its section */
};

/* A link or image of the text, an explicit reference ([[ID]], id:ID) or a plain token that may be an id. */
enum mention_type { MENTION_LINK, MENTION_IMAGE, MENTION_REFERENCE, MENTION_TOKEN };

struct mention {
	enum mention_type type;
	struct str target; /* LINK, IMAGE: URL as written (percent-encoding kept); others: the id */
	struct str text;   /* what the reader sees */
	struct str title;  /* LINK, IMAGE: may be empty */
	bool bare_url;     /* LINK: the text is the URL */
	struct span span;
};

/* HTML in parts. A mention's opening and closing enclose its text as HTML, which is good without them; an
 * image's enclose nothing, so the site writes <img>, a link or the mention's text. */
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
	/* Pass raw HTML through, and URLs of any scheme. Else tags are escaped as text but for <br> and the ids of
	 * anchors, comments are dropped, and a link to an unsafe URL is only its text. */
	bool raw_html;
	bool mentions; /* make mentions; else links are written as they are (CommonMark's output) */
};

/* True for relative URLs and those of http, https, mailto and tel, however the scheme is disguised. */
bool
markdown_url_is_safe(struct str url);
/* Percent-decoding (RFC 3986, 2.1); what is no escape stays, and so does everything when the result is not UTF-8. */
struct str
url_decode(struct arena *arena, struct str text);
/* Renders the tree and collects its facts; DOCUMENT may die afterwards. */
struct markdown_facts *
markdown_facts(struct arena *arena, const struct node *document, const struct html_options *options);
/* The whole HTML as one string, with links as they are: what the specifications' examples show.
 * ARENA owns it. */
struct str
markdown_html(struct arena *arena, const struct node *document, const struct html_options *options);

#endif
