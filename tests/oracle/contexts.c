/* What templates are given: builds the site of the content folder CONTENT in memory and prints a line TEMPLATE TAB PATH TAB TYPE for every
 * variable that any page has, each once. `[]` stands for the items of a list. Without an argument: the table that
 * the manual is made from, as OWNER TAB NAME TAB TYPE. run_contexts.py compares the two. */
#include <stdio.h>

#include "cmd/pipeline.h"
#include "cmd/theme.h"
#include "site/context.h"
#include "site/pages.h"
#include "site/template_value.h"

struct watcher {
	struct arena arena;
	struct map seen;
};

static const char *
type_of(struct template_value value)
{
	static const char *const names[] = {
		[TEMPLATE_UNDEFINED] = "undefined", [TEMPLATE_NONE] = "none", [TEMPLATE_BOOL] = "bool",     [TEMPLATE_INT] = "integer",
		[TEMPLATE_NUMBER] = "number",       [TEMPLATE_STRING] = "text", [TEMPLATE_HTML] = "html", [TEMPLATE_LIST] = "list",
		[TEMPLATE_MAP] = "map",
	};
	return value.type <= TEMPLATE_MAP ? names[value.type] : "internal";
}

static void
walk(struct watcher *watcher, const char *template, struct str path, struct template_value value)
{
	struct str line = str_printf(&watcher->arena, "%s\t%.*s\t%s", template, STR_ARG(path), type_of(value));
	if (path.size && !map_get(&watcher->seen, line))
		map_put(&watcher->arena, &watcher->seen, line, watcher);
	if (value.type == TEMPLATE_LIST)
		for (size_t i = 0; i < value.as.list->items.count; i++)
			walk(watcher, template, str_printf(&watcher->arena, "%.*s[]", STR_ARG(path)), value.as.list->items.items[i]);
	for (size_t i = 0; value.type == TEMPLATE_MAP && i < value.as.map->entries.entries.count; i++) {
		const struct map_entry *entry = &value.as.map->entries.entries.items[i];
		struct str below = str_printf(&watcher->arena, "%.*s%s%.*s", STR_ARG(path), path.size ? "." : "", STR_ARG(entry->key));
		if (!str_equal(below, STR("words")))
			walk(watcher, template, below, *(struct template_value *)entry->value);
	}
}

static void
see(void *argument, const struct page *page, struct template_value context)
{
	walk(argument, page->template, STR(""), context);
}

static int
build(const char *content)
{
	struct pipeline pipeline;
	struct watcher watcher = {0};
	struct output output;
	struct options options = {.root = ".", .content = content, .out = "out", .threads = 1, .gate = SEVERITY_ERROR};
	int exit_code = 1;
	date_parse(STR("2026-06-30"), &options.date);
	if (pipeline_run(&pipeline, &options, &exit_code)) {
		theme_find(&pipeline, &options, true, &pipeline.diags);
		struct report_options facts = {.gate = options.gate, .version = "0"};
		struct site_build_options building = {
			.see = see, .watcher = &watcher, .theme = pipeline.theme, .threads = 1, .version = "0", .commit = "0",
			.report = report_make(&pipeline.site, &pipeline.diags, &facts, &pipeline.arena)};
		output_init(&output, &pipeline.arena);
		exit_code = !pipeline.theme || !site_render(&pipeline.site, &pipeline.diags, &building, &output, &pipeline.diags);
	}
	for (size_t i = 0; i < watcher.seen.entries.count; i++)
		printf("%.*s\n", STR_ARG(watcher.seen.entries.items[i].key));
	pipeline_release(&pipeline);
	arena_release(&watcher.arena);
	return exit_code;
}

int
main(int argc, char **argv)
{
	if (argc > 1)
		return build(argv[1]);
	for (size_t i = 0; i < context_variable_count(); i++) {
		const struct context_variable *variable = context_variable_at(i);
		printf("%s\t%s\t%s\n", variable->owner, variable->name, variable->type);
	}
	return 0;
}
