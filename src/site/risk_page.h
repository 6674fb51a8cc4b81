/* What pages say about risks. Only src/site/ includes this. */
#ifndef ISMARK_SITE_RISK_PAGE_H
#define ISMARK_SITE_RISK_PAGE_H

#include "site/page_values.h"

/* Adds `ratings`, `plan_due`, `accepted_on`, `accepted_until`, `is_live`, `is_above_appetite` and `is_immediate` of the risk RECORD to VALUES. */
void
risk_fill(const struct page_context *context, struct template_value values, const struct record *record);
/* The link to a risk, with what risk_fill() says of it, its owner, treatment and status. */
struct template_value
risk_row(const struct page_context *context, const struct record *record);

#endif
