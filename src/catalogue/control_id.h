/* Ids of controls before anybody knows whether something has them: prefix, letter and numbers.
 * For control_ref.c. Each function looks at one place of a text and reads a bounded number of marks there. */
#ifndef ISMARK_CATALOGUE_CONTROL_ID_H
#define ISMARK_CATALOGUE_CONTROL_ID_H

#include "catalogue/control_ref.h"

enum { CONTROL_LEVELS_MAX = 3 };

struct control_id {
	size_t from, to;                   /* with its prefix */
	const struct catalogue *catalogue; /* that a prefix names, else NULL */
	struct str foreign;                /* a prefix that names a standard without a catalogue here: `ISO 42001` */
	const struct control *own;         /* found in a site's own catalogue by its very bytes */
	bool is_own;                       /* not of a standard's shape; `own` may be NULL after a prefix */
	bool is_letters, is_capital;       /* has its `A` or `CLD`, as capitals */
	bool is_cloud;                     /* CLD */
	bool is_dotless;                   /* `A5.15` */
	unsigned numbers[CONTROL_LEVELS_MAX];
	size_t levels;
};

/* The editions of ISO/IEC 27001 that the tables hold. */
const struct catalogue *
catalogue_2022(void);
const struct catalogue *
catalogue_2013(void);
bool
catalogue_is_edition(const struct catalogue *catalogue);
/* An id at I, where a word begins. START: nothing but marks is before it in its part of the text, so that
 * forms which prose would hold by chance count. */
bool
control_id_scan(const struct control_scope *scope, struct str text, size_t i, unsigned flags, bool start,
                struct control_id *id);
/* The short end of `A.5.19-23`: ID becomes FIRST with another last number. */
bool
control_id_scan_short(struct str text, size_t i, const struct control_id *first, struct control_id *id);
/* The longest run of id characters at I: letters, digits, and `.` `_` `-` between them. */
struct str
control_id_run(struct str text, size_t i);

#endif
