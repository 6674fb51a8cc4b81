/* What the files of the SoA family share. Private to src/check/. */
#ifndef ISMARK_CHECK_SOA_RULES_H
#define ISMARK_CHECK_SOA_RULES_H

#include "check/wording.h"

/* Lower case, runs of blanks and punctuation as one blank: how justifications compare. In ARENA. */
struct str
soa_fold(struct arena *arena, struct str text);
/* True for an entry whose control applies and whose status says that it is not fully implemented. */
bool
soa_is_open(const struct record *soa);
bool
soa_is_implemented(const struct record *soa);
/* What meets at the entry's control; NULL for an own control or one of another catalogue. */
const struct control_state *
soa_control_state(const struct site *site, const struct record *soa);
/* True when the justification TEXT gives no reason: the title again, or a phrase that repeats the decision. */
bool
soa_justification_is_empty(const struct check *check, const struct record *soa, struct str text);
/* True for a document that holds SoA entries. */
bool
document_is_soa(const struct document *document);
/* True for one that is no longer in force. */
bool
document_is_retired_soa(const struct document *document);
/* The later of two days, of which either may be unset. */
struct date
date_later(struct date a, struct date b);

/* Rules: those about one entry, and those (NONE) that look at the whole. */
void
soa_missing(const struct check *check, const struct record *none);
void
soa_duplicates(const struct check *check, const struct record *none);
void
soa_boilerplate(const struct check *check, const struct record *none);
void
soa_status_missing(const struct check *check, const struct record *none);
void
soa_owner_missing(const struct check *check, const struct record *none);
void
soa_not_approved(const struct check *check, const struct record *none);
void
soa_outdated(const struct check *check, const struct record *none);
void
soa_own_controls(const struct check *check, const struct record *none);
void
soa_totals(const struct check *check, const struct record *none);
void
soa_reasons(const struct check *check, const struct record *soa);
void
soa_relied_on(const struct check *check, const struct record *soa);
void
soa_no_proof(const struct check *check, const struct record *soa);
void
soa_no_plan(const struct check *check, const struct record *soa);
void
soa_nonconformity(const struct check *check, const struct record *soa);

#endif
