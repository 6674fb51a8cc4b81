/* Where pages speak of a clause of ISO/IEC 27001. Only src/site/ includes this. */
#ifndef ISMARK_SITE_CLAUSE_PAGE_H
#define ISMARK_SITE_CLAUSE_PAGE_H

#include "site/page_values.h"

/* The address of CLAUSE on the map of clauses; empty when the site has none. */
struct str
clause_href(const struct page_context *context, const struct clause *clause);
/* Its title in the page's language. */
struct str
clause_title(const struct page_context *context, const struct clause *clause);

#endif
