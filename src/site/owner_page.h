/* Who answers for what. Only src/site/ includes this. */
#ifndef ISMARK_SITE_OWNER_PAGE_H
#define ISMARK_SITE_OWNER_PAGE_H

#include "site/page_values.h"

/* Puts `duties` of the person or role PARTY into VALUES: {owned, tasks, approvals, roles, overdue, soon, any}. */
void
owner_fill(const struct page_context *context, struct template_value values, const struct record *party);

#endif
