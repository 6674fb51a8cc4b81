/* Rows of GFM's tables, as text: which line is a delimiter row, and where the cells of a row are. */
#ifndef ISMARK_TEXT_GFM_TABLE_H
#define ISMARK_TEXT_GFM_TABLE_H

#include "text/node.h"

typedef VEC(enum alignment) alignment_vec;

/* Where a cell's text stands in its row, blanks around it left out. */
struct cell_place {
	size_t from, to;
	bool escaped; /* holds "\|" */
};

typedef VEC(struct cell_place) cell_place_vec;

/* True when LINE is a delimiter row ("|:--|--:|"); gives the columns' alignments. */
bool
gfm_delimiter_row(struct arena *arena, struct str line, alignment_vec *alignments);
/* The cells of LINE, at most LIMIT (the rest is passed over). None for a line that holds no cell. */
void
gfm_row_cells(struct arena *arena, struct str line, size_t limit, cell_place_vec *cells);
/* Number of cells of LINE. */
size_t
gfm_row_width(struct str line);
/* True when LINE cannot continue a table although it could continue a paragraph. */
bool
gfm_row_ends_table(struct str line);

#endif
