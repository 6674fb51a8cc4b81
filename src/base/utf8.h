/* UTF-8 (RFC 3629) over utf8proc: validation, columns, case, NFC, character classes. */
#ifndef ISMARK_BASE_UTF8_H
#define ISMARK_BASE_UTF8_H

#include "base/str.h"

/* Offset of the first byte that is not valid UTF-8, or STR_NONE. */
size_t
utf8_first_invalid(struct str s);
/* S with every invalid byte replaced by U+FFFD; S itself when it is valid. */
struct str
utf8_repair(struct arena *arena, struct str s);
/* Number of code points. */
size_t
utf8_length(struct str s);
/* Decodes one code point at *I and moves *I behind it; -1 at the end or for an invalid byte (one byte is passed). */
int32_t
utf8_next(struct str s, size_t *i);
void
buf_add_utf8(struct buf *buf, int32_t code_point);
/* Unicode simple lower case. */
struct str
utf8_lower(struct arena *arena, struct str s);
/* Unicode simple upper case, but ß becomes SS. */
struct str
utf8_upper(struct arena *arena, struct str s);
/* S for comparing as readers look things up: lower case, without accents and other marks, compatibility forms as plain
 * letters; ß becomes ss. Invalid bytes stay. */
struct str
utf8_fold(struct arena *arena, struct str s);
/* Unicode normalisation form C (UAX #15); S itself when it is longer than 512 bytes and more than 30 combining
 * marks follow one another in it. */
struct str
utf8_nfc(struct arena *arena, struct str s);
/* Letter, mark, decimal or letter-like number, or connector punctuation: what GitHub keeps in a heading's id
 * besides '-' and ' '. */
bool
utf8_is_word(int32_t code_point);
/* Letter, mark or number: categories L, M and N. */
bool
utf8_is_alphanumeric(int32_t code_point);
/* Number of any sort: category N. */
bool
utf8_is_number(int32_t code_point);
/* CommonMark's two classes: white space (Zs and the ASCII ones), and punctuation (ASCII's, and category P). */
bool
utf8_is_space(int32_t code_point);
bool
utf8_is_punctuation(int32_t code_point);
/* Columns that the code point takes on a terminal: 0, 1 or 2. */
int
utf8_width(int32_t code_point);

#endif
