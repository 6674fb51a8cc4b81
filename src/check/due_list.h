/* The list of due days while it is made. Only src/check/due*.c include this. */
#ifndef ISMARK_CHECK_DUE_LIST_H
#define ISMARK_CHECK_DUE_LIST_H

#include "check/due.h"

enum { DUE_BY_OWNER = -1 };

struct due_list {
	const struct site *site;
	struct arena *arena;
	due_item_vec items;
};

/* Adds an item, unless DATE is not set. OWNER_FIELD names who answers for it (DUE_BY_OWNER: the field `owner`). */
void
due_add(struct due_list *list, enum due_type type, struct date date, const struct record *record, int owner_field);
/* The same with another text than the record's title. */
void
due_add_text(struct due_list *list, enum due_type type, struct date date, const struct record *record, int owner_field,
             struct str what);
/* The same with a text of the compiler's own, known as EVENT. */
void
due_add_event(struct due_list *list, enum due_type type, struct date date, const struct record *record, int owner_field,
              const char *event, struct str what);
/* The steps to the certificate that the record CERTIFICATION dates, each by one call of ADD. */
void
due_each_step(const struct record *certification, void *context,
              void (*add)(void *context, struct date day, const char *event, const char *title));
/* True when DATE is set and not after today. */
bool
due_has_happened(const struct due_list *list, struct date date);

/* By date, then type, then the record's subject; for qsort(). */
int
due_compare(const struct due_item *x, const struct due_item *y);

/* Documents, SoA, risks, findings, actions. */
void
due_add_planning(struct due_list *list);
/* Evidence, access, suppliers, exceptions, metrics, audits, reviews, trainings … */
void
due_add_operation(struct due_list *list);

#endif
