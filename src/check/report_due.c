/* What is overdue, by owner, and what falls due in the next days. */
#include "check/report_part.h"

#include <stdlib.h>

static const int window_days[REPORT_WINDOWS] = {30, 60, 90};

/* By name; nobody comes last. */
static int
by_name(const void *a, const void *b)
{
	const struct report_owner *x = a, *y = b;
	if (!x->name.size != !y->name.size)
		return x->name.size ? -1 : 1;
	return str_compare_natural(x->name, y->name);
}

/* Index of the owner of ITEM, added when there is none of that name yet. */
static struct report_owner *
owner_of(struct report *report, struct map *seen, const struct due_item *item, struct arena *arena)
{
	size_t index = (size_t)map_get(seen, item->owner);
	if (!index) {
		vec_push(arena, &report->overdue, ((struct report_owner){.name = item->owner, .record = item->owner_record}));
		index = report->overdue.count;
		map_put(arena, seen, item->owner, (void *)index);
	}
	return &report->overdue.items[index - 1];
}

static void
add_to_window(struct report *report, const struct due_item *item, struct arena *arena)
{
	for (size_t w = 0; w < REPORT_WINDOWS; w++) {
		if (item->days <= report->windows[w].days) {
			vec_push(arena, &report->windows[w].items, item);
			return;
		}
	}
}

void
report_fill_due(struct report *report, struct arena *arena)
{
	struct map seen = {0};
	report->due = due_items(report->site, arena);
	for (size_t w = 0; w < REPORT_WINDOWS; w++)
		report->windows[w].days = window_days[w];
	for (size_t i = 0; i < report->due.count; i++) {
		const struct due_item *item = &report->due.items[i];
		if (item->days >= 0) {
			add_to_window(report, item, arena);
			continue;
		}
		struct report_owner *owner = owner_of(report, &seen, item, arena);
		vec_push(arena, &owner->items, item);
		report->overdue_count++;
	}
	if (report->overdue.count)
		qsort(report->overdue.items, report->overdue.count, sizeof *report->overdue.items, by_name);
}
