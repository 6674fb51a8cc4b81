/* Makes a block's inlines: text cut into Str and Space with their places in the source, and on top of what
 * CommonMark found: strikethrough, bare URLs and e-mail addresses, and [[ID]] references. */
#ifndef ISMARK_TEXT_GFM_INLINE_H
#define ISMARK_TEXT_GFM_INLINE_H

#include "text/markdown.h"
#include "text/place.h"

enum { INLINE_DEPTH_MAX = 100 };

/* A run of a word's bytes that stands in the source as it is, or what an escape or entity became. */
struct word_piece {
	size_t at;     /* first byte in the word */
	size_t source; /* in the content; STR_NONE when unknown */
	size_t size;   /* bytes that it takes in the content */
	bool raw;
};

struct tilde_run {
	struct node *node; /* a Str that holds the tildes until they are matched */
	size_t length;
	bool can_open, can_close;
};

struct inline_builder {
	struct arena *arena, *scratch; /* of the nodes; of the rest */
	const struct markdown_options *options;
	struct places *places;
	const struct content *content;
	struct node *block, *parent;
	size_t cursor;     /* everything before it in the content is used up */
	size_t depth, too_deep; /* open inlines; how many of them got no node */
	size_t links;      /* open links and images */
	struct buf word;
	VEC(struct word_piece) pieces;
	VEC(struct tilde_run) tildes; /* of the open inlines, outermost first */
	size_t searches;   /* how often a lost place may still be searched for */
	bool cut; /* something was nested too deeply */
};

/* Starts the inlines of BLOCK, whose text is CONTENT. */
void
inline_begin(struct inline_builder *builder, struct node *block, const struct content *content);
/* Adds LITERAL, escapes and entities resolved, which probably stands at AT of the content. */
void
inline_add_text(struct inline_builder *builder, struct str literal, size_t at);
void
inline_add(struct inline_builder *builder, enum node_type type, struct str literal, size_t from, size_t to);
/* Opens an Emph, Strong, Link …; gives NULL when it is nested too deeply: its contents go to its parent. */
struct node *
inline_open(struct inline_builder *builder, enum node_type type, size_t from);
/* Closes it, ending at TO of the content. */
void
inline_close(struct inline_builder *builder, enum node_type type, size_t to);
/* Ends the block's inlines. */
void
inline_end(struct inline_builder *builder);
/* True when LITERAL can have come from the content at AT; *END is behind it then. */
bool
content_matches(struct str content, size_t at, struct str literal, size_t *end);

#endif
