/* Tables of text: what CSV files and Markdown's pipe tables have in common. */
#ifndef ISMARK_TEXT_TABLE_H
#define ISMARK_TEXT_TABLE_H

#include "diag/diag.h"

struct cell {
	struct str text;       /* trimmed; Markdown: node_text() of the cell */
	struct str first_link; /* Markdown: target of the cell's first link, may be empty */
	struct span span;
};

struct row {
	struct span span;
	bool misfit;            /* CSV: written with another number of fields, so values may stand under wrong names */
	VEC(struct cell) cells; /* as many as the header has */
};

struct table {
	struct span span;
	bool broken;        /* CSV: could not be read whole; what is not there may stand in what was not read */
	struct str heading; /* Markdown: text of the heading above it, may be empty */
	struct row header;
	VEC(struct row) rows;
};

#endif
