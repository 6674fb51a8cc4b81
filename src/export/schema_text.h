/* The schema for people and editors: field tables, blank records, JSON Schema. */
#ifndef ISMARK_EXPORT_SCHEMA_TEXT_H
#define ISMARK_EXPORT_SCHEMA_TEXT_H

#include <jansson.h>

#include "model/schema.h"

/* The kind's help and a table of its fields, with the parts below it. */
void
schema_text_of_kind(struct buf *out, const struct schema *schema, const struct kind *kind);
/* What a FIELD accepts, in a few words: "one of: open, closed", "list of references to person or role". */
void
schema_text_accepts(struct buf *out, const struct field *field);
/* A new file of KIND with every field: required ones to fill, the others behind '#'. ID may be empty. */
void
schema_text_new(struct buf *out, const struct kind *kind, struct str id);
/* JSON Schema (draft 2020-12) of front matter and register files. A new reference. */
json_t *
schema_json(const struct schema *schema);

#endif
