/* What falls due when: every day by which something has to be done, from documents' reviews to the next audit, in one
 * list that the report and the calendar share. Only what is still open is in it. */
#ifndef ISMARK_CHECK_DUE_H
#define ISMARK_CHECK_DUE_H

#include "model/site.h"

enum due_type {
	DUE_DOCUMENT_REVIEW, DUE_SOA_REVIEW, DUE_IMPLEMENTATION, DUE_RISK_TREATMENT, DUE_RISK_REVIEW, DUE_ACCEPTANCE,
	DUE_ACTION, DUE_ROOT_CAUSE, DUE_CORRECTIVE_ACTION, DUE_EVIDENCE, DUE_ACCESS_REVIEW, DUE_SUPPLIER, DUE_EXCEPTION,
	DUE_OBJECTIVE, DUE_METRIC, DUE_AUDIT, DUE_MANAGEMENT_REVIEW, DUE_TRAINING, DUE_EXERCISE, DUE_REQUIREMENT_REVIEW,
	DUE_CHANGE, DUE_CERTIFICATION, DUE_TYPE_COUNT
};

const char *
due_type_name(enum due_type type); /* "document-review" */
const char *
due_type_title(enum due_type type); /* "Review of a document" */

struct due_item {
	struct date date;            /* the last day on which it is in time */
	int32_t days;                /* from today to it; negative: so many days overdue */
	enum due_type type;
	struct str what;             /* "Access control policy": what is due, without its type */
	const char *event;           /* "stage1": WHAT is the compiler's own text, known by this name; NULL: it is the site's */
	const struct record *record; /* where the day comes from */
	struct str owner;            /* title of who answers for it, or the words that name them; empty: nobody */
	const struct record *owner_record; /* the person or role, or NULL */
};

typedef VEC(struct due_item) due_item_vec;

/* All of them by date, then type, then record; texts are in ARENA or borrowed from SITE. */
due_item_vec
due_items(const struct site *site, struct arena *arena);
/* What was done from FROM to today, by the same types: documents reviewed, actions carried out, audits held …; `days` is 0
 * or negative. The newest comes first. */
due_item_vec
due_done(const struct site *site, struct date from, struct arena *arena);
/* Sets NAME and RECORD to who is meant by FIELD of RECORD (-1: by its `owner`), else by the owner of its document. */
void
due_owner(const struct record *record, int field, struct str *name, const struct record **owner);

#endif
