/* Exceptions: which findings an approved deviation holds back, and until when. A finding that is held back
 * stays in the list and in every report; it only leaves the exit code. Private to src/check/. */
#ifndef ISMARK_CHECK_SUSPENSION_H
#define ISMARK_CHECK_SUSPENSION_H

#include "check/check.h"

/* What `from` of an exception says. */
enum suspension_target {
	SUSPENSION_NOTHING,    /* neither rule nor subject nor reference */
	SUSPENSION_INCOMPLETE, /* a rule without a subject, or a subject without a rule */
	SUSPENSION_RULE,       /* a rule, and a subject or a reference: holds back findings of that rule */
	SUSPENSION_REFERENCE   /* a record, document or control: holds back every finding about it */
};

enum suspension_target
suspension_target(const struct record *from);
/* The code that `rule` names, CODE_COUNT when it names none or one that does not exist. */
enum code
suspension_code(const struct record *from);
/* True for rules about exceptions: those cannot be held back, an exception cannot excuse its own faults. */
bool
code_is_about_exceptions(enum code code);
/* True when findings can be about SUBJECT: a record, a control, an entry of the SoA ("SOA-001/A.5.1"), a file. */
bool
suspension_subject_exists(const struct site *site, struct str subject);
/* True when EXCEPTION is approved, has an end, and has not reached it: the last day still counts. */
bool
exception_is_in_force(const struct site *site, const struct record *exception);
/* Sets `suppressed_by` of every finding that an exception in force covers; an exception for a rule that
 * covers none becomes a finding itself. */
void
exceptions_apply(const struct site *site, struct diag_list *diags, struct arena *arena);

#endif
