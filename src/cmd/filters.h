/* Lua filters of site.yaml, made ready for the parse stage. */
#ifndef ISMARK_CMD_FILTERS_H
#define ISMARK_CMD_FILTERS_H

#include "model/config.h"
#include "model/document_reader.h"

struct filters;

/* What one worker hands to filters_apply(). */
struct filter_run {
	struct filters *filters;
	size_t worker;
};

/* Folders as the user wrote them. */
struct filter_places {
	struct str root, content;
};

/* Loads every filter that CONFIG names, below the project root; LUA findings for those that cannot be used. */
struct filters *
filters_load(struct arena *arena, const struct filter_places *places, const struct config *config, size_t workers,
             struct diag_list *diags);
size_t
filters_count(const struct filters *filters);
/* A document_filter; CONTEXT is a struct filter_run. */
void
filters_apply(void *context, struct document *document, struct node *tree, struct tree **front, struct arena *arena,
              struct diag_list *diags);
void
filters_release(struct filters *filters);

#endif
