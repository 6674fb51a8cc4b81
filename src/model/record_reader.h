/* From trees to typed records: what YAML, CSV and tables have in common once they are trees. */
#ifndef ISMARK_MODEL_RECORD_READER_H
#define ISMARK_MODEL_RECORD_READER_H

#include "catalogue/control_ref.h"
#include "model/config.h"
#include "model/record.h"

struct record_reader {
	const struct config *config;
	struct arena *arena;
	struct diag_list *diags;
	struct document *document;
	struct control_scope scope;
	size_t expanded; /* values that the document's ranges of controls and clauses stand for */
};

enum { EXPANDED_MAX = 100000 };

void
record_reader_init(struct record_reader *reader, const struct config *config, struct document *document,
                   struct arena *arena, struct diag_list *diags);
/* A record of KIND without values. */
struct record *
record_new(struct arena *arena, const struct kind *kind, struct document *document, struct span span);
/* Types TREE as FIELD of RECORD, and stores it. Findings FM008, FM009, FM016. Absent trees are not stored. */
void
record_set(struct record_reader *reader, struct record *record, int field, const struct tree *tree);
/* Reads the pair into the record's field of that name; false when its kind has none. FM003 when the field is set. */
bool
record_read_pair(struct record_reader *reader, struct record *record, const struct tree_pair *pair);
/* FM012 with a suggestion, unless the key starts with "x-". */
void
record_unknown_key(struct record_reader *reader, const struct kind *kind, const struct tree_pair *pair);
/* FM010 and FM011 for the record's required fields. */
void
record_check_required(struct record_reader *reader, const struct record *record);
/* Sets title and subject from the values, after id is set. */
void
record_name(struct record_reader *reader, struct record *record);
/* U+2011 to '-', white space around off. */
struct str
id_fold(struct arena *arena, struct str id);
/* [A-Za-z0-9][A-Za-z0-9._-]* */
bool
id_is_valid(struct str id);

#endif
