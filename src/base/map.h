/* Map from str to pointer, in an arena. Keys are borrowed: their bytes live as long
 * as the map. No removal. Iterate `entries` for insertion order, which is deterministic. */
#ifndef ISMARK_BASE_MAP_H
#define ISMARK_BASE_MAP_H

#include "base/str.h"

struct map_entry {
	struct str key;
	uint64_t hash;
	void *value;
};

struct map {
	VEC(struct map_entry) entries;
	uint32_t *slots; /* open addressing; entry index + 1, 0 = free */
	size_t slot_count;
};

/* The value of KEY, or NULL. */
void *
map_get(const struct map *map, struct str key);
/* Sets KEY to VALUE (not NULL); gives the value that stood there before, or NULL. */
void *
map_put(struct arena *arena, struct map *map, struct str key, void *value);

#endif
