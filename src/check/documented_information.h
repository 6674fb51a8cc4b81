/* The documented information that 4.3 to 10.2 ask for, held against the site: the one judgement that the CLS rules and the
 * readiness checklists share, and that the page of the clauses shows. */
#ifndef ISMARK_CHECK_DOCUMENTED_INFORMATION_H
#define ISMARK_CHECK_DOCUMENTED_INFORMATION_H

#include "diag/diag.h"
#include "model/site.h"

enum information_state {
	INFORMATION_MISSING,
	INFORMATION_INCOMPLETE, /* something is there, and it does not do: a draft, an unrated risk, an old assessment */
	INFORMATION_COMPLETE,
	INFORMATION_NOT_NEEDED  /* nothing on the site calls for it yet */
};

struct information_status {
	const struct documented_information *item;
	enum code code;
	enum information_state state;
	bool told_elsewhere;          /* another finding owns the cause, so CLS keeps silent */
	bool found;                   /* SHOWN is it, however incomplete; else it is only the nearest there is */
	record_vec shown;             /* what satisfies it, or what comes nearest */
	struct str problem;           /* when MISSING or INCOMPLETE: a sentence, no full stop */
	const char *hint;
};

enum { INFORMATION_COUNT = 18 };

/* The COUNT items in the catalogue's order; everything in ARENA. */
const struct information_status *
documented_information_assess(const struct site *site, struct arena *arena);
/* "6.1.3 d" */
struct str
documented_information_place(const struct documented_information *item, struct arena *arena);

#endif
