#include "site/theme.h"

#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "site/theme_manifest.h"
#include "text/yaml.h"

#include <errno.h>
#include <string.h>

enum { THEME_FILE_MAX = 4 * 1024 * 1024, THEME_FILES_MAX = 2000, LAYERS_MAX = 6, SUGGESTIONS_MAX = 100 };

/* A folder that gives files to the theme: one that is extended, the theme itself, or the project's overrides. */
struct layer {
	struct theme_place place;
	struct str id;         /* the folder's name */
	bool is_override;
	struct theme_manifest manifest;
	folder_entries entries;
};

struct theme_file {
	const struct layer *layer;
	struct str path; /* below the layer */
	bool counts;     /* no later layer has one of this path */
};

struct site_theme {
	struct arena *arena;
	VEC(struct layer *) layers; /* the base first */
	VEC(struct theme_file) files;
	theme_option_vec options;
	VEC(struct theme_file) option_files; /* for each option; layer NULL: of the content, or none */
	struct str content;
	struct template_value values;
	struct span span; /* of its theme.yaml */
	bool has_search;
};

/* ---- files of a layer ---- */

static bool
refuse(struct diag_list *diags, struct span span, struct str path, const char *problem)
{
	struct diag *diag = diag_add(diags, CODE_THM006, span, path, "the theme's file `%.*s` %s", STR_ARG(path), problem);
	diag_hint(diags, diag, "a theme is a folder with theme.yaml (name, version, api: %d), templates/ and static/", THEME_API);
	return false;
}

/* The system's reason is in errno. */
static bool
refuse_unread(struct arena *arena, struct diag_list *diags, struct str path)
{
	struct str problem = str_printf(arena, "cannot be read: %s", strerror(errno));
	return refuse(diags, (struct span){0}, path, problem.data);
}

static const struct source *
read_file(struct arena *arena, const struct theme_place *place, struct str path, struct diag_list *diags)
{
	struct source *source = arena_new(arena, struct source);
	source->path = path_join(arena, place->name, path);
	const char *file = str_c(arena, path_join(arena, place->root, path));
	if (file_type(file, true) != FILE_ABSENT && !file_is_below(str_c(arena, place->root), file)) {
		refuse(diags, (struct span){0}, source->path, "is a link that leads out of the theme");
		return NULL;
	}
	if (!file_read(arena, file, THEME_FILE_MAX, &source->text)) {
		refuse_unread(arena, diags, source->path);
		return NULL;
	}
	if (utf8_first_invalid(source->text) != STR_NONE) {
		refuse(diags, span_of_file(source), source->path, "is not UTF-8");
		return NULL;
	}
	return source;
}

/* What the YAML file PATH says; NULL, with a finding, when it cannot be read. */
static const struct tree *
read_tree(struct arena *arena, const struct theme_place *place, struct str path, struct diag_list *diags)
{
	bool broken = false;
	const struct source *source = read_file(arena, place, path, diags);
	if (!source)
		return NULL;
	struct tree *tree = yaml_read(arena, source, 0, source->text.size, 1, diags, &broken);
	if (!tree && !broken)
		tree = tree_new_map(arena, span_of_file(source));
	return broken ? NULL : tree;
}

/* ---- layers ---- */

struct opening {
	const struct theme_request *request;
	struct site_theme *theme;
	struct arena *arena;
	struct diag_list *diags;
};

static bool
list_files(struct opening *opening, struct layer *layer)
{
	if (!folder_walk(opening->arena, str_c(opening->arena, layer->place.root), NULL, NULL, &layer->entries))
		return refuse_unread(opening->arena, opening->diags, layer->place.name);
	if (layer->entries.count <= THEME_FILES_MAX)
		return true;
	struct str problem = str_printf(opening->arena, "has more than %d files", THEME_FILES_MAX);
	return refuse(opening->diags, (struct span){0}, layer->place.name, problem.data);
}

static struct layer *
new_layer(struct opening *opening, struct theme_place place)
{
	struct layer *layer = arena_new(opening->arena, struct layer);
	*layer = (struct layer){.place = place, .id = path_name(place.root)};
	return layer;
}

static struct layer *
read_layer(struct opening *opening, struct theme_place place)
{
	struct layer *layer = new_layer(opening, place);
	const struct tree *tree = read_tree(opening->arena, &place, STR("theme.yaml"), opening->diags);
	if (!tree || !theme_manifest_read(&layer->manifest, tree, THEME_API, opening->diags) || !list_files(opening, layer))
		return NULL;
	return layer;
}

/* NAME beside the folder of BASE, a theme; without a root when it is not there. */
static struct theme_place
place_beside(struct arena *arena, const struct theme_place *base, struct str name)
{
	struct str folder = path_folder(base->root), root = path_join(arena, folder, name);
	const char *parent = folder.size ? str_c(arena, folder) : ".";
	if (file_type(str_c(arena, root), true) != FILE_FOLDER || !file_is_below(parent, str_c(arena, root)))
		return (struct theme_place){0};
	return (struct theme_place){root, path_join(arena, path_folder(base->name), name)};
}

static struct theme_place
place_below(struct arena *arena, const struct theme_place *folder, struct str name)
{
	struct str root = path_join(arena, folder->root, name);
	if (!folder->root.size || file_type(str_c(arena, root), true) != FILE_FOLDER)
		return (struct theme_place){0};
	return (struct theme_place){root, path_join(arena, folder->name, name)};
}

static struct layer *
read_extended(struct opening *opening, const struct layer *layer)
{
	const struct theme_manifest *manifest = &layer->manifest;
	struct theme_place place = place_beside(opening->arena, &layer->place, manifest->extends);
	if (!place.root.size || str_equal(place.root, layer->place.root)) /* a project's `default` may extend the one that came with ismark */
		place = place_below(opening->arena, &opening->request->shipped, manifest->extends);
	if (!place.root.size || str_equal(place.root, layer->place.root)) {
		struct diag *diag = diag_add(opening->diags, CODE_THM006, manifest->extends_span, manifest->span.source->path,
		                             "there is no theme `%.*s` to extend", STR_ARG(manifest->extends));
		diag_hint(opening->diags, diag, "name a theme whose folder lies beside this one, or `default`");
		return NULL;
	}
	return read_layer(opening, place);
}

static void
insert_first(struct opening *opening, struct layer *layer)
{
	struct site_theme *theme = opening->theme;
	vec_push(opening->arena, &theme->layers, layer);
	for (size_t i = theme->layers.count - 1; i > 0; i--)
		theme->layers.items[i] = theme->layers.items[i - 1];
	theme->layers.items[0] = layer;
}

static bool
read_layers(struct opening *opening)
{
	struct layer *layer = read_layer(opening, opening->request->theme);
	for (size_t i = 0; layer; i++) {
		insert_first(opening, layer);
		if (!layer->manifest.extends.size)
			return true;
		if (i + 1 == LAYERS_MAX) {
			struct diag *diag = diag_add(opening->diags, CODE_THM006, layer->manifest.extends_span, layer->manifest.span.source->path,
			                             "more than %d themes extend each other", LAYERS_MAX);
			diag_hint(opening->diags, diag, "let no theme extend itself");
			return false;
		}
		layer = read_extended(opening, layer);
	}
	return false;
}

/* ---- overrides ---- */

static bool
theme_has(const struct site_theme *theme, struct str path)
{
	for (size_t i = 0; i < theme->files.count; i++)
		if (!theme->files.items[i].layer->is_override && str_equal(theme->files.items[i].path, path))
			return true;
	return false;
}

static bool
is_words(struct str path)
{
	return str_starts_with(path, STR("words/")) && str_ends_with(path, STR(".yaml"));
}

/* New files have a place of their own, so that a mistyped name is seen. */
static bool
is_new_by_intent(struct str path)
{
	return str_starts_with(path, STR("templates/own/")) || str_starts_with(path, STR("static/own/")) || is_words(path);
}

/* By name in the same folder; where the theme has no such folder, by the whole path. */
static struct str
nearest_file(const struct opening *opening, struct str path)
{
	struct str folder = path_folder(path);
	str_vec names = {0}, paths = {0};
	for (size_t i = 0; i < opening->theme->files.count; i++) {
		const struct theme_file *file = &opening->theme->files.items[i];
		if (file->layer->is_override)
			continue;
		vec_push(opening->arena, &paths, file->path);
		if (str_equal(path_folder(file->path), folder))
			vec_push(opening->arena, &names, path_name(file->path));
	}
	struct str nearest = str_nearest(path_name(path), names.items, names.count);
	if (names.count)
		return nearest.size ? path_join(opening->arena, folder, nearest) : nearest;
	return str_nearest(path, paths.items, paths.count);
}

static void
report_useless(struct opening *opening, const struct layer *layer, struct str path, bool suggests)
{
	struct source *source = arena_new(opening->arena, struct source);
	source->path = path_join(opening->arena, layer->place.name, path);
	struct diag *diag = diag_add(opening->diags, CODE_THM011, span_of_file(source), source->path,
	                             "`%.*s` overrides no file of the theme", STR_ARG(path));
	struct str nearest = suggests ? nearest_file(opening, path) : STR("");
	if (nearest.size)
		diag_hint(opening->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(opening->diags, diag, "new files go to templates/own/, static/own/ or words/");
}

static void
check_overrides(struct opening *opening, const struct layer *layer)
{
	size_t useless = 0;
	for (size_t i = 0; i < layer->entries.count; i++) {
		struct str path = layer->entries.items[i].path;
		if (layer->entries.items[i].type == FILE_REGULAR && !is_new_by_intent(path) && !theme_has(opening->theme, path))
			report_useless(opening, layer, path, useless++ < SUGGESTIONS_MAX);
	}
}

/* ---- which file counts ---- */

static bool
is_inherited(const struct site_theme *theme, size_t layer, struct str path)
{
	for (size_t i = layer + 1; i < theme->layers.count; i++) {
		const struct theme_manifest *manifest = &theme->layers.items[i]->manifest;
		if (theme->layers.items[i]->is_override)
			continue;
		if ((str_starts_with(path, STR("templates/")) && !manifest->inherits_templates) ||
		    (str_starts_with(path, STR("static/")) && !manifest->inherits_static) ||
		    (str_starts_with(path, STR("words/")) && !manifest->inherits_words))
			return false;
	}
	return true;
}

static void
add_files(struct site_theme *theme, size_t index, struct map *last)
{
	const struct layer *layer = theme->layers.items[index];
	for (size_t i = 0; i < layer->entries.count; i++) {
		struct theme_file file = {layer, layer->entries.items[i].path, true};
		bool is_manifest = str_equal(file.path, STR("theme.yaml"));
		if (layer->entries.items[i].type != FILE_REGULAR || is_manifest || !is_inherited(theme, index, file.path))
			continue;
		size_t *before = map_get(last, file.path);
		if (before)
			theme->files.items[*before].counts = false;
		else
			before = arena_new(theme->arena, size_t);
		*before = theme->files.count;
		map_put(theme->arena, last, file.path, before);
		vec_push(theme->arena, &theme->files, file);
	}
}

/* ---- options ---- */

static bool
declare_options(struct opening *opening)
{
	bool good = true;
	for (size_t i = 0; i < opening->theme->layers.count; i++) {
		const struct tree *options = opening->theme->layers.items[i]->manifest.options;
		if (options && !tree_is_absent(options))
			good = theme_options_declare(&opening->theme->options, options, opening->arena, opening->diags) && good;
	}
	return good;
}

static bool
is_file_of(struct arena *arena, struct str root, struct str path)
{
	const char *file = str_c(arena, path_join(arena, root, path));
	return file_type(file, true) == FILE_REGULAR && file_is_below(str_c(arena, root), file);
}

/* The content first, unless it is the theme's own default; then the layers, the last one first. */
static struct theme_file
find_option_file(struct opening *opening, const struct theme_option *option, bool *found)
{
	const struct site_theme *theme = opening->theme;
	struct theme_file file = {NULL, option->value.text, true};
	*found = option->is_set && is_file_of(opening->arena, opening->request->content, file.path);
	for (size_t i = theme->layers.count; i > 0 && !*found; i--) {
		file.layer = theme->layers.items[i - 1];
		*found = is_file_of(opening->arena, file.layer->place.root, file.path);
	}
	return file;
}

static void
find_option_files(struct opening *opening)
{
	struct site_theme *theme = opening->theme;
	for (size_t i = 0; i < theme->options.count; i++) {
		struct theme_option *option = &theme->options.items[i];
		bool found = false;
		struct theme_file file = {0};
		if (option->type == OPTION_FILE && option->value.text.size)
			file = find_option_file(opening, option, &found);
		if (found) {
			struct str extension = str_lower(opening->arena, path_extension(file.path));
			option->value.address = str_printf(opening->arena, "options/%.*s%.*s", STR_ARG(option->name), STR_ARG(extension));
		} else if (option->value.text.size && option->type == OPTION_FILE) {
			enum code code = option->is_set ? CODE_THM009 : CODE_THM006;
			struct diag *diag = diag_add(opening->diags, code, option->span, option->span.source->path,
			                             "there is no file `%.*s` for the option `%.*s`", STR_ARG(option->value.text), STR_ARG(option->name));
			diag_hint(opening->diags, diag, "write its path from the content folder on, or from the theme's folder on");
		}
		vec_push(opening->arena, &theme->option_files, file);
	}
}

static void
make_values(struct site_theme *theme, const struct theme_manifest *manifest)
{
	theme->values = template_map(theme->arena);
	template_put(theme->arena, theme->values, "name", template_string(manifest->name));
	template_put(theme->arena, theme->values, "version", template_string(manifest->version));
	template_put(theme->arena, theme->values, "options", theme_options_values(&theme->options, theme->arena));
}

/* ---- opening ---- */

static bool
add_overrides(struct opening *opening)
{
	struct site_theme *theme = opening->theme;
	struct layer *layer = new_layer(opening, opening->request->overrides);
	struct map last = {0};
	layer->is_override = true;
	if (layer->place.root.size && !list_files(opening, layer))
		return false;
	if (layer->place.root.size)
		vec_push(opening->arena, &theme->layers, layer);
	for (size_t i = 0; i < theme->layers.count; i++)
		add_files(theme, i, &last);
	check_overrides(opening, layer);
	return true;
}

struct site_theme *
theme_open(const struct theme_request *request, struct arena *arena, struct diag_list *diags)
{
	struct site_theme *theme = arena_new(arena, struct site_theme);
	struct opening opening = {request, theme, arena, diags};
	*theme = (struct site_theme){.arena = arena, .content = request->content};
	if (!read_layers(&opening))
		return NULL;
	const struct theme_manifest *manifest = &theme->layers.items[theme->layers.count - 1]->manifest;
	if (!declare_options(&opening) || !add_overrides(&opening))
		return NULL;
	if (request->config->options)
		theme_options_set(&theme->options, request->config->options, arena, diags);
	find_option_files(&opening);
	theme->span = manifest->span;
	theme->has_search = manifest->has_search;
	make_values(theme, manifest);
	return theme;
}

/* ---- loading ---- */

struct loading {
	const struct site_theme *theme;
	struct template_set *set;
	struct words *words;
	struct output *output;
	struct diag_list *diags;
};

/* Known by its own name when it counts, and by that of its layer in any case. */
static bool
load_template(struct loading *loading, const struct theme_file *file)
{
	struct arena *arena = loading->theme->arena;
	struct str name = str_from_index(file->path, 10);
	struct str long_name = str_printf(arena, "%.*s/%.*s", STR_ARG(file->layer->id), STR_ARG(name));
	const struct source *source = read_file(arena, &file->layer->place, file->path, loading->diags);
	bool good = source && template_set_add(loading->set, file->counts ? name : long_name, source, loading->diags);
	if (source && file->counts && !file->layer->is_override && !template_set_has(loading->set, long_name))
		template_set_alias(loading->set, long_name, name);
	return good;
}

static bool
load_words(struct loading *loading, const struct theme_file *file)
{
	struct arena *arena = loading->theme->arena;
	const struct tree *tree = read_tree(arena, &file->layer->place, file->path, loading->diags);
	struct str language = utf8_lower(arena, str_slice(file->path, 6, file->path.size - 5));
	return tree && words_add(loading->words, language, tree, loading->diags);
}

static bool
publish_file(struct loading *loading, struct str root, struct str path, struct str below)
{
	struct str place = str_printf(loading->theme->arena, "theme/%.*s", STR_ARG(below));
	return output_add_copy(loading->output, place, root, path, loading->diags);
}

/* What is in none of the three folders is no part of the site. All words are read: a later layer's stand in for single ones. */
static bool
load_file(struct loading *loading, const struct theme_file *file)
{
	if (str_starts_with(file->path, STR("templates/")))
		return load_template(loading, file);
	if (is_words(file->path))
		return load_words(loading, file);
	if (!str_starts_with(file->path, STR("static/")) || !file->counts)
		return true;
	return publish_file(loading, file->layer->place.root, file->path, str_from_index(file->path, 7));
}

static bool
publish_option_files(struct loading *loading)
{
	const struct site_theme *theme = loading->theme;
	bool good = true;
	for (size_t i = 0; i < theme->options.count; i++) {
		const struct theme_file *file = &theme->option_files.items[i];
		struct str address = theme->options.items[i].value.address;
		if (address.size)
			good = publish_file(loading, file->layer ? file->layer->place.root : theme->content, file->path, address) && good;
	}
	return good;
}

/* templates/NAME.css becomes theme/NAME.css. It sees `theme` only: every text in it is a token of CSS. */
static bool
publish_style(struct loading *loading, struct template_value context, const struct theme_file *file)
{
	struct arena *arena = loading->theme->arena;
	struct str name = str_from_index(file->path, 10);
	struct buf bytes = {0};
	struct output_file made = {.path = str_printf(arena, "theme/%.*s", STR_ARG(name)), .maker = file->path};
	bool good = template_render(loading->set, name, context, arena, &bytes, loading->diags);
	made.bytes = buf_take(&bytes, loading->output->arena);
	return good && output_add(loading->output, &made, loading->diags);
}

static bool
publish_styles(struct loading *loading)
{
	const struct site_theme *theme = loading->theme;
	struct template_value context = template_map(theme->arena), values = template_map(theme->arena);
	bool good = true;
	template_put(theme->arena, values, "options", theme_options_css(&theme->options, theme->arena));
	template_put(theme->arena, context, "theme", values);
	for (size_t i = 0; i < theme->files.count; i++) {
		const struct theme_file *file = &theme->files.items[i];
		if (file->counts && str_starts_with(file->path, STR("templates/")) && str_ends_with(file->path, STR(".css")))
			good = publish_style(loading, context, file) && good;
	}
	return good;
}

bool
theme_load(const struct site_theme *theme, struct template_set *set, struct words *words, struct output *output, struct diag_list *diags)
{
	struct loading loading = {theme, set, words, output, diags};
	bool good = true;
	for (size_t i = 0; i < theme->files.count; i++)
		good = load_file(&loading, &theme->files.items[i]) && good;
	words_complete(words);
	if (!template_set_link(set, diags) || !good)
		return false;
	return publish_option_files(&loading) && publish_styles(&loading);
}

struct template_value
theme_value(const struct site_theme *theme)
{
	return theme->values;
}

bool
theme_has_search(const struct site_theme *theme)
{
	return theme->has_search;
}

struct span
theme_span(const struct site_theme *theme)
{
	return theme->span;
}
