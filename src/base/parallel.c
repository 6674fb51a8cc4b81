#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

enum { THREADS_MAX = 64 };

struct work {
	parallel_function function;
	void *context;
	size_t count;
	atomic_size_t next;
};

struct worker {
	struct work *work;
	size_t number;
	pthread_t thread;
};

static void *
work_on(void *argument)
{
	struct worker *worker = argument;
	struct work *work = worker->work;
	size_t index;
	while ((index = atomic_fetch_add(&work->next, 1)) < work->count)
		work->function(work->context, worker->number, index);
	return NULL;
}

void
parallel_for(size_t threads, size_t count, parallel_function function, void *context)
{
	struct work work = {.function = function, .context = context, .count = count};
	struct worker workers[THREADS_MAX];
	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	if (threads > count)
		threads = count;
	size_t started = 1;
	workers[0] = (struct worker){.work = &work, .number = 0};
	for (; started < threads; started++) {
		workers[started] = (struct worker){.work = &work, .number = started};
		if (pthread_create(&workers[started].thread, NULL, work_on, &workers[started]) != 0)
			break;
	}
	work_on(&workers[0]);
	for (size_t i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
}
