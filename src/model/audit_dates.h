/* The days of an audit, as people write them in one field: "2025-03-10 to 2025-03-14". */
#ifndef ISMARK_MODEL_AUDIT_DATES_H
#define ISMARK_MODEL_AUDIT_DATES_H

#include "base/date.h"

enum audit_dates_result {
	AUDIT_DATES_OK,
	AUDIT_DATES_UNREADABLE, /* neither a day nor two days */
	AUDIT_DATES_IMPOSSIBLE, /* the form of a day that does not exist */
	AUDIT_DATES_REVERSED    /* the last day lies before the first */
};

struct audit_dates {
	struct date first, last; /* one day: both the same */
};

/* One day, or two with "to", "until", "bis", "a", "/", "..", "-", an en dash or an arrow between them; the second one may
 * leave out what it shares with the first: "2025-03-10 to 14", "2025-03-31 to 04-02". DATES is set for OK only. */
enum audit_dates_result
audit_dates_parse(struct str text, struct audit_dates *dates);

#endif
