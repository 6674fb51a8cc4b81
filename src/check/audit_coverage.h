/* What audits cover of clauses 4 to 10 and of the controls that apply. Private to src/check/. */
#ifndef ISMARK_CHECK_AUDIT_COVERAGE_H
#define ISMARK_CHECK_AUDIT_COVERAGE_H

#include "model/audit_dates.h"
#include "model/site.h"

struct audit_coverage {
	const struct site *site;
	bool *clauses;  /* parallel to clause_all() */
	bool *controls; /* parallel to the primary catalogue's controls */
};

/* Nothing covered yet; in ARENA. */
struct audit_coverage
audit_coverage_new(const struct site *site, struct arena *arena);
/* Adds what the CLAUSE field of RECORD names, with the clauses below; both fields -1 for none. */
void
audit_coverage_add(struct audit_coverage *coverage, const struct record *record, int clauses, int controls);
/* Adds the scope of AUDIT. */
void
audit_coverage_add_audit(struct audit_coverage *coverage, const struct record *audit);
/* Adds the schedule of PROGRAM and the audits that belong to it. */
void
audit_coverage_add_program(struct audit_coverage *coverage, const struct record *program);
/* Numbers of the clauses that are not covered, a clause whose parts all lack instead of its parts: "4.1", "8". */
str_vec
audit_coverage_missing_clauses(const struct audit_coverage *coverage, struct arena *arena);
/* Ids of the controls that apply and are not covered. */
str_vec
audit_coverage_missing_controls(const struct audit_coverage *coverage, struct arena *arena);

/* The days of AUDIT; false when it states none that can be read. */
bool
audit_days(const struct record *audit, struct audit_dates *days);
/* A completed internal audit. */
bool
audit_is_internal_result(const struct record *audit);
/* True when today lies in the program's cycle, or it does not say when that starts. */
bool
program_is_in_force(const struct site *site, const struct record *program);
/* The cycle of PROGRAM (may be NULL), else the site's. */
struct period
program_cycle(const struct site *site, const struct record *program);
/* The program in force that starts last, or NULL. */
const struct record *
current_program(const struct site *site);
/* Coverage of the internal audits completed within the current cycle, counted back from today. */
struct audit_coverage
audit_coverage_of_cycle(const struct site *site, struct arena *arena);

#endif
