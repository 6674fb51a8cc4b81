#include "site/theme_manifest.h"

struct reader {
	struct theme_manifest *manifest;
	int api;
	struct diag_list *diags;
};

static bool
refuse(const struct reader *reader, struct span span, const char *problem)
{
	struct str path = span.source->path;
	struct diag *diag = diag_add(reader->diags, CODE_THM006, span, path, "the theme's file `%.*s` %s", STR_ARG(path), problem);
	diag_hint(reader->diags, diag, "a theme is a folder with theme.yaml (name, version, api: %d), templates/ and static/", reader->api);
	return false;
}

static bool
read_text(const struct reader *reader, const struct tree *tree, struct str *text)
{
	*text = str_trim(tree->text);
	return tree->type == TREE_SCALAR || refuse(reader, tree->span, "has a list or map where a text is expected");
}

static bool
read_name(struct reader *reader, const struct tree *tree)
{
	return read_text(reader, tree, &reader->manifest->name);
}

static bool
read_version(struct reader *reader, const struct tree *tree)
{
	return read_text(reader, tree, &reader->manifest->version);
}

static bool
ignore_text(struct reader *reader, const struct tree *tree)
{
	struct str text;
	return read_text(reader, tree, &text);
}

static bool
read_api(struct reader *reader, const struct tree *tree)
{
	int64_t version;
	if (tree->type != TREE_SCALAR || !str_to_int(str_trim(tree->text), &version))
		return refuse(reader, tree->span, "does not say for which `api` it is");
	return version == reader->api || refuse(reader, tree->span, "is for another version of ismark");
}

/* It names a folder beside the theme's own: no path. */
static bool
read_extends(struct reader *reader, const struct tree *tree)
{
	struct str name;
	if (!read_text(reader, tree, &name))
		return false;
	if (!name.size || str_find_char(name, '/', 0) != STR_NONE || name.data[0] == '.')
		return refuse(reader, tree->span, "extends what is not the name of a theme");
	reader->manifest->extends = name;
	reader->manifest->extends_span = tree->span;
	return true;
}

static bool
read_inherits(struct reader *reader, const struct tree *tree)
{
	static const struct str parts[] = {{"templates", 9}, {"static", 6}, {"words", 5}};
	struct theme_manifest *manifest = reader->manifest;
	bool *takes[] = {&manifest->inherits_templates, &manifest->inherits_static, &manifest->inherits_words};
	bool good = tree->type == TREE_LIST;
	for (size_t part = 0; part < 3; part++)
		*takes[part] = false;
	for (size_t i = 0; good && i < tree->items.count; i++) {
		good = false;
		for (size_t part = 0; part < 3; part++)
			if (str_equal(tree->items.items[i]->text, parts[part]))
				good = *takes[part] = true;
	}
	return good || refuse(reader, tree->span, "lists in `inherits` something else than templates, static and words");
}

static bool
read_search(struct reader *reader, const struct tree *tree)
{
	bool is_true = str_equal(tree->text, STR("true")), is_false = str_equal(tree->text, STR("false"));
	reader->manifest->has_search = is_true;
	return is_true || is_false || refuse(reader, tree->span, "says neither true nor false of `search`");
}

static bool
read_options(struct reader *reader, const struct tree *tree)
{
	reader->manifest->options = tree;
	return true;
}

static const struct {
	struct str name;
	bool (*read)(struct reader *reader, const struct tree *tree);
} keys[] = {
	{{"name", 4}, read_name},           {{"version", 7}, read_version},   {{"api", 3}, read_api},
	{{"extends", 7}, read_extends},     {{"inherits", 8}, read_inherits}, {{"options", 7}, read_options},
	{{"search", 6}, read_search},
	{{"description", 11}, ignore_text}, {{"license", 7}, ignore_text},    {{"author", 6}, ignore_text},
};

enum { KEY_COUNT = sizeof keys / sizeof *keys };

static bool
read_pair(struct reader *reader, const struct tree_pair *pair)
{
	struct str known[KEY_COUNT];
	for (size_t i = 0; i < KEY_COUNT; i++) {
		known[i] = keys[i].name;
		if (str_equal(pair->key, keys[i].name))
			return keys[i].read(reader, pair->value);
	}
	struct diag *diag = diag_add(reader->diags, CODE_THM006, pair->key_span, pair->key_span.source->path,
	                             "`%.*s` is not a key of theme.yaml", STR_ARG(pair->key));
	struct str nearest = str_nearest(pair->key, known, KEY_COUNT);
	if (nearest.size)
		diag_hint(reader->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(reader->diags, diag, "remove it; ismark-theme(5) lists the keys");
	return false;
}

bool
theme_manifest_read(struct theme_manifest *manifest, const struct tree *tree, int api, struct diag_list *diags)
{
	struct reader reader = {manifest, api, diags};
	struct span span = span_of_file(tree->span.source);
	*manifest = (struct theme_manifest){.span = span, .inherits_templates = true, .inherits_static = true, .inherits_words = true, .has_search = true};
	if (tree->type != TREE_MAP || !tree_get(tree, STR("api")))
		return refuse(&reader, span, "does not say for which `api` it is");
	bool good = true;
	for (size_t i = 0; i < tree->pairs.count; i++)
		good = read_pair(&reader, &tree->pairs.items[i]) && good;
	return good;
}
