/* Words for findings: numbers, dates and what stands in place of a value. Private to src/check/. */
#ifndef ISMARK_CHECK_WORDING_H
#define ISMARK_CHECK_WORDING_H

#include "check/check.h"

/* "6.6", "12": the shortest decimal form. */
struct str
number_text(struct arena *arena, double number);
/* "2026-06-30" */
struct str
date_text(struct arena *arena, struct date date);
/* "30 days" */
struct str
period_text(struct arena *arena, struct period period);
/* " (only the placeholder `TBD`)" when that is what FIELD holds, else empty. */
struct str
placeholder_text(struct arena *arena, const struct record *record, int field);
/* "a", "a and b", "a, b and c" */
struct str
list_text(struct arena *arena, const str_vec *words);

#endif
