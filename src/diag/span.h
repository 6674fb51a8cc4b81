/* Places in input files. Every value and every finding carries one to the end. */
#ifndef ISMARK_DIAG_SPAN_H
#define ISMARK_DIAG_SPAN_H

#include "base/str.h"

/* One input file. Lives in the site's arena. */
struct source {
	struct str path; /* relative to the content root; "../" for a file outside */
	struct str text; /* valid UTF-8, without byte order mark */
};

/* Lines and columns count from 1, columns in code points; the end is exclusive.
 * Line 0: the file as a whole. SOURCE NULL: no file (command line, site as a whole). */
struct span {
	const struct source *source;
	uint32_t line, column, end_line, end_column;
};

/* The span of the file as a whole. */
struct span
span_of_file(const struct source *source);
/* The text of LINE (from 1) without its line break; empty beyond the end. */
struct str
source_line(const struct source *source, uint32_t line);
/* The span of the bytes [FROM, TO) of the source's text. Linear in the text: for errors, not for loops. */
struct span
span_of_bytes(const struct source *source, size_t from, size_t to);

#endif
