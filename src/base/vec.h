/* Growing arrays in an arena. A vector is any struct with `items`, `count` and
 * `capacity`; declare one with VEC(type). Items move when it grows: keep indexes or
 * pointers to arena objects, not pointers into `items`, while it still grows. */
#ifndef ISMARK_BASE_VEC_H
#define ISMARK_BASE_VEC_H

#include "base/arena.h"

#define VEC(type) \
	struct { \
		type *items; \
		size_t count, capacity; \
	}

/* Makes room for one more item and gives its address (zeroed). */
#define vec_add(arena, vec) \
	((vec)->count == (vec)->capacity ? vec_grow((arena), (vec)) : (void)0, \
	 &(vec)->items[(vec)->count++])

#define vec_push(arena, vec, item) (*vec_add((arena), (vec)) = (item))

#define vec_grow(arena, vec) \
	((vec)->items = arena_grow((arena), (vec)->items, \
	         (vec)->capacity * sizeof *(vec)->items, \
	         ((vec)->capacity ? (vec)->capacity * 2 : 8) * sizeof *(vec)->items), \
	 (void)((vec)->capacity = (vec)->capacity ? (vec)->capacity * 2 : 8))

#endif
