/* The calendar: what falls due, month by month, as a page and as iCalendar. Only src/site/ includes this. */
#ifndef ISMARK_SITE_CALENDAR_PAGE_H
#define ISMARK_SITE_CALENDAR_PAGE_H

#include "check/due.h"
#include "site/page_values.h"

/* Months from the month of FROM to that of DATE: 0 in the same one, negative before it. */
int
calendar_month(struct date from, struct date date);
/* A row of a list of days: {date, days, late, type, title, what, records, count, more, owner}; `type` is a name ("document-review"), `title`
 * its word, `what` is "" where the record's title says it, `records` are links, of `count` with `more` that
 * are not listed, `owner` is {text, href}. */
struct template_value
calendar_row(const struct page_context *context, const struct due_item *item);

/* Rows while they are collected; set `rows` to an empty list, and `most`. */
struct calendar_rows {
	struct template_value rows;
	size_t most;        /* rows that are kept */
	size_t count, more; /* items that were added, and those of them that are in no row */
	struct map seen;    /* what is alike -> its row */
};

/* Adds ITEM; what is alike (one day, type and owner) shares a row. */
void
calendar_add(const struct page_context *context, struct calendar_rows *list, const struct due_item *item);
/* {rows, count, more} */
struct template_value
calendar_values(const struct page_context *context, const struct calendar_rows *list);

#endif
