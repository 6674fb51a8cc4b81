/* What rules need to say where something is wrong. Private to src/check/. */
#ifndef ISMARK_CHECK_RULE_H
#define ISMARK_CHECK_RULE_H

#include "check/check.h"
#include "check/wording.h"

/* FIELD for the record as a whole. */
enum { RULE_RECORD = -1 };

/* A finding at FIELD's value as written, else at the record; its subject is the record (of a part: what it belongs to). */
struct diag *
rule_report(const struct check *check, enum code code, const struct record *record, int field, const char *message, ...)
	__attribute__((format(printf, 5, 6)));
/* The same at SPAN. */
struct diag *
rule_report_at(const struct check *check, enum code code, const struct record *record, struct span span,
               const char *message, ...) __attribute__((format(printf, 5, 6)));
/* Reports that RECORD lacks FIELD: "risk `R-1` " + WHAT, with a word on a placeholder. NULL when it does not lack it. */
struct diag *
rule_require(const struct check *check, enum code code, const struct record *record, int field, const char *what,
             const char *hint);
/* What a message calls the record: its id when it has one, else its title. Of a part: what it belongs to. */
struct str
record_label(const struct record *record);
/* True when DAY is set and before / after the site's day. */
bool
rule_is_past(const struct check *check, struct date day);
bool
rule_is_future(const struct check *check, struct date day);
/* False when a document that holds records of KIND, or whose kind is not known, could not be read whole: what is
 * absent may stand there. RULE_ANY: any document. */
enum { RULE_ANY = -1 };
bool
rule_kind_is_whole(const struct check *check, int kind);
/* True when FIELD of a record of KIND refers to nothing, or could not be read: then REF or FM rules speak, and what lacks
 * such a value may be what was meant. */
bool
rule_kind_dangles(const struct check *check, int kind, int field);
/* The instant of FIELD, or NULL. */
const struct datetime *
record_datetime(const struct record *record, int field);
/* Adds NAME in backquotes to WORDS. */
void
rule_quote(const struct check *check, str_vec *words, struct str name);
/* "`a`, `b` and 7 others": at most four of WORDS. */
struct str
rule_some(const struct check *check, const str_vec *words);

#endif
