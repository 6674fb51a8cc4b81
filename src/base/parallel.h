/* Runs one function over many indexes on a few threads. The only place with threads. */
#ifndef ISMARK_BASE_PARALLEL_H
#define ISMARK_BASE_PARALLEL_H

#include <stddef.h>

/* WORKER is 0 … threads-1: index of the worker's own arena, buffers and states. */
typedef void (*parallel_function)(void *context, size_t worker, size_t index);

/* Calls FUNCTION for each index in [0, COUNT); returns when all are done. With one
 * thread, or when no thread can be made, the caller does the work. */
void
parallel_for(size_t threads, size_t count, parallel_function function, void *context);

#endif
