/* The tree that YAML, CSV and Markdown tables all become: maps, lists and scalars with
 * positions. Scalars stay text: their type is the schema's business. */
#ifndef ISMARK_TEXT_TREE_H
#define ISMARK_TEXT_TREE_H

#include "diag/diag.h"

enum tree_type { TREE_SCALAR, TREE_LIST, TREE_MAP };

struct tree_pair;

struct tree {
	enum tree_type type;
	struct span span;
	struct str text;   /* scalar: the text as written, quotes and folding resolved */
	bool quoted;       /* scalar: written in quotes or as a block, so never null */
	VEC(struct tree *) items;          /* list */
	VEC(struct tree_pair) pairs;       /* map, in the order written; keys are unique */
};

struct tree_pair {
	struct str key;
	struct span key_span;
	struct tree *value;
};

/* The value of KEY as written, or NULL. */
struct tree *
tree_get(const struct tree *map, struct str key);
/* Plain empty, "~", "null" (any case of YAML 1.1's) and an empty list or map are absent. */
bool
tree_is_absent(const struct tree *tree);
struct tree *
tree_new_scalar(struct arena *arena, struct str text, struct span span);
struct tree *
tree_new_list(struct arena *arena, struct span span);
struct tree *
tree_new_map(struct arena *arena, struct span span);
void
tree_add_pair(struct arena *arena, struct tree *map, struct str key, struct span key_span, struct tree *value);

#endif
