#include "cmd/filters.h"

struct filters {
	size_t count;
};

struct filters *
filters_load(struct arena *arena, struct str project_root, const struct config *config, size_t workers, struct date today,
             struct diag_list *diags)
{
	(void)project_root, (void)config, (void)workers, (void)today, (void)diags;
	return arena_new(arena, struct filters);
}

size_t
filters_count(const struct filters *filters)
{
	return filters->count;
}

void
filters_apply(void *context, struct document *document, struct node *tree, struct arena *arena, struct diag_list *diags)
{
	(void)context, (void)document, (void)tree, (void)arena, (void)diags;
}

void
filters_release(struct filters *filters)
{
	(void)filters;
}
