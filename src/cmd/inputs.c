#include "cmd/inputs.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/path.h"
#include "cmd/baseline.h"
#include "cmd/filters.h"
#include "cmd/project.h"
#include "model/document_reader.h"

struct input {
	struct str path;
	const struct folder_entry *entry;
	const struct folder_entry *sidecar;
	struct document *document; /* NULL: refused, or no document after all */
	bool refused;
	struct diag_list diags;
};

struct reading {
	struct pipeline *pipeline;
	const struct options *options;
	struct filters *filters;
	struct str baseline; /* path of --baseline's file, no document */
	char real_root[PATH_MAX];
	VEC(struct input) inputs;
};

/* Folders of a project that are no content when its root is the content root. */
static bool
is_project_folder(const struct options *options, struct str path)
{
	static const char *const folders[] = {"themes", "filters", "node_modules"};
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (str_equal(path, str_from(folders[i])))
			return true;
	return str_equal(path, str_from(options->out));
}

static bool
skip_path(void *context, struct str path)
{
	struct reading *reading = context;
	const struct pipeline *pipeline = reading->pipeline;
	if (str_equal(pipeline->content, str_from(reading->options->root)) && is_project_folder(reading->options, path))
		return true;
	return str_equal(path, STR("site.yaml")) || str_equal(path, reading->baseline) || config_ignores(pipeline->config, path);
}

static bool
leaves_content(struct reading *reading, struct str path, struct arena *arena)
{
	char real[PATH_MAX];
	size_t size = strlen(reading->real_root);
	return !realpath(project_path(reading->pipeline, path, arena).data, real) || strncmp(real, reading->real_root, size) != 0 ||
	       real[size] != '/';
}

static void
refuse_file(struct diag_list *diags, struct str path, const char *reason)
{
	struct source *source = arena_new(diags->arena, struct source);
	source->path = path;
	struct diag *diag = diag_add(diags, CODE_FM017, span_of_file(source), path, "this file cannot be read: %s", reason);
	diag_hint(diags, diag, "make it a readable, regular file below the content root, or list it under `ignore` in site.yaml");
}

static const struct folder_entry *
find_entry(const folder_entries *entries, struct str path)
{
	for (size_t low = 0, high = entries->count; low < high;) {
		size_t middle = (low + high) / 2;
		int order = str_compare(entries->items[middle].path, path);
		if (order == 0)
			return &entries->items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static bool
is_sidecar(const folder_entries *entries, struct str path)
{
	return str_ends_with(path, STR(".csv.yaml")) && find_entry(entries, path_without_extension(path));
}

static void
sort_entry(struct reading *reading, const folder_entries *entries, const struct folder_entry *entry)
{
	struct pipeline *pipeline = reading->pipeline;
	struct arena *arena = &pipeline->arena;
	if (entry->type != FILE_REGULAR) {
		refuse_file(&pipeline->diags, entry->path, "it is not a regular file");
	} else if (entry->is_link && leaves_content(reading, entry->path, arena)) {
		refuse_file(&pipeline->diags, entry->path, "it is a link that leads out of the content root");
	} else if (document_is_input(entry->path) && !is_sidecar(entries, entry->path)) {
		struct str sidecar = str_printf(arena, "%.*s.yaml", STR_ARG(entry->path));
		vec_push(arena, &reading->inputs, ((struct input){.path = entry->path, .entry = entry, .sidecar = find_entry(entries, sidecar)}));
	} else if (!is_sidecar(entries, entry->path)) {
		vec_push(arena, &pipeline->site.assets, ((struct asset_file){.path = entry->path}));
	}
}

static bool
find_inputs(struct reading *reading, int *exit_code)
{
	struct pipeline *pipeline = reading->pipeline;
	folder_entries *entries = arena_new(&pipeline->arena, folder_entries);
	if (!realpath(pipeline->content.data, reading->real_root) ||
	    !folder_walk(&pipeline->arena, pipeline->content.data, skip_path, reading, entries)) {
		*exit_code = environment_error("read", pipeline->content.data);
		return false;
	}
	for (size_t i = 0; i < entries->count; i++)
		sort_entry(reading, entries, &entries->items[i]);
	return true;
}

/* ---- parse ---- */

static void
parse_input(void *context, size_t worker, size_t index)
{
	struct reading *reading = context;
	struct pipeline *pipeline = reading->pipeline;
	struct input *input = &reading->inputs.items[index];
	struct arena *arena = &pipeline->workers[worker];
	diag_list_init(&input->diags, arena);
	const struct source *source = project_read_source(pipeline, input->path, arena, &input->diags);
	if (!source) {
		input->refused = true;
		refuse_file(&input->diags, input->path, errno == EFBIG ? "it is larger than 32 MiB" : strerror(errno));
		return;
	}
	const struct source *sidecar = input->sidecar ? project_read_source(pipeline, input->sidecar->path, arena, &input->diags) : NULL;
	struct filter_run run = {reading->filters, worker};
	struct document_options options = {
		.config = pipeline->config,
		.filter = filters_count(reading->filters) ? filters_apply : NULL,
		.filter_context = &run,
	};
	input->document = document_read(&options, source, sidecar, arena, &input->diags);
}

/* YAML that turned out to be no document is copied like any other file. */
static void
add_asset(struct pipeline *pipeline, struct str path)
{
	vec_push(&pipeline->arena, &pipeline->site.assets, ((struct asset_file){.path = path}));
}

static int
by_asset_path(const void *a, const void *b)
{
	return str_compare(((const struct asset_file *)a)->path, ((const struct asset_file *)b)->path);
}

static void
collect(struct reading *reading)
{
	struct pipeline *pipeline = reading->pipeline;
	struct site *site = &pipeline->site;
	for (size_t i = 0; i < reading->inputs.count; i++) {
		struct input *input = &reading->inputs.items[i];
		diag_list_append(&pipeline->diags, &input->diags);
		if (input->document)
			vec_push(&pipeline->arena, &site->documents, input->document);
		else if (!input->refused)
			add_asset(pipeline, input->path);
	}
	if (site->assets.count)
		qsort(site->assets.items, site->assets.count, sizeof *site->assets.items, by_asset_path);
}

bool
inputs_read(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	struct reading reading = {.pipeline = pipeline, .options = options, .baseline = baseline_path(pipeline, options)};
	if (!find_inputs(&reading, exit_code))
		return false;
	pipeline->worker_count = options->threads;
	pipeline->workers = arena_array(&pipeline->arena, struct arena, options->threads);
	struct filter_places places = {str_from(options->root), pipeline->content};
	reading.filters = filters_load(&pipeline->arena, &places, pipeline->config, options->threads, &pipeline->diags);
	parallel_for(options->threads, reading.inputs.count, parse_input, &reading);
	filters_release(reading.filters);
	collect(&reading);
	return true;
}
