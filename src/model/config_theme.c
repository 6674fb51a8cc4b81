/* The key `theme` of site.yaml: a name or folder, or a map of name, overrides and options. What the options may be is the
 * theme's to say: they stay a tree here. */
#include "base/path.h"
#include "model/config_reader.h"

/* Content is not trusted: its theme lies in the project. */
static void
read_folder(struct config_reader *reader, const struct tree *tree, struct config_folder *folder)
{
	struct str path;
	if (!config_read_text(reader, tree, &path))
		return;
	struct str normalised = path_normalise(reader->arena, path);
	if (path_leaves_root(normalised))
		config_refuse(reader, tree->span, "the theme lies outside of the project",
		              "name a folder below the project root, or use --theme");
	else
		*folder = (struct config_folder){normalised, tree->span};
}

static void
read_options(struct config_reader *reader, const struct tree *tree)
{
	if (config_expect_map(reader, tree))
		reader->config->theme.options = tree;
}

void
config_read_theme(struct config_reader *reader, const struct tree *tree)
{
	static const struct str known[] = {{"name", 4}, {"overrides", 9}, {"options", 7}};
	struct config_theme *theme = &reader->config->theme;
	if (tree->type == TREE_SCALAR) {
		read_folder(reader, tree, &theme->folder);
		return;
	}
	if (!config_expect_map(reader, tree))
		return;
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		if (tree_is_absent(pair->value))
			continue;
		if (str_equal(pair->key, known[0]))
			read_folder(reader, pair->value, &theme->folder);
		else if (str_equal(pair->key, known[1]))
			read_folder(reader, pair->value, &theme->overrides);
		else if (str_equal(pair->key, known[2]))
			read_options(reader, pair->value);
		else if (!config_is_custom(pair->key))
			config_unknown_key(reader, pair, known, 3);
	}
}
