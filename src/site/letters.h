/* Under which letter a reader looks for a text: accents do not count, digits are one group, and so is what has no letter of an
 * alphabet (scripts with thousands of characters, symbols). */
#ifndef ISMARK_SITE_LETTERS_H
#define ISMARK_SITE_LETTERS_H

#include "base/str.h"

/* "a", "0-9" or "other": fit for paths and ids. */
struct str
letter_of(struct arena *arena, struct str text);
/* "A", "0–9", "…" */
struct str
letter_title(struct arena *arena, struct str letter);
/* Alphabetical: digits, letters, others. */
int
letter_compare(struct str one, struct str other);

#endif
