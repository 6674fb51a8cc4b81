/* The JSON of `check` (ismark(1), "JSON"), stable: schema_version 1. */
#ifndef ISMARK_EXPORT_JSON_H
#define ISMARK_EXPORT_JSON_H

#include <jansson.h>

#include "model/site.h"

struct json_facts {
	const struct site *site;
	const struct diag_list *diags;
	enum severity gate;
	bool passed;
	struct str only; /* findings of this file only; empty: all */
	const char *version;
};

/* The document, a new reference. */
json_t *
json_of_check(const struct json_facts *facts);
/* A string of TEXT, valid UTF-8 or repaired. */
json_t *
json_of_str(struct str text);
/* A finding, as in the document of `check`; with `by` when it is suppressed. */
json_t *
json_of_diag(const struct diag *diag);
/* Appends VALUE, indented, with a line break at the end, and releases it. */
void
json_write(struct buf *out, json_t *value);

#endif
