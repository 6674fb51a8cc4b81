/* Calendar dates (proleptic Gregorian, ISO 8601), instants (RFC 3339) and review periods.
 * No clock and no time zone of the machine is ever read here. */
#ifndef ISMARK_BASE_DATE_H
#define ISMARK_BASE_DATE_H

#include "base/str.h"

struct date {
	int16_t year; /* 1 to 9999; 0: no date */
	int8_t month, day;
};

struct datetime {
	int64_t seconds; /* since 1970-01-01T00:00:00Z */
	struct date date; /* as written, in its own offset */
};

enum period_unit { PERIOD_DAYS, PERIOD_WEEKS, PERIOD_MONTHS, PERIOD_YEARS };

struct period {
	int32_t count; /* 0: no period */
	enum period_unit unit;
};

enum date_result { DATE_OK, DATE_NOT_A_DATE, DATE_IMPOSSIBLE };

bool
date_is_set(struct date date);
/* "YYYY-MM-DD"; DATE_IMPOSSIBLE when it has that form but no such day exists. */
enum date_result
date_parse(struct str text, struct date *date);
/* RFC 3339 with offset: "2025-03-10T09:00:00+01:00", "…Z", fraction allowed and dropped. */
enum date_result
datetime_parse(struct str text, struct datetime *datetime);
/* "N days|weeks|months|years" (singular too), "weekly", "monthly", "quarterly",
 * "half-yearly", "semi-annually", "annually", "yearly"; N from 1 to 3650. */
bool
period_parse(struct str text, struct period *period);

/* Days since 1970-01-01. */
int32_t
date_to_days(struct date date);
struct date
date_from_days(int32_t days);
/* DATE plus (TIMES > 0) or minus the period; months clamp to the month's end. */
struct date
date_add(struct date date, struct period period, int times);
struct date
date_add_days(struct date date, int32_t days);
int
date_compare(struct date a, struct date b);
/* Days from A to B. */
int32_t
date_difference(struct date a, struct date b);
/* The day of SECONDS since 1970, in UTC. */
struct date
date_from_seconds(int64_t seconds);
void
buf_add_date(struct buf *buf, struct date date); /* YYYY-MM-DD, nothing when not set */
/* "12 months", "1 year" */
void
buf_add_period(struct buf *buf, struct period period);

#endif
