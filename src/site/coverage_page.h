/* Where the pages of other frameworks are. Only src/site/ includes this. */
#ifndef ISMARK_SITE_COVERAGE_PAGE_H
#define ISMARK_SITE_COVERAGE_PAGE_H

#include "site/page_values.h"

/* "coverage/nist-csf-2.0.html" */
struct str
coverage_path(struct arena *arena, const struct framework *framework);
/* The id of REF's row on that page: "Art.9" for "Art. 9". */
struct str
coverage_anchor(struct arena *arena, const struct framework_ref *ref);

#endif
