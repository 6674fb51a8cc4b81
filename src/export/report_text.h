/* The audit-readiness report for a terminal: verdict, checklists item by item, shares, what is overdue and due. */
#ifndef ISMARK_EXPORT_REPORT_TEXT_H
#define ISMARK_EXPORT_REPORT_TEXT_H

#include "check/report.h"

void
report_text(struct buf *out, const struct report *report);
/* The table behind the checklists: what makes each item met or partly met, the same for every site. */
void
report_text_of_table(struct buf *out);

#endif
