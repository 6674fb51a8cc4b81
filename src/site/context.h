/* What templates are given, as the manual says it: one table (context.def), which a test compares with the pages. */
#ifndef ISMARK_SITE_CONTEXT_H
#define ISMARK_SITE_CONTEXT_H

#include <stddef.h>

/* OWNER has an entry NAME. An owner is a template ("risk.html"), "*" for the context of all, or a shape that several variables
 * have ("link"). TYPE is text, html, bool, integer, number, none, a shape, or `list of` any of these; several with `or`. */
struct context_variable {
	const char *owner, *name, *type, *help;
};

size_t
context_variable_count(void);
const struct context_variable *
context_variable_at(size_t index);

#endif
