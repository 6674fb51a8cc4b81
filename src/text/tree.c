#include "text/tree.h"

struct tree *
tree_get(const struct tree *map, struct str key)
{
	if (!map || map->type != TREE_MAP)
		return NULL;
	for (size_t i = 0; i < map->pairs.count; i++)
		if (str_equal(map->pairs.items[i].key, key))
			return map->pairs.items[i].value;
	return NULL;
}

bool
tree_is_absent(const struct tree *tree)
{
	if (!tree)
		return true;
	switch (tree->type) {
	case TREE_LIST: return tree->items.count == 0;
	case TREE_MAP: return tree->pairs.count == 0;
	case TREE_SCALAR: break;
	}
	struct str text = str_trim(tree->text);
	return text.size == 0 || (!tree->quoted && (str_equal(text, STR("~")) || str_equal_ignore_case(text, STR("null"))));
}

static struct tree *
new_tree(struct arena *arena, enum tree_type type, struct span span)
{
	struct tree *tree = arena_new(arena, struct tree);
	tree->type = type;
	tree->span = span;
	return tree;
}

struct tree *
tree_new_scalar(struct arena *arena, struct str text, struct span span)
{
	struct tree *tree = new_tree(arena, TREE_SCALAR, span);
	tree->text = text;
	return tree;
}

struct tree *
tree_new_map(struct arena *arena, struct span span)
{
	return new_tree(arena, TREE_MAP, span);
}

struct tree *
tree_new_list(struct arena *arena, struct span span)
{
	return new_tree(arena, TREE_LIST, span);
}

void
tree_add_pair(struct arena *arena, struct tree *map, struct str key, struct span key_span, struct tree *value)
{
	vec_push(arena, &map->pairs, ((struct tree_pair){key, key_span, value}));
}
