/* What pages say about the Statement of Applicability. Only src/site/ includes this. */
#ifndef ISMARK_SITE_SOA_PAGE_H
#define ISMARK_SITE_SOA_PAGE_H

#include "site/page_values.h"

/* The six states in the legend's order: maps {name, meaning, count, percent}; counts are those of the controls of THEME, or of
 * the whole catalogue when it is NULL. */
struct template_value
soa_legend(const struct page_context *context, const struct theme *theme);

#endif
