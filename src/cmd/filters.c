#include "cmd/filters.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "cmd/places.h"
#include "lua/lua_filter.h"

struct filters {
	VEC(const struct lua_filter *) items;
	struct lua_worker *workers;
	size_t worker_count;
};

static void
refuse(struct diag_list *diags, struct str name, struct span span, const char *reason)
{
	struct diag *diag = diag_add(diags, CODE_LUA003, span, STR(""), "filter `%.*s` cannot be read: %s", STR_ARG(name), reason);
	diag_hint(diags, diag, "name a Lua file by its path from the project root; until then documents are published without it");
}

static const char *
find_fault(struct arena *arena, struct str root, struct str name, const char *file)
{
	struct str path = path_normalise(arena, name);
	if (!name.size || name.data[0] == '/' || path_leaves_root(path))
		return "it lies outside of the project";
	if (file_type(file, true) == FILE_ABSENT)
		return "there is no such file";
	if (file_type(file, true) != FILE_REGULAR)
		return "it is not a regular file";
	return file_is_below(str_c(arena, root), file) ? NULL : "it lies outside of the project";
}

/* The path of findings starts at the content root, which lies at or below the project root, or elsewhere. */
static struct str
shown_path(struct arena *arena, const struct filter_places *places, struct str name)
{
	struct str file = path_normalise(arena, path_join(arena, places->root, name));
	struct str content = path_normalise(arena, path_join(arena, places->content, STR("site.yaml")));
	bool same_base = (file.size && file.data[0] == '/') == (content.size && content.data[0] == '/');
	return same_base ? path_relative(arena, content, file) : path_normalise(arena, name);
}

/* A filter that comes with the program, when the project has none of this name: "filters/NAME.lua". */
static struct str
shipped_filter(struct arena *arena, struct str name)
{
	bool plain = str_equal(path_folder(name), STR("filters")) && str_ends_with(name, STR(".lua"));
	return plain ? program_file(arena, name) : STR("");
}

static const struct lua_filter *
load(struct arena *arena, const struct filter_places *places, struct str name, struct span span, struct diag_list *diags)
{
	const char *file = str_c(arena, path_join(arena, places->root, name));
	const char *fault = find_fault(arena, places->root, name, file);
	struct str shipped = file_type(file, true) == FILE_ABSENT ? shipped_filter(arena, name) : STR("");
	if (shipped.size) {
		file = str_c(arena, shipped);
		fault = NULL;
	}
	struct str bytes;
	if (!fault && !file_read(arena, file, FILTER_SIZE_MAX, &bytes))
		fault = errno == EFBIG ? "it is larger than 1 MiB" : strerror(errno);
	if (fault) {
		refuse(diags, name, span, fault);
		return NULL;
	}
	const struct source *source = source_new(arena, shown_path(arena, places, name), bytes, diags);
	return lua_filter_load(arena, source, name, span, diags);
}

struct filters *
filters_load(struct arena *arena, const struct filter_places *places, const struct config *config, size_t workers,
             struct diag_list *diags)
{
	struct filters *filters = arena_new(arena, struct filters);
	filters->workers = arena_array(arena, struct lua_worker, workers);
	filters->worker_count = workers;
	for (size_t i = 0; i < config->filters.count; i++) {
		const struct lua_filter *filter = load(arena, places, config->filters.items[i], config->filter_spans.items[i], diags);
		if (filter)
			vec_push(arena, &filters->items, filter);
	}
	return filters;
}

size_t
filters_count(const struct filters *filters)
{
	return filters->items.count;
}

void
filters_apply(void *context, struct document *document, struct node *tree, struct tree **front, struct arena *arena,
              struct diag_list *diags)
{
	const struct filter_run *run = context;
	struct filters *filters = run->filters;
	struct lua_document seen = {document->source, tree, *front, arena};
	lua_filters_run(filters->items.items, filters->items.count, &filters->workers[run->worker], &seen, diags);
	*front = seen.front;
}

void
filters_release(struct filters *filters)
{
	for (size_t i = 0; i < filters->worker_count; i++)
		lua_worker_release(&filters->workers[i]);
}
