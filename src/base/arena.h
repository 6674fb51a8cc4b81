/* Arena: what came from an arena is never freed; a pointer may live as long as
 * its arena; a child may point into a parent, never the reverse.
 * Not thread-safe: one arena a worker. May be included by everyone. */
#ifndef ISMARK_BASE_ARENA_H
#define ISMARK_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
	char *next, *end;           /* free room in the newest block */
	size_t used;                /* bytes handed out, for --stats and limits */
};

/* Called when memory runs out; must not return. */
typedef void (*out_of_memory_handler)(void);
/* Registers the handler that ends the program; src/cmd/ sets it once at start. */
void
arena_on_out_of_memory(out_of_memory_handler handler);

/* For allocations outside an arena: calls the handler, and aborts when there is none. */
_Noreturn void
arena_out_of_memory(void);

void
arena_init(struct arena *arena);
/* Gives back every block; all pointers from the arena die. */
void
arena_release(struct arena *arena);

/* SIZE zeroed bytes, aligned for any type. Never NULL. */
void *
arena_alloc(struct arena *arena, size_t size);
/* The OLD_SIZE bytes at OLD, grown to NEW_SIZE (new part zeroed); OLD may be NULL. */
void *
arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size);
/* A copy of the SIZE bytes at DATA, followed by a NUL that is not counted. */
char *
arena_copy(struct arena *arena, const void *data, size_t size);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_array(arena, type, count) \
	((type *)arena_alloc_array((arena), (count), sizeof(type)))
/* COUNT zeroed items of SIZE bytes; a product beyond size_t counts as out of memory. */
void *
arena_alloc_array(struct arena *arena, size_t count, size_t size);

#endif
