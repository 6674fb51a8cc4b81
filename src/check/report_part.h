/* The parts of the report, each filled by one function. Only src/check/report*.c include this. */
#ifndef ISMARK_CHECK_REPORT_PART_H
#define ISMARK_CHECK_REPORT_PART_H

#include "check/report.h"

void
report_fill_risks(struct report *report, struct arena *arena);
void
report_fill_soa(struct report *report, struct arena *arena);
/* Due days: by owner and by window. */
void
report_fill_due(struct report *report, struct arena *arena);
/* Findings of audits, actions, management reviews. */
void
report_fill_improvement(struct report *report, struct arena *arena);
/* Metrics and evidence. */
void
report_fill_measuring(struct report *report, struct arena *arena);
/* Orders dates, those not set last. */
int
report_compare_dates(struct date a, struct date b);

#endif
