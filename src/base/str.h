/* str: a view of bytes that it does not own, usually UTF-8, not NUL-terminated.
 * buf: a growing byte buffer with malloc'd storage that cannot fail. */
#ifndef ISMARK_BASE_STR_H
#define ISMARK_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"

struct str {
	const char *data;
	size_t size;
};

typedef VEC(struct str) str_vec;

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).size, (s).data ? (s).data : ""

struct str
str_from(const char *c_string); /* NULL gives the empty view */
bool
str_equal(struct str a, struct str b);
bool
str_equal_ignore_case(struct str a, struct str b); /* ASCII letters only */
/* Byte order; <0, 0, >0. */
int
str_compare(struct str a, struct str b);
/* Natural order: runs of digits compare as numbers, so A.5.9 < A.5.10. Total: equal only if the bytes are. */
int
str_compare_natural(struct str a, struct str b);
bool
str_starts_with(struct str s, struct str prefix);
bool
str_ends_with(struct str s, struct str suffix);
/* Without ASCII white space at both ends. */
struct str
str_trim(struct str s);
/* The part from byte FROM on / the bytes [FROM, TO). Bounds are clamped. */
struct str
str_from_index(struct str s, size_t from);
struct str
str_slice(struct str s, size_t from, size_t to);
#define STR_NONE SIZE_MAX
/* Index of the first NEEDLE at or after FROM, or STR_NONE. */
size_t
str_find(struct str s, struct str needle, size_t from);
size_t
str_find_char(struct str s, char c, size_t from);
bool
str_contains(struct str s, struct str needle);
/* Takes the part up to SEPARATOR off the front of *REST; false when *REST is used up (data NULL). */
bool
str_split(struct str *rest, char separator, struct str *part);
struct str
str_copy(struct arena *arena, struct str s);
struct str
str_lower(struct arena *arena, struct str s); /* ASCII letters only */
struct str
str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str
str_vprintf(struct arena *arena, const char *format, va_list arguments);
/* NUL-terminated copy. */
const char *
str_c(struct arena *arena, struct str s);
/* PARTS joined by SEPARATOR. */
struct str
str_join(struct arena *arena, const struct str *parts, size_t count, struct str separator);
/* FNV-1a, 64 bit: for tables in memory only, never written to a file. */
uint64_t
str_hash(struct str s);
/* Decimal digits only, whole view; false when not a number or beyond int64. */
bool
str_to_int(struct str s, int64_t *number);
/* Plain decimal ("3", "0.25", "-1.5"), point only, whole view, no exponent; independent of the locale. */
bool
str_to_number(struct str s, double *number);
/* Damerau-Levenshtein distance, for suggestions; both views are cut at 64 bytes, ASCII case ignored. */
size_t
str_distance(struct str a, struct str b);
/* The nearest of CANDIDATES within a third of WORD's length (at least 1), or an empty view. */
struct str
str_nearest(struct str word, const struct str *candidates, size_t count);

struct buf {
	char *data; /* NUL-terminated when not NULL */
	size_t size, capacity;
};

void
buf_release(struct buf *buf);
void
buf_clear(struct buf *buf);
void
buf_add(struct buf *buf, const void *data, size_t size);
void
buf_add_str(struct buf *buf, struct str s);
void
buf_add_c(struct buf *buf, const char *c_string);
void
buf_add_char(struct buf *buf, char c);
void
buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void
buf_vprintf(struct buf *buf, const char *format, va_list arguments);
/* The contents as a view, valid until the next change. */
struct str
buf_str(const struct buf *buf);
/* Copies the contents into ARENA and releases the buffer. */
struct str
buf_take(struct buf *buf, struct arena *arena);
/* Appends S with each byte for which ENTITY gives a text (else NULL) replaced by it. */
void
buf_add_escaped(struct buf *buf, struct str s, const char *(*entity)(char c));
/* Appends S with & < > " ' escaped for HTML text and quoted attributes. */
void
buf_add_html(struct buf *buf, struct str s);
/* Appends NUMBER in the shortest decimal form that reads back equal, no exponent below 1e15, "5" not "5.0". */
void
buf_add_number(struct buf *buf, double number);

#endif
