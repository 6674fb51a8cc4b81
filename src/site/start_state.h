/* The state of the ISMS on the start page: what is late, what comes, and how things stand. */
#ifndef ISMARK_SITE_START_STATE_H
#define ISMARK_SITE_START_STATE_H

#include "site/page_values.h"

/* The value `start` of index.html. Lists are cut; each has the count of all and the page that shows them. */
struct template_value
start_state(const struct page_context *context);

#endif
