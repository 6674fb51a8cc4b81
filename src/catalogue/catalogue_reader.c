#include "catalogue/catalogue_reader.h"

#include <stdlib.h>

#include "base/map.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

struct reader {
	struct arena *arena;
	struct diag_list *diags;
	struct catalogue *catalogue;
	VEC(struct theme) themes;
	VEC(struct control) controls;
	struct map theme_ids, theme_names; /* to struct theme, once they are sorted */
	struct map seen;                   /* ids of the list being read, to the struct tree of each */
};

/* About the place of TREE; MESSAGE has one %.*s, for DETAIL. */
__attribute__((format(printf, 4, 0))) static struct diag *
complain(struct reader *r, enum code code, const struct tree *tree, const char *message, struct str detail)
{
	return diag_add(r->diags, code, tree->span, (struct str){0}, message, STR_ARG(detail));
}

static void
check_keys(struct reader *r, const struct tree *map, const struct str *known, size_t count)
{
	for (size_t i = 0; i < map->pairs.count; i++) {
		struct str key = map->pairs.items[i].key;
		bool found = str_starts_with(key, STR("x-"));
		for (size_t k = 0; k < count && !found; k++)
			found = str_equal(key, known[k]);
		if (found)
			continue;
		struct diag *diag = diag_add(r->diags, CODE_CAT006, map->pairs.items[i].key_span, (struct str){0},
		                             "unknown key `%.*s` in a catalogue", STR_ARG(key));
		struct str nearest = str_nearest(key, known, count);
		if (nearest.size)
			diag_hint(r->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	}
}

/* The scalar at KEY without white space around it; empty when absent or no scalar, which is a finding if REQUIRED. */
static struct str
read_text(struct reader *r, const struct tree *map, struct str key, bool required)
{
	const struct tree *value = tree_get(map, key);
	if (value && !tree_is_absent(value) && value->type != TREE_SCALAR)
		complain(r, CODE_CAT001, value, "`%.*s` is not a single value", key);
	else if (tree_is_absent(value) && required)
		complain(r, CODE_CAT004, value ? value : map, "an entry of the catalogue has no `%.*s`", key);
	else if (!tree_is_absent(value))
		return str_trim(value->text);
	return (struct str){0};
}

static bool
is_id_char(char c, bool first)
{
	bool alphanumeric = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	return alphanumeric || (!first && (c == '.' || c == '_' || c == '-'));
}

static bool
is_id(struct str id)
{
	for (size_t i = 0; i < id.size; i++)
		if (!is_id_char(id.data[i], i == 0))
			return false;
	return id.size > 0;
}

/* The id of ENTRY, checked and remembered; empty when it has none that can be used. */
static struct str
read_id(struct reader *r, const struct tree *entry)
{
	struct str id = read_text(r, entry, STR("id"), true);
	if (!id.size)
		return id;
	const struct tree *place = tree_get(entry, STR("id")), *before = map_get(&r->seen, id);
	if (!is_id(id)) {
		struct diag *diag = complain(r, CODE_CAT005, place, "`%.*s` cannot be an id", id);
		diag_hint(r->diags, diag, "use letters, digits, `.`, `_` and `-`, and start with a letter or a digit");
		return (struct str){0};
	}
	if (before) {
		struct diag *diag = complain(r, CODE_CAT002, place, "the catalogue has `%.*s` twice", id);
		diag_relate(r->diags, diag, before->span, "the first one");
		return (struct str){0};
	}
	map_put(r->arena, &r->seen, id, (void *)place);
	return id;
}

/* The list at KEY, or NULL; something else there is a finding. */
static const struct tree *
read_list(struct reader *r, const struct tree *root, struct str key)
{
	const struct tree *list = tree_get(root, key);
	if (tree_is_absent(list))
		return NULL;
	if (list->type == TREE_LIST)
		return list;
	struct diag *diag = complain(r, CODE_CAT001, list, "`%.*s` is not a list", key);
	diag_hint(r->diags, diag, "write one entry a line, each starting with `- id: `");
	return NULL;
}

static bool
entry_is_map(struct reader *r, const struct tree *entry, struct str key)
{
	if (entry->type == TREE_MAP)
		return true;
	complain(r, CODE_CAT001, entry, "an entry of `%.*s` is not a map with `id` and `title`", key);
	return false;
}

static int
compare_themes(const void *a, const void *b)
{
	return str_compare_natural(((const struct theme *)a)->id, ((const struct theme *)b)->id);
}

static int
compare_controls(const void *a, const void *b)
{
	return str_compare_natural(((const struct control *)a)->id, ((const struct control *)b)->id);
}

static void
read_theme(struct reader *r, const struct tree *entry)
{
	const struct str keys[] = {STR("id"), STR("title"), STR("name")};
	if (!entry_is_map(r, entry, STR("themes")))
		return;
	check_keys(r, entry, keys, COUNT_OF(keys));
	struct theme theme = {.id = read_id(r, entry), .title = read_text(r, entry, STR("title"), true)};
	theme.name = read_text(r, entry, STR("name"), false);
	if (theme.id.size)
		vec_push(r->arena, &r->themes, theme);
}

static void
read_themes(struct reader *r, const struct tree *list)
{
	for (size_t i = 0; list && i < list->items.count; i++)
		read_theme(r, list->items.items[i]);
	if (r->themes.count)
		qsort(r->themes.items, r->themes.count, sizeof *r->themes.items, compare_themes);
	for (size_t i = 0; i < r->themes.count; i++) {
		struct theme *theme = &r->themes.items[i];
		map_put(r->arena, &r->theme_ids, theme->id, theme);
		if (theme->name.size && !map_get(&r->theme_names, theme->name))
			map_put(r->arena, &r->theme_names, theme->name, theme);
	}
	r->seen = (struct map){0};
}

static struct theme *
find_theme(struct reader *r, const struct tree *control)
{
	struct str id = read_text(r, control, STR("theme"), false);
	if (!id.size)
		return NULL;
	struct theme *theme = map_get(&r->theme_ids, id);
	if (!theme)
		theme = map_get(&r->theme_names, id);
	if (!theme) {
		struct diag *diag = complain(r, CODE_CAT003, tree_get(control, STR("theme")),
		                             "the catalogue has no theme `%.*s`", id);
		diag_hint(r->diags, diag, "add it to `themes`, or name one that is there");
	}
	return theme;
}

static void
read_control(struct reader *r, const struct tree *entry)
{
	const struct str keys[] = {STR("id"), STR("title"), STR("theme")};
	if (!entry_is_map(r, entry, STR("controls")))
		return;
	check_keys(r, entry, keys, COUNT_OF(keys));
	struct control control = {.id = read_id(r, entry), .title = read_text(r, entry, STR("title"), true)};
	struct theme *theme = find_theme(r, entry);
	if (!control.id.size)
		return;
	if (theme)
		theme->control_count++;
	control.theme = theme;
	control.catalogue = r->catalogue;
	vec_push(r->arena, &r->controls, control);
}

static void
read_controls(struct reader *r, const struct tree *list)
{
	for (size_t i = 0; list && i < list->items.count; i++)
		read_control(r, list->items.items[i]);
	if (r->controls.count)
		qsort(r->controls.items, r->controls.count, sizeof *r->controls.items, compare_controls);
}

/* The name in ROOT, or an empty view when it cannot be used. */
static struct str
read_name(struct reader *r, const struct tree *root)
{
	struct str name = read_text(r, root, STR("catalogue"), true);
	const struct tree *place = tree_get(root, STR("catalogue"));
	if (name.size && !is_id(name)) {
		complain(r, CODE_CAT005, place, "`%.*s` cannot be the name of a catalogue", name);
		return (struct str){0};
	}
	if (name.size && catalogue_find(name)) {
		struct diag *diag = complain(r, CODE_CAT007, place, "`%.*s` is the name of a built-in catalogue", name);
		diag_hint(r->diags, diag, "give the catalogue a name of its own");
		return (struct str){0};
	}
	return name;
}

static void
read_all(struct reader *r, const struct tree *root)
{
	const struct str keys[] = {STR("catalogue"), STR("standard"), STR("themes"), STR("controls")};
	check_keys(r, root, keys, COUNT_OF(keys));
	struct catalogue *catalogue = r->catalogue;
	catalogue->name = read_name(r, root);
	catalogue->standard = read_text(r, root, STR("standard"), false);
	if (!catalogue->standard.size)
		catalogue->standard = catalogue->name;
	read_themes(r, read_list(r, root, STR("themes")));
	read_controls(r, read_list(r, root, STR("controls")));
	catalogue->themes = r->themes.items, catalogue->theme_count = r->themes.count;
	catalogue->controls = r->controls.items, catalogue->control_count = r->controls.count;
	if (tree_is_absent(tree_get(root, STR("controls"))))
		complain(r, CODE_CAT001, root, "the catalogue `%.*s` has no controls", catalogue->name);
}

const struct catalogue *
catalogue_read(struct arena *arena, const struct tree *tree, struct span file, struct diag_list *diags)
{
	struct reader r = {.arena = arena, .diags = diags, .catalogue = arena_new(arena, struct catalogue)};
	if (!tree || tree->type != TREE_MAP) {
		struct diag *diag = diag_add(diags, CODE_CAT001, tree ? tree->span : file, (struct str){0},
		                             "the catalogue file is %s", tree ? "not a map" : "empty");
		diag_hint(diags, diag, "give it `catalogue`, `standard` and `controls`");
		return NULL;
	}
	read_all(&r, tree);
	return r.catalogue->name.size && r.catalogue->control_count ? r.catalogue : NULL;
}
