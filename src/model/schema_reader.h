/* What site.yaml adds to the schema: kinds, fields, synonyms, the levels of classification. */
#ifndef ISMARK_MODEL_SCHEMA_READER_H
#define ISMARK_MODEL_SCHEMA_READER_H

#include "model/schema.h"
#include "text/tree.h"

/* Called for each thing that cannot be used, with a reason and a remedy. */
typedef void (*schema_reporter)(void *context, struct span span, const char *message, const char *hint);

/* kinds: {NAME: {form: record|document, plural, clause, help, synonyms: […], fields: {…}}} */
void
schema_add_kinds(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report, void *context);
/* fields: {KIND: {NAME: {type, required, list, choices: […], targets: […], clause, help, synonyms: […]}}} */
void
schema_add_fields(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report, void *context);
/* synonyms: {fields: {KIND: {SYNONYM: FIELD}}, values: {CHOICE LIST: {SYNONYM: WORD}}, kinds: {SYNONYM: KIND}} */
void
schema_add_synonyms(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report, void *context);
/* A list of words, lowest level first, in place of the built-in four. */
void
schema_set_classification(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report,
                          void *context);

#endif
