/* The order in which readers turn pages: documents by kind, as the document register lists them, records as their registers
 * do. Made once, before any page; const from then on. */
#ifndef ISMARK_SITE_READING_ORDER_H
#define ISMARK_SITE_READING_ORDER_H

#include "model/site.h"

struct neighbours {
	const struct record *previous, *next; /* of the same kind; NULL at the ends */
};

struct reading_order {
	record_vec documents; /* control of every document but one-record files: scope, policies … before pages and registers */
	struct map neighbours; /* page -> struct neighbours */
};

/* ORDER is zeroed; everything in it lives in ARENA. */
void
reading_order_make(struct reading_order *order, const struct site *site, struct arena *arena);
/* The pages before and behind that of RECORD, never NULL. */
const struct neighbours *
reading_order_at(const struct reading_order *order, const struct record *record);

#endif
