/* Lua filters: programs that see one document's tree before it becomes HTML, in Pandoc's terms. Included by src/cmd/.
 *
 * A filter is a Lua 5.4 file that site.yaml names (`filters: [filters/x.lua]`). It defines global functions, or returns
 * a table of functions or a list of such tables, which then run one after the other. Functions are named after what
 * they take:
 *
 *   Str Space SoftBreak LineBreak Emph Strong Strikeout Code Link Image RawInline Span      inlines; Inline: any other
 *   Plain Para Header CodeBlock RawBlock BlockQuote BulletList OrderedList HorizontalRule
 *   Div Table                                                                               blocks; Block: any other
 *   Inlines Blocks     a list of them
 *   Meta               the front matter: strings, booleans, lists, maps
 *   Pandoc             the document: doc.blocks, doc.meta
 *
 * They run in this order, each over the whole document, what is inside an element before the element (Pandoc's typewise
 * traversal). A function gives back nothing or nil (the element stays as it was), an element, a list, a string, or an
 * empty list (the element goes away). Inlines among blocks become a Plain.
 *
 * Fields: t and tag (the name), content (a list; of BulletList and OrderedList a list of lists), text (Str, Code,
 * CodeBlock, RawBlock, RawInline), format (RawBlock, RawInline: only "html" is written), level (Header), target (Link),
 * src and caption (Image), title (Link, Image), start (OrderedList; style and delimiter can be read), identifier,
 * classes, attributes and attr (Header, CodeBlock, Code, Link, Image, Span, Div and all parts of tables; a code block's
 * first class is its language), head, bodies and colspecs (Table), rows (TableHead), body (TableBody), cells (Row),
 * contents and alignment (Cell). Lists can be changed in place. element:clone() copies, element:walk{…} runs functions
 * over a copy's content. Lists have clone, extend, filter, find, find_if, includes, insert, map, remove, sort and `..`;
 * Inlines and Blocks have walk too.
 *
 * pandoc.NAME(…) makes each element above and TableHead, TableBody, Row, Cell, Pandoc, Attr, ListAttributes, List,
 * Inlines, Blocks; pandoc.utils has stringify and type. FORMAT is "html", PANDOC_SCRIPT_FILE the filter's name.
 *
 * Of Lua there are the base, table, string, math and utf8 libraries without load, loadfile, dofile, collectgarbage,
 * print, warn, string.dump and `%p`; no os, io, require, package, debug or coroutine. pairs() and next() go by key:
 * numbers, strings, booleans. math.random starts from a fixed seed, table.sort keeps the order of equals.
 *
 * Unlike in Pandoc: an element that was handed to an earlier call cannot be changed, only used or cloned; two handles
 * are equal when they are the same element, not when they look alike; there are no topdown traversal, notes, maths,
 * definition lists and citations; the filter runs afresh, with fresh globals, for each document. A heading keeps the id
 * that it has before the filters, unless they make a new one or set it. Raw HTML, URLs and attributes that filters make
 * are bound by the rules for those of documents. What Meta changes is read as if it stood in the front matter.
 *
 * Limits for one filter and document: FILTER_STEPS and FILTER_MEMORY, plus some for each byte of the document. */
#ifndef ISMARK_LUA_LUA_FILTER_H
#define ISMARK_LUA_LUA_FILTER_H

#include "diag/diag.h"
#include "text/node.h"
#include "text/tree.h"

enum {
	FILTER_STEPS = 10 * 1000 * 1000,
	FILTER_STEPS_PER_BYTE = 1000,
	FILTER_MEMORY = 32 * 1024 * 1024,
	FILTER_MEMORY_PER_BYTE = 512,
	FILTER_SIZE_MAX = 1024 * 1024
};

/* A filter made ready; const from then on, so workers share it. */
struct lua_filter;

/* What a worker keeps from one document to the next. Zeroed at first. */
struct lua_worker {
	struct arena scratch; /* nodes that filters made, until the next document */
};

/* One document as filters see it. TREE and FRONT are replaced or changed in place; the nodes that filters made live in
 * the worker until its next document. */
struct lua_document {
	const struct source *source;
	struct node *tree;
	struct tree *front;  /* a map, or NULL */
	struct arena *arena; /* for what stays */
};

/* Reads SOURCE, the filter NAME (relative to the project root) that is named at SPAN. Its first run, without a document,
 * happens here, so that what is wrong with it is said once. NULL with a finding when it cannot be used. */
const struct lua_filter *
lua_filter_load(struct arena *arena, const struct source *source, struct str name, struct span span, struct diag_list *diags);
/* Runs FILTERS in order. When one fails the document is as it was, with one finding. */
void
lua_filters_run(const struct lua_filter *const *filters, size_t count, struct lua_worker *worker,
                struct lua_document *document, struct diag_list *diags);
void
lua_worker_release(struct lua_worker *worker);

#endif
