/* Findings for people: place, excerpt with caret, reason, remedy, the other end. */
#ifndef ISMARK_EXPORT_TERMINAL_H
#define ISMARK_EXPORT_TERMINAL_H

#include "diag/diag.h"

struct terminal_options {
	bool colour;
	struct str prefix; /* stands before each path: the content root as the user wrote it, "" for none */
	struct str only;   /* findings of this file only; empty: all */
};

/* Appends the findings that are not suppressed, in the list's order. Findings of one code at one place are one
 * block. Of one code a hundred are shown, and a last line says how many are left out. */
void
terminal_print(struct buf *out, const struct diag_list *diags, const struct terminal_options *options);

#endif
