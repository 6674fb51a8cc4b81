/* Registers: `entries` in every shape, rows of tables, and what makes a map or row a record. */
#ifndef ISMARK_MODEL_REGISTER_READER_H
#define ISMARK_MODEL_REGISTER_READER_H

#include "model/record_reader.h"

/* The pair of FRONT that holds the entries of a register of KIND, or NULL. */
const struct tree_pair *
register_find_entries(const struct tree *front, const struct kind *kind);
/* Reads a list, a map, groups of maps, or `table` (from the document's facts) into DOCUMENT's records. */
void
register_read_entries(struct record_reader *reader, struct document *document, const struct tree *entries);
/* Takes the pair `columns` {header: field} out of a CSV's sidecar; NULL when there is none. */
const struct tree *
register_take_columns(struct tree *sidecar);
/* Reads the rows of TABLE, whose header maps to the kind's key and one more field; false when it does not. A header
 * cell that maps to nothing is FM012 when REPORT_COLUMNS. */
bool
register_read_table(struct record_reader *reader, struct document *document, const struct table *table,
                    const struct tree *columns, bool report_columns);
/* Gives RECORD its id (ID_TEXT, may be empty), title and subject, checks what is required, and adds it to DOCUMENT. */
void
register_finish_record(struct record_reader *reader, struct document *document, struct record *record, struct str id_text);

#endif
