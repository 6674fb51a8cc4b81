/* Block quotes and list items around a line: where a line's own text starts behind their marks.
 * The rules are CommonMark's; columns count tabs as stops of four. */
#ifndef ISMARK_TEXT_CONTAINER_H
#define ISMARK_TEXT_CONTAINER_H

#include "base/str.h"

struct container {
	bool quote;
	size_t line;      /* index of the line that holds the item's marker */
	size_t offset;    /* item: columns before the marker, … */
	size_t width;     /* … of the marker, … */
	size_t padding;   /* … and behind it */
};

typedef VEC(struct container) container_vec;

/* A place in a line while its containers are taken off. */
struct line_cut {
	struct str line;
	size_t at, column;
	size_t pending; /* columns left of the tab before AT */
};

/* The item whose marker stands on line INDEX, LINE, inside CONTAINERS. */
struct container
container_item(const container_vec *containers, struct str line, size_t index);
/* Takes the marks of CONTAINERS off LINE, which has this INDEX. False when one is missing: the line is a lazy
 * continuation, and its text starts at its first character. */
bool
container_cut(const container_vec *containers, struct str line, size_t index, struct line_cut *cut);
/* Columns of white space ahead. */
size_t
line_cut_indent(const struct line_cut *cut);
/* Offset of the first byte behind the white space ahead. */
size_t
line_cut_text(const struct line_cut *cut);

#endif
