/* The page of the search, and the scripts behind it. */
#ifndef ISMARK_SITE_SEARCH_PAGE_H
#define ISMARK_SITE_SEARCH_PAGE_H

#include "site/pages.h"

#define SEARCH_PAGE "search.html"

/* The address of the search, relative to the page; empty when the site has none. */
struct str
search_page_href(const struct page_context *context);

#endif
