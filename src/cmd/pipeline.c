#include "cmd/pipeline.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/path.h"
#include "check/check.h"
#include "cmd/baseline.h"
#include "cmd/filters.h"
#include "model/document_reader.h"
#include "text/yaml.h"

struct input {
	struct str path;
	const struct folder_entry *entry;
	const struct folder_entry *sidecar;
	struct document *document;
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

static int
environment_error(const char *operation, const char *path)
{
	fprintf(stderr, "ismark: cannot %s %s: %s\n", operation, path, strerror(errno));
	return EXIT_ENVIRONMENT;
}

/* ---- where the content is ---- */

static struct str
below_root(struct pipeline *pipeline, const struct options *options, const char *path)
{
	struct str root = str_from(options->root);
	if (str_equal(root, STR(".")))
		return str_from(path);
	return path_join(&pipeline->arena, root, str_from(path));
}

/* PATH if it is a folder, else --content, else content/, else the project root. */
static bool
find_content(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	struct arena *arena = &pipeline->arena;
	const char *path = options->words.count ? str_c(arena, options->words.items[0]) : NULL;
	struct str given = path ? below_root(pipeline, options, path) : STR("");
	enum file_type type = path ? file_type(str_c(arena, given), true) : FILE_ABSENT;
	if (path && type == FILE_ABSENT) {
		*exit_code = usage_error("there is no '%s'", path);
		return false;
	}
	struct str fallback = below_root(pipeline, options, "content");
	if (type == FILE_FOLDER)
		pipeline->content = given;
	else if (options->content)
		pipeline->content = below_root(pipeline, options, options->content);
	else
		pipeline->content = file_type(str_c(arena, fallback), true) == FILE_FOLDER ? fallback : str_from(options->root);
	pipeline->content = str_from(str_c(arena, pipeline->content));
	if (file_type(pipeline->content.data, true) != FILE_FOLDER) {
		*exit_code = usage_error("there is no folder '%s'", pipeline->content.data);
		return false;
	}
	if (type == FILE_REGULAR) {
		char content[PATH_MAX], file[PATH_MAX];
		if (!realpath(pipeline->content.data, content) || !realpath(given.data, file)) {
			*exit_code = environment_error("resolve", given.data);
			return false;
		}
		size_t size = strlen(content);
		if (strncmp(file, content, size) != 0 || file[size] != '/') {
			*exit_code = usage_error("'%s' is not below the content root '%s'", path, pipeline->content.data);
			return false;
		}
		pipeline->only = str_copy(arena, str_from(file + size + 1));
	}
	return true;
}

/* ---- configuration ---- */

static struct str
on_disk(struct pipeline *pipeline, struct str path, struct arena *arena)
{
	return str_from(str_c(arena, path_join(arena, pipeline->content, path)));
}

static const struct source *
read_source(struct pipeline *pipeline, struct str path, struct arena *arena, struct diag_list *diags)
{
	struct str bytes, name = on_disk(pipeline, path, arena);
	if (!file_read(arena, name.data, DOCUMENT_SIZE_MAX, &bytes))
		return NULL;
	return source_new(arena, path, bytes, diags);
}

static const struct source *
read_named_file(void *context, struct str path)
{
	struct pipeline *pipeline = context;
	struct str normalised = path_normalise(&pipeline->arena, path);
	if (path_leaves_root(normalised))
		return NULL;
	return read_source(pipeline, normalised, &pipeline->arena, &pipeline->diags);
}

static bool
read_config(struct pipeline *pipeline, int *exit_code)
{
	bool broken = false;
	pipeline->config = config_new(&pipeline->arena);
	struct str path = on_disk(pipeline, STR("site.yaml"), &pipeline->arena);
	if (file_type(path.data, false) == FILE_ABSENT)
		return true;
	const struct source *source = read_source(pipeline, STR("site.yaml"), &pipeline->arena, &pipeline->diags);
	if (!source) {
		*exit_code = environment_error("read", path.data);
		return false;
	}
	pipeline->config->source = source;
	struct tree *tree = yaml_read(&pipeline->arena, source, 0, source->text.size, 1, &pipeline->diags, &broken);
	config_read(pipeline->config, &pipeline->arena, tree, read_named_file, pipeline, &pipeline->diags);
	return true;
}

/* ---- inputs ---- */

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
	return !realpath(on_disk(reading->pipeline, path, arena).data, real) || strncmp(real, reading->real_root, size) != 0 ||
	       real[size] != '/';
}

static void
refuse_file(struct reading *reading, struct diag_list *diags, struct str path, const char *reason)
{
	struct source *source = arena_new(diags->arena, struct source);
	source->path = path;
	struct diag *diag = diag_add(diags, CODE_FM017, span_of_file(source), path, "this file cannot be read: %s", reason);
	diag_hint(diags, diag, "make it a readable, regular file below the content root, or list it under `ignore` in site.yaml");
	(void)reading;
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
		refuse_file(reading, &pipeline->diags, entry->path, "it is not a regular file");
	} else if (entry->is_link && leaves_content(reading, entry->path, arena)) {
		refuse_file(reading, &pipeline->diags, entry->path, "it is a link that leads out of the content root");
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
	const struct source *source = read_source(pipeline, input->path, arena, &input->diags);
	if (!source) {
		refuse_file(reading, &input->diags, input->path, errno == EFBIG ? "it is larger than 32 MiB" : strerror(errno));
		return;
	}
	const struct source *sidecar = input->sidecar ? read_source(pipeline, input->sidecar->path, arena, &input->diags) : NULL;
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
		else
			add_asset(pipeline, input->path);
	}
	if (site->assets.count)
		qsort(site->assets.items, site->assets.count, sizeof *site->assets.items, by_asset_path);
}

static bool
read_site(struct pipeline *pipeline, const struct options *options, int *exit_code)
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

/* ---- the stages ---- */

bool
pipeline_configure(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	struct options without_path = *options;
	without_path.words.count = 0;
	*pipeline = (struct pipeline){0};
	diag_list_init(&pipeline->diags, &pipeline->arena);
	return find_content(pipeline, &without_path, exit_code) && read_config(pipeline, exit_code);
}

bool
pipeline_run(struct pipeline *pipeline, const struct options *options, int *exit_code)
{
	*pipeline = (struct pipeline){0};
	struct site *site = &pipeline->site;
	diag_list_init(&pipeline->diags, &pipeline->arena);
	if (!find_content(pipeline, options, exit_code) || !read_config(pipeline, exit_code))
		return false;
	site->arena = &pipeline->arena;
	site->config = pipeline->config;
	site->schema = pipeline->config->schema;
	site->catalogue = pipeline->config->catalogue;
	site->today = options->date;
	site->root = pipeline->content;
	if (!read_site(pipeline, options, exit_code))
		return false;
	site_join(site, &pipeline->diags);
	check_site(site, &pipeline->diags);
	return baseline_read(pipeline, options, exit_code);
}

void
pipeline_release(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->worker_count; i++)
		arena_release(&pipeline->workers[i]);
	arena_release(&pipeline->arena);
}
