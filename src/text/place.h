/* Lines of a text and places in it, faster than span_of_bytes(): for the readers of the text layer,
 * which give every node its span. */
#ifndef ISMARK_TEXT_PLACE_H
#define ISMARK_TEXT_PLACE_H

#include "diag/span.h"

/* Ends as CommonMark has it (\n, \r\n, \r); NUMBER and FILE_START are those of the file's line (\n only). */
struct text_line {
	size_t start, end; /* bytes of the source; the end is without the line break */
	size_t file_start;
	uint32_t number;
};

struct places {
	const struct source *source;
	VEC(struct text_line) lines;
	size_t line;          /* last line looked up: places come mostly in order */
	size_t offset;        /* last offset looked up … */
	size_t offset_start;  /* … its line's start … */
	uint32_t column;      /* … and its column */
};

/* Cuts the bytes from FROM on, line FIRST_LINE of the file, into lines. */
void
places_init(struct places *places, struct arena *arena, const struct source *source, size_t from, uint32_t first_line);
/* Index of the line that holds the byte at OFFSET. */
size_t
places_line(struct places *places, size_t offset);
/* The span of the bytes [FROM, TO). */
struct span
places_span(struct places *places, size_t from, size_t to);

/* Text put together from pieces of the source, such as a paragraph without its containers' marks. */
struct content_piece {
	size_t at;     /* first byte in the content */
	size_t source; /* that byte in the source */
};

struct content {
	struct str text;
	VEC(struct content_piece) pieces;
};

/* The source's offset of the byte at AT of the content's text. */
size_t
content_source(const struct content *content, size_t at);

#endif
