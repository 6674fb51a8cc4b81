#include "base/map.h"

static size_t
slot_of(const struct map *map, struct str key, uint64_t hash)
{
	size_t slot = hash & (map->slot_count - 1);
	while (map->slots[slot]) {
		const struct map_entry *entry = &map->entries.items[map->slots[slot] - 1];
		if (entry->hash == hash && str_equal(entry->key, key))
			break;
		slot = (slot + 1) & (map->slot_count - 1);
	}
	return slot;
}

void *
map_get(const struct map *map, struct str key)
{
	if (!map->slot_count)
		return NULL;
	size_t slot = slot_of(map, key, str_hash(key));
	return map->slots[slot] ? map->entries.items[map->slots[slot] - 1].value : NULL;
}

static void
rehash(struct arena *arena, struct map *map)
{
	map->slot_count = map->slot_count ? map->slot_count * 2 : 16;
	map->slots = arena_array(arena, uint32_t, map->slot_count);
	for (size_t i = 0; i < map->entries.count; i++) {
		const struct map_entry *entry = &map->entries.items[i];
		map->slots[slot_of(map, entry->key, entry->hash)] = (uint32_t)i + 1;
	}
}

void *
map_put(struct arena *arena, struct map *map, struct str key, void *value)
{
	if ((map->entries.count + 1) * 2 > map->slot_count)
		rehash(arena, map);
	uint64_t hash = str_hash(key);
	size_t slot = slot_of(map, key, hash);
	if (map->slots[slot]) {
		struct map_entry *entry = &map->entries.items[map->slots[slot] - 1];
		void *before = entry->value;
		entry->value = value;
		return before;
	}
	vec_push(arena, &map->entries, ((struct map_entry){key, hash, value}));
	map->slots[slot] = (uint32_t)map->entries.count;
	return NULL;
}
