/* The small marks between ids in people's text: blanks, dashes, separators, decoration.
 * Each function that takes a text and an index gives the bytes of what stands there, 0 when it does not.
 * For the files of this folder. */
#ifndef ISMARK_CATALOGUE_REF_TEXT_H
#define ISMARK_CATALOGUE_REF_TEXT_H

#include "base/str.h"

bool
ref_is_alphanumeric(char c);
bool
ref_is_digit(char c);
/* Space, tab, no-break and other Unicode spaces, `&nbsp;`. */
size_t
ref_blank(struct str text, size_t i);
size_t
ref_skip_blanks(struct str text, size_t i);
/* `-` and what is folded to it: U+2010, U+2011. */
size_t
ref_hyphen(struct str text, size_t i);
/* A hyphen, en dash, em dash, minus. */
size_t
ref_dash(struct str text, size_t i);
/* Between parts of a list: `,` `;` line break, `<br>`, and the ideographic comma and semicolon. */
size_t
ref_separator(struct str text, size_t i);
/* Emphasis, quotes, code marks, brackets and bars around an id. */
size_t
ref_decoration(struct str text, size_t i);
/* WORD (lower case) in any case, with no letter or digit behind it. */
size_t
ref_word(struct str text, size_t i, const char *word);
/* The longest of the NULL-terminated WORDS that stands there. */
size_t
ref_one_of(struct str text, size_t i, const char *const *words);
/* What may stand between the ends of a range: a dash, dots, "to"; blanks around it included. *LOOSE: there are blanks or a word. */
size_t
ref_range_mark(struct str text, size_t i, bool *loose);
/* One or two digits, leading zeros counted; 0 when there are none or more than two. */
size_t
ref_number(struct str text, size_t i, unsigned *number);
/* TEXT without what joins it to its neighbours: blanks, dashes, separators, decoration, "and" at the end,
 * one pair of brackets around it. */
struct str
ref_trim(struct str text);

#endif
