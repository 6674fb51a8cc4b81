/* What the search finds: documents and their sections, records, controls, and the pages of the menu. */
#ifndef ISMARK_SITE_SEARCH_ENTRIES_H
#define ISMARK_SITE_SEARCH_ENTRIES_H

#include "site/page_values.h"
#include "site/search_index.h"

/* A set of words, numbered in the order in which they came; 0 is the empty one. */
struct search_names {
	str_vec items;
	struct map numbers; /* name -> size_t * */
};

struct search_entry {
	struct str fields[SEARCH_FIELD_COUNT];
	struct str href;   /* from the root of the site; of a section: "#…", on the page of its parent */
	size_t parent;     /* of a section: the entry it stands in; else STR_NONE */
	size_t kind, status, owner; /* numbers of names; a section has its parent's */
};

struct search_entries {
	struct arena *arena;
	VEC(struct search_entry) items;
	struct search_names kinds, statuses, owners;
	struct map places; /* href -> entry, of those without parent */
};

/* Collects the entries into ENTRIES, whose memory is the context's arena. */
void
search_entries_collect(const struct page_context *context, struct search_entries *entries);

#endif
