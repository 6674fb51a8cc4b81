/* Moves the days that a text speaks of, so that a sample written for one day reads as if written for another. */
#ifndef ISMARK_CMD_DAY_SHIFT_H
#define ISMARK_CMD_DAY_SHIFT_H

#include "base/date.h"

struct day_shift {
	int32_t days;
	int32_t months; /* the whole months nearest to DAYS: what a month or quarter moves by, so that two never become one */
};

/* What leads from the day FROM to the day TO. */
struct day_shift
day_shift_between(struct date from, struct date to);
/* TEXT with every day (2026-06-30, also at the start of an instant), month (2026-06) and quarter (2026-Q2) of the years
 * 2000 to 2099 moved. What merely looks like one stays: days that do not exist, parts of longer words. */
struct str
day_shift_text(struct arena *arena, struct day_shift shift, struct str text);

#endif
