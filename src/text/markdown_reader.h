/* What the files that read cmark's tree share. Included by src/text/markdown*.c only: cmark is seen nowhere else. */
#ifndef ISMARK_TEXT_MARKDOWN_READER_H
#define ISMARK_TEXT_MARKDOWN_READER_H

#define CMARK_NO_SHORT_NAMES
#include <cmark.h>

#include "text/gfm_inline.h"
#include "text/gfm_region.h"

struct markdown_reader {
	struct arena *arena;  /* the tree's */
	struct arena scratch;
	const struct markdown_options *options;
	const struct source *source;
	struct diag_list *diags;
	struct places places;
	struct region_set regions;
	bool *deep;           /* by line: below the limit of nesting */
	size_t shift;         /* lines that stand before the first one in what cmark read */
	bool parse_again;
	container_vec containers;
	struct node *at;      /* the open node */
	struct content content; /* of the block whose inlines are read … */
	struct buf content_text;
	int content_line, content_column; /* … which starts here for cmark */
	cmark_node *block;
	size_t skip;          /* bytes of its text that are not its own */
	struct inline_builder inlines;
};

typedef void (*block_visitor)(struct markdown_reader *reader, cmark_node *block);

/* Lines go by their index in the reader's places; those of cmark count from 1, behind the cells' lines. */
struct str
reader_line(const struct markdown_reader *reader, size_t index);
size_t
reader_first_line(const struct markdown_reader *reader, cmark_node *node);
size_t
reader_last_line(const struct markdown_reader *reader, cmark_node *node);
/* From the source's offset FROM to the end of line LAST. */
struct span
reader_lines_span(struct markdown_reader *reader, size_t from, size_t last);
struct span
reader_block_span(struct markdown_reader *reader, cmark_node *node);
/* Whether the heading is underlined, not marked with "#". */
bool
reader_is_setext(const struct markdown_reader *reader, cmark_node *heading);
struct str
reader_literal(cmark_node *node);

bool
reader_holds_blocks(cmark_node_type type);
/* Calls VISIT for every block, LEAVE (may be NULL) at the end of one that holds blocks, and CUT instead for what
 * is nested too deeply, as a whole. The reader's containers are those of the block visited. */
void
reader_walk(struct markdown_reader *reader, cmark_node *root, block_visitor visit,
            void (*leave)(struct markdown_reader *reader), block_visitor cut);

/* False, with a finding, when the text may not be given to cmark. */
bool
reader_is_within_limits(struct markdown_reader *reader);
/* Finds the regions and gives the tree of everything but them; *CELLS is the tree of their cells, which may be the
 * same, or NULL. The caller frees both. */
cmark_node *
reader_parse(struct markdown_reader *reader, cmark_node **cells);

/* Reads BLOCK's inlines, whose text is the reader's content, into NODE. */
void
reader_read_inlines(struct markdown_reader *reader, cmark_node *block, struct node *node);

#endif
