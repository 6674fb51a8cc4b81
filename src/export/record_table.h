/* Records as rows, for `ismark list`: text, JSON, CSV (RFC 4180). */
#ifndef ISMARK_EXPORT_RECORD_TABLE_H
#define ISMARK_EXPORT_RECORD_TABLE_H

#include "model/site.h"

struct record_row {
	struct span span;
	str_vec cells;
};

struct record_table {
	str_vec columns;
	VEC(struct record_row) rows;
};

/* Every column lives in ARENA; values are written as the schema reads them back. */
void
record_table_of_kind(struct record_table *table, const struct site *site, struct arena *arena, const struct kind *kind);
void
record_table_of_documents(struct record_table *table, const struct site *site, struct arena *arena);
/* Links and ids of the text, with where they lead. */
void
record_table_of_links(struct record_table *table, const struct site *site, struct arena *arena);
/* Headings of the text, with their final ids. */
void
record_table_of_headings(struct record_table *table, const struct site *site, struct arena *arena);

/* Aligned columns; long cells are cut. */
void
record_table_text(struct buf *out, const struct record_table *table);
/* A list of objects, each with "path", "line" and the columns. */
void
record_table_json(struct buf *out, const struct record_table *table);
/* Cells that a spreadsheet would run as a formula get a leading apostrophe. */
void
record_table_csv(struct buf *out, const struct record_table *table);

#endif
