#include "site/theme.h"

#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"
#include "text/yaml.h"

#include <errno.h>
#include <string.h>

enum { THEME_FILE_MAX = 4 * 1024 * 1024 };

struct theme {
	struct str root, name;
	struct template_set *set;
	struct words *words;
	struct output *output;
	struct diag_list *diags;
};

static bool
refuse(struct theme *theme, struct span span, struct str path, const char *problem)
{
	struct diag *diag = diag_add(theme->diags, CODE_THM006, span, path, "the theme's file `%.*s` %s", STR_ARG(path), problem);
	diag_hint(theme->diags, diag, "a theme is a folder with theme.yaml (name, version, api: %d), templates/ and static/",
	          THEME_API);
	return false;
}

/* The system's reason is in errno. */
static bool
refuse_unread(struct theme *theme, struct str path)
{
	struct str problem = str_printf(theme->set->arena, "cannot be read: %s", strerror(errno));
	return refuse(theme, (struct span){0}, path, problem.data);
}

static const struct source *
read_file(struct theme *theme, struct str path)
{
	struct arena *arena = theme->set->arena;
	struct source *source = arena_new(arena, struct source);
	source->path = path_join(arena, theme->name, path);
	const char *file = str_c(arena, path_join(arena, theme->root, path));
	if (file_type(file, true) != FILE_ABSENT && !file_is_below(str_c(arena, theme->root), file)) {
		refuse(theme, (struct span){0}, source->path, "is a link that leads out of the theme");
		return NULL;
	}
	if (!file_read(arena, file, THEME_FILE_MAX, &source->text)) {
		refuse_unread(theme, source->path);
		return NULL;
	}
	if (utf8_first_invalid(source->text) != STR_NONE) {
		refuse(theme, span_of_file(source), source->path, "is not UTF-8");
		return NULL;
	}
	return source;
}

/* What the YAML file PATH says; NULL, with a finding, when it cannot be read. */
static const struct tree *
read_tree(struct theme *theme, struct str path)
{
	bool broken = false;
	const struct source *source = read_file(theme, path);
	if (!source)
		return NULL;
	struct tree *tree = yaml_read(theme->set->arena, source, 0, source->text.size, 1, theme->diags, &broken);
	if (!tree && !broken)
		tree = tree_new_map(theme->set->arena, span_of_file(source));
	return broken ? NULL : tree;
}

static bool
check_manifest(struct theme *theme)
{
	const struct tree *tree = read_tree(theme, STR("theme.yaml"));
	if (!tree)
		return false;
	const struct source *source = tree->span.source;
	const struct tree *api = tree->type == TREE_MAP ? tree_get(tree, STR("api")) : NULL;
	int64_t version = 0;
	if (!api || api->type != TREE_SCALAR || !str_to_int(str_trim(api->text), &version))
		return refuse(theme, api ? api->span : span_of_file(source), source->path, "does not say for which `api` it is");
	if (version != THEME_API)
		return refuse(theme, api->span, source->path, "is for another version of ismark");
	return true;
}

static bool
add_template(struct theme *theme, struct str path, struct str name)
{
	const struct source *source = read_file(theme, path);
	return source && template_set_add(theme->set, name, source, theme->diags);
}

static bool
add_words(struct theme *theme, struct str path)
{
	const struct tree *tree = read_tree(theme, path);
	struct str language = utf8_lower(theme->set->arena, str_slice(path, 6, path.size - 5));
	return tree && words_add(theme->words, language, tree, theme->diags);
}

/* One file of the theme's folder; what is in none of these is no part of the site. */
static bool
add_file(struct theme *theme, struct str path)
{
	struct arena *arena = theme->set->arena;
	if (str_starts_with(path, STR("templates/")))
		return add_template(theme, path, str_from_index(path, 10));
	if (str_starts_with(path, STR("words/")) && str_ends_with(path, STR(".yaml")))
		return add_words(theme, path);
	if (!str_starts_with(path, STR("static/")))
		return true;
	struct str place = str_printf(arena, "theme/%.*s", STR_ARG(str_from_index(path, 7)));
	return output_add_copy(theme->output, place, theme->root, path, theme->diags);
}

bool
theme_read(const char *root, const char *name, struct template_set *set, struct words *words, struct output *output,
           struct diag_list *diags)
{
	struct theme theme = {str_from(root), str_from(name), set, words, output, diags};
	folder_entries entries = {0};
	bool good = check_manifest(&theme);
	if (good && !folder_walk(set->arena, root, NULL, NULL, &entries))
		good = refuse_unread(&theme, theme.name);
	for (size_t i = 0; i < entries.count; i++)
		if (entries.items[i].type == FILE_REGULAR)
			good = add_file(&theme, entries.items[i].path) && good;
	words_complete(words);
	return good && template_set_link(set, diags);
}
