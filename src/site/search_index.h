/* The inverted index of the search, in MiniSearch's serialization (version 2): for each term, for each field, how often each
 * entry has it. Terms stand in the order in which they were first met and averages are taken as MiniSearch takes them, so
 * that what it makes of the index is, to the last bit, what it would have built itself. */
#ifndef ISMARK_SITE_SEARCH_INDEX_H
#define ISMARK_SITE_SEARCH_INDEX_H

#include "base/map.h"

enum search_field { SEARCH_ID, SEARCH_TITLE, SEARCH_TEXT, SEARCH_FIELD_COUNT };

extern const char *const search_field_names[SEARCH_FIELD_COUNT];

struct search_posting {
	uint32_t entry, count;
};

struct search_term {
	VEC(struct search_posting) postings[SEARCH_FIELD_COUNT]; /* by entry */
};

struct search_lengths {
	uint32_t terms[SEARCH_FIELD_COUNT]; /* different ones of an entry */
};

struct search_index {
	struct arena *arena;
	struct map terms; /* token -> struct search_term * */
	VEC(struct search_lengths) lengths; /* by entry */
	double averages[SEARCH_FIELD_COUNT];
};

void
search_index_init(struct search_index *index, struct arena *arena);
/* Adds the next entry; its number is how many there were before. */
void
search_index_add(struct search_index *index, const struct str fields[SEARCH_FIELD_COUNT]);
/* Appends the index as an expression of JavaScript. */
void
search_index_write(const struct search_index *index, struct buf *out);
/* Appends TEXT as a string of JavaScript that is safe in any script, in an HTML page too. */
void
buf_add_script_string(struct buf *buf, struct str text);
void
buf_add_count(struct buf *buf, size_t number);

#endif
