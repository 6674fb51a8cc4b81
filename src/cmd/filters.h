/* Lua filters of site.yaml, made ready for the parse stage. */
#ifndef ISMARK_CMD_FILTERS_H
#define ISMARK_CMD_FILTERS_H

#include "base/date.h"
#include "model/config.h"
#include "model/document_reader.h"

struct filters;

/* What one worker hands to filters_apply(). */
struct filter_run {
	struct filters *filters;
	size_t worker;
};

/* Loads every filter that CONFIG names, below PROJECT_ROOT; LUA findings for those that cannot be used. */
struct filters *
filters_load(struct arena *arena, struct str project_root, const struct config *config, size_t workers, struct date today,
             struct diag_list *diags);
size_t
filters_count(const struct filters *filters);
/* A document_filter; CONTEXT is a struct filter_run. */
void
filters_apply(void *context, struct document *document, struct node *tree, struct arena *arena, struct diag_list *diags);
void
filters_release(struct filters *filters);

#endif
