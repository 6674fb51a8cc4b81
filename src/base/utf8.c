#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static utf8proc_ssize_t
decode(struct str s, size_t i, int32_t *code_point)
{
	return utf8proc_iterate((const utf8proc_uint8_t *)s.data + i, (utf8proc_ssize_t)(s.size - i), code_point);
}

size_t
utf8_first_invalid(struct str s)
{
	for (size_t i = 0; i < s.size;) {
		if ((unsigned char)s.data[i] < 0x80) {
			i++;
			continue;
		}
		int32_t code_point;
		utf8proc_ssize_t n = decode(s, i, &code_point);
		if (n <= 0)
			return i;
		i += (size_t)n;
	}
	return STR_NONE;
}

struct str
utf8_repair(struct arena *arena, struct str s)
{
	if (utf8_first_invalid(s) == STR_NONE)
		return s;
	struct buf buf = {0};
	for (size_t i = 0; i < s.size;) {
		size_t start = i;
		if (utf8_next(s, &i) < 0)
			buf_add_c(&buf, "\xEF\xBF\xBD");
		else
			buf_add(&buf, s.data + start, i - start);
	}
	return buf_take(&buf, arena);
}

size_t
utf8_length(struct str s)
{
	size_t length = 0;
	for (size_t i = 0; i < s.size; i++)
		length += ((unsigned char)s.data[i] & 0xC0) != 0x80;
	return length;
}

int32_t
utf8_next(struct str s, size_t *i)
{
	if (*i >= s.size)
		return -1;
	if ((unsigned char)s.data[*i] < 0x80)
		return s.data[(*i)++];
	int32_t code_point;
	utf8proc_ssize_t n = decode(s, *i, &code_point);
	*i += n > 0 ? (size_t)n : 1;
	return n > 0 ? code_point : -1;
}

void
buf_add_utf8(struct buf *buf, int32_t code_point)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(code_point, bytes);
	buf_add(buf, bytes, (size_t)n);
}

/* S with each code point as ADD writes it; invalid bytes stay. */
static struct str
map_code_points(struct arena *arena, struct str s, void (*add)(struct buf *buf, int32_t code_point))
{
	struct buf buf = {0};
	for (size_t i = 0; i < s.size;) {
		size_t start = i;
		int32_t code_point = utf8_next(s, &i);
		if (code_point < 0)
			buf_add(&buf, s.data + start, i - start);
		else
			add(&buf, code_point);
	}
	return buf_take(&buf, arena);
}

static void
add_lower(struct buf *buf, int32_t code_point)
{
	buf_add_utf8(buf, utf8proc_tolower(code_point));
}

static void
add_upper(struct buf *buf, int32_t code_point)
{
	if (code_point == 0xDF)
		buf_add_c(buf, "SS");
	else
		buf_add_utf8(buf, utf8proc_toupper(code_point));
}

struct str
utf8_lower(struct arena *arena, struct str s)
{
	return map_code_points(arena, s, add_lower);
}

struct str
utf8_upper(struct arena *arena, struct str s)
{
	return map_code_points(arena, s, add_upper);
}

enum { DECOMPOSED_MAX = 20 }; /* U+FDFA becomes 18 code points, the most of any */

static void
add_folded(struct buf *buf, int32_t code_point)
{
	utf8proc_int32_t parts[DECOMPOSED_MAX];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(code_point, parts, DECOMPOSED_MAX,
	                                             UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);
	for (utf8proc_ssize_t i = 0; i < n && i < DECOMPOSED_MAX; i++)
		buf_add_utf8(buf, parts[i]);
}

struct str
utf8_fold(struct arena *arena, struct str s)
{
	return map_code_points(arena, s, add_folded);
}

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if ((unsigned char)s.data[i] >= 0x80)
			return false;
	return true;
}

enum {
	MARKS_MAX = 30, /* in a row; no writing system needs more (UAX #15, stream-safe text) */
	SHORT_MAX = 512 /* bytes in which any number of marks is quickly sorted */
};

/* Sorting a long run of combining marks takes quadratic time. */
static bool
has_too_many_marks(struct str s)
{
	size_t run = 0;
	for (size_t i = 0; i < s.size && run <= MARKS_MAX;) {
		int32_t code_point = utf8_next(s, &i);
		bool mark = code_point >= 0 && utf8proc_get_property(code_point)->combining_class != 0;
		run = mark ? run + 1 : 0;
	}
	return run > MARKS_MAX;
}

struct str
utf8_nfc(struct arena *arena, struct str s)
{
	if (is_ascii(s) || (s.size > SHORT_MAX && has_too_many_marks(s)))
		return s;
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)s.data, (utf8proc_ssize_t)s.size, &composed,
	                                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	struct str result = size < 0 ? s : str_copy(arena, (struct str){(const char *)composed, (size_t)size});
	free(composed);
	return result;
}

bool
utf8_is_word(int32_t code_point)
{
	utf8proc_category_t category = utf8proc_category(code_point);
	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NL) ||
	       category == UTF8PROC_CATEGORY_PC;
}

static bool
is_ascii_letter(int32_t code_point)
{
	return (code_point >= 'a' && code_point <= 'z') || (code_point >= 'A' && code_point <= 'Z');
}

bool
utf8_is_number(int32_t code_point)
{
	if (code_point < 0x80)
		return code_point >= '0' && code_point <= '9';
	utf8proc_category_t category = utf8proc_category(code_point);
	return category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
}

bool
utf8_is_alphanumeric(int32_t code_point)
{
	if (code_point < 0x80)
		return is_ascii_letter(code_point) || utf8_is_number(code_point);
	utf8proc_category_t category = utf8proc_category(code_point);
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool
utf8_is_space(int32_t code_point)
{
	return code_point == '\t' || code_point == '\n' || code_point == '\f' || code_point == '\r' ||
	       utf8proc_category(code_point) == UTF8PROC_CATEGORY_ZS;
}

bool
utf8_is_punctuation(int32_t code_point)
{
	if (code_point < 0x80)
		return code_point == '_' || (code_point > ' ' && code_point < 0x7F && !utf8_is_word(code_point));
	utf8proc_category_t category = utf8proc_category(code_point);
	return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

int
utf8_width(int32_t code_point)
{
	return utf8proc_charwidth(code_point);
}
