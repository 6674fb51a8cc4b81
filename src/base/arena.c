#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 1024 * 1024 };

struct arena_block {
	struct arena_block *previous;
	size_t size;
	max_align_t data[];
};

static out_of_memory_handler on_out_of_memory;

void
arena_on_out_of_memory(out_of_memory_handler handler)
{
	on_out_of_memory = handler;
}

_Noreturn void
arena_out_of_memory(void)
{
	if (on_out_of_memory)
		on_out_of_memory();
	abort();
}

void
arena_init(struct arena *arena)
{
	*arena = (struct arena){0};
}

void
arena_release(struct arena *arena)
{
	struct arena_block *block = arena->blocks;
	while (block) {
		struct arena_block *previous = block->previous;
		free(block);
		block = previous;
	}
	arena_init(arena);
}

static size_t
round_up(size_t size)
{
	size_t alignment = _Alignof(max_align_t);
	if (size > SIZE_MAX - 2 * alignment - sizeof(struct arena_block))
		arena_out_of_memory();
	return (size + alignment - 1) / alignment * alignment;
}

static void
add_block(struct arena *arena, size_t at_least)
{
	size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
	if (size > LARGEST_STEP)
		size = LARGEST_STEP;
#ifdef ISMARK_ARENA_MALLOC
	size = at_least; /* a block an object: no slack behind it, and no doubling */
#endif
	if (size < at_least)
		size = at_least;
	struct arena_block *block = malloc(sizeof *block + size);
	if (!block)
		arena_out_of_memory();
	block->previous = arena->blocks;
	block->size = size;
	arena->blocks = block;
	arena->next = (char *)block->data;
	arena->end = arena->next + size;
}

static char *
take(struct arena *arena, size_t size)
{
	size = round_up(size ? size : 1);
#ifdef ISMARK_ARENA_MALLOC
	add_block(arena, size); /* one malloc an object, so that sanitizers see its bounds */
#else
	if (!arena->next || (size_t)(arena->end - arena->next) < size)
		add_block(arena, size);
#endif
	char *taken = arena->next;
	arena->next += size;
	arena->used += size;
	return taken;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	return memset(take(arena, size), 0, size);
}

void *
arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		arena_out_of_memory();
	return arena_alloc(arena, count * size);
}

void *
arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
	char *grown = take(arena, new_size);
	if (old_size)
		memcpy(grown, old, old_size);
	memset(grown + old_size, 0, new_size - old_size);
	return grown;
}

char *
arena_copy(struct arena *arena, const void *data, size_t size)
{
	if (size == SIZE_MAX)
		arena_out_of_memory();
	char *copy = take(arena, size + 1);
	if (size)
		memcpy(copy, data, size);
	copy[size] = '\0';
	return copy;
}
