/* Regions: runs of lines that CommonMark sees as a paragraph and that we read ourselves, because they are a
 * table or too much for cmark. In the text that cmark reads next, each line of a region is an HTML comment,
 * which keeps the line's containers and lets the next line start afresh. */
#ifndef ISMARK_TEXT_GFM_REGION_H
#define ISMARK_TEXT_GFM_REGION_H

#include "text/container.h"
#include "text/gfm_table.h"
#include "text/place.h"

enum { TABLE_CELLS_MAX = 250000, PARAGRAPH_BRACKETS_MAX = 4096 };

/* Offsets in the source: the containers' marks are [MARKS, MARKS_END), the text is [FROM, TO). */
struct region_line {
	size_t marks, marks_end;
	size_t from, to;
	size_t first_cell, cells; /* of the table's rows, in region_set.cells */
};

struct region_cell {
	size_t from, to; /* in the source */
	bool escaped;    /* holds "\|" */
	bool plain;      /* nothing in it is markup of CommonMark, or it is … */
	bool crowded;    /* … taken as it stands for its many brackets */
	void *parsed;    /* what the reader found in it */
};

enum region_type { REGION_TABLE, REGION_LARGE_TABLE, REGION_LARGE_PARAGRAPH };

struct region {
	enum region_type type;
	size_t first, last; /* indexes of lines; in a table the second is the delimiter row */
	struct region_line *lines;
	alignment_vec alignments;
};

struct region_set {
	struct arena *arena;
	struct places *places;
	VEC(struct region *) items;
	struct region **of_line; /* by index of the line */
	VEC(struct region_cell) cells;
	size_t table_cells;      /* with the empty ones that short rows get */
	bool *crowded;           /* by line: may be part of a paragraph with too many brackets */
	bool has_crowded;
};

void
region_set_init(struct region_set *set, struct arena *arena, struct places *places);
/* Looks for a table in the lines FIRST to LAST of a paragraph inside CONTAINERS, its delimiter row not beyond
 * TEXT_LAST: behind it may be a heading's underline. True when the lines must be parsed again because something else
 * stands before or after the table, or because there are too many brackets. */
bool
region_find(struct region_set *set, const container_vec *containers, size_t first, size_t text_last, size_t last);
/* The text of the lines, the regions' lines hidden, and the brackets of the lines that WITHOUT_BRACKETS, by index,
 * names (may be NULL). */
void
region_rewrite(const struct region_set *set, struct buf *text, const bool *without_brackets);
/* The text of a cell, its "\|" resolved, and where it stands. */
void
region_cell_content(struct arena *arena, const struct places *places, const struct region_cell *cell, struct buf *text,
                    struct content *content);

#endif
