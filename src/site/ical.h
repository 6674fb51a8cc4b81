/* iCalendar (RFC 5545) as text: lines folded and escaped as that wants it. Needs only base. */
#ifndef ISMARK_SITE_ICAL_H
#define ISMARK_SITE_ICAL_H

#include "base/date.h"

enum { ICAL_LINE_MAX = 75 }; /* octets of a line, its end not counted */

/* Appends the content line "NAME:VALUE" as it is, folded between code points, with its CRLF. */
void
ical_add_line(struct buf *out, const char *name, struct str value);
/* The same for a text: what has a meaning in one is escaped, control characters are left out. */
void
ical_add_text(struct buf *out, const char *name, struct str text);
/* "NAME:20260630" */
void
ical_add_date(struct buf *out, const char *name, struct date date);

#endif
