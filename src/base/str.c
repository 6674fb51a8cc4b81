#include "base/str.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str
str_from(const char *c_string)
{
	return (struct str){c_string, c_string ? strlen(c_string) : 0};
}

bool
str_equal(struct str a, struct str b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
str_equal_ignore_case(struct str a, struct str b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (lower(a.data[i]) != lower(b.data[i]))
			return false;
	return true;
}

int
str_compare(struct str a, struct str b)
{
	size_t shorter = a.size < b.size ? a.size : b.size;
	int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
	return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* The run of digits at *I without leading zeros; *I moves behind it. */
static struct str
digit_run(struct str s, size_t *i)
{
	while (*i < s.size && s.data[*i] == '0')
		(*i)++;
	size_t start = *i;
	while (*i < s.size && is_digit(s.data[*i]))
		(*i)++;
	return str_slice(s, start, *i);
}

int
str_compare_natural(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	while (i < a.size && j < b.size) {
		if (is_digit(a.data[i]) && is_digit(b.data[j])) {
			struct str x = digit_run(a, &i), y = digit_run(b, &j);
			if (x.size != y.size)
				return x.size < y.size ? -1 : 1;
			int order = str_compare(x, y);
			if (order)
				return order;
		} else if (a.data[i] != b.data[j]) {
			return (unsigned char)a.data[i] < (unsigned char)b.data[j] ? -1 : 1;
		} else {
			i++, j++;
		}
	}
	if (i < a.size || j < b.size)
		return i < a.size ? 1 : -1;
	return str_compare(a, b);
}

bool
str_starts_with(struct str s, struct str prefix)
{
	return s.size >= prefix.size && str_equal(str_slice(s, 0, prefix.size), prefix);
}

bool
str_ends_with(struct str s, struct str suffix)
{
	return s.size >= suffix.size && str_equal(str_from_index(s, s.size - suffix.size), suffix);
}

struct str
str_trim(struct str s)
{
	while (s.size && is_space(s.data[0]))
		s.data++, s.size--;
	while (s.size && is_space(s.data[s.size - 1]))
		s.size--;
	return s;
}

struct str
str_from_index(struct str s, size_t from)
{
	return str_slice(s, from, s.size);
}

struct str
str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.size)
		to = s.size;
	if (from > to)
		from = to;
	return (struct str){s.data ? s.data + from : NULL, to - from};
}

size_t
str_find(struct str s, struct str needle, size_t from)
{
	if (needle.size == 0)
		return from <= s.size ? from : STR_NONE;
	if (from >= s.size)
		return STR_NONE;
	const char *found = memmem(s.data + from, s.size - from, needle.data, needle.size);
	return found ? (size_t)(found - s.data) : STR_NONE;
}

size_t
str_find_char(struct str s, char c, size_t from)
{
	if (from >= s.size)
		return STR_NONE;
	const char *found = memchr(s.data + from, c, s.size - from);
	return found ? (size_t)(found - s.data) : STR_NONE;
}

bool
str_contains(struct str s, struct str needle)
{
	return str_find(s, needle, 0) != STR_NONE;
}

bool
str_split(struct str *rest, char separator, struct str *part)
{
	if (!rest->data)
		return false;
	size_t at = str_find_char(*rest, separator, 0);
	if (at == STR_NONE) {
		*part = *rest;
		*rest = (struct str){NULL, 0};
	} else {
		*part = str_slice(*rest, 0, at);
		*rest = str_from_index(*rest, at + 1);
	}
	return true;
}

struct str
str_copy(struct arena *arena, struct str s)
{
	return (struct str){arena_copy(arena, s.data, s.size), s.size};
}

struct str
str_lower(struct arena *arena, struct str s)
{
	char *copy = arena_copy(arena, s.data, s.size);
	for (size_t i = 0; i < s.size; i++)
		copy[i] = lower(copy[i]);
	return (struct str){copy, s.size};
}

struct str
str_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	struct buf buf = {0};
	buf_vprintf(&buf, format, arguments);
	return buf_take(&buf, arena);
}

struct str
str_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	struct str s = str_vprintf(arena, format, arguments);
	va_end(arguments);
	return s;
}

const char *
str_c(struct arena *arena, struct str s)
{
	return arena_copy(arena, s.data, s.size);
}

struct str
str_join(struct arena *arena, const struct str *parts, size_t count, struct str separator)
{
	struct buf buf = {0};
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_str(&buf, separator);
		buf_add_str(&buf, parts[i]);
	}
	return buf_take(&buf, arena);
}

uint64_t
str_hash(struct str s)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < s.size; i++)
		hash = (hash ^ (unsigned char)s.data[i]) * 1099511628211u;
	return hash;
}

bool
str_to_int(struct str s, int64_t *number)
{
	bool negative = s.size && s.data[0] == '-';
	size_t i = negative;
	if (i == s.size)
		return false;
	int64_t result = 0;
	for (; i < s.size; i++) {
		if (!is_digit(s.data[i]))
			return false;
		int digit = s.data[i] - '0';
		if (result > (INT64_MAX - digit) / 10)
			return false;
		result = result * 10 + digit;
	}
	*number = negative ? -result : result;
	return true;
}

bool
str_to_number(struct str s, double *number)
{
	bool negative = s.size && s.data[0] == '-';
	double value = 0, scale = 1;
	size_t digits = 0, i = negative;
	for (; i < s.size && is_digit(s.data[i]); i++, digits++)
		value = value * 10 + (s.data[i] - '0');
	if (i < s.size && s.data[i] == '.') {
		size_t before = digits;
		for (i++; i < s.size && is_digit(s.data[i]); i++, digits++) {
			value = value * 10 + (s.data[i] - '0');
			scale *= 10;
		}
		if (digits == before)
			return false;
	}
	if (!digits || i != s.size || digits > 300)
		return false;
	*number = (negative ? -value : value) / scale;
	return true;
}

enum { DISTANCE_MAX = 64 };

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The distance, or any number above LIMIT when it is greater than LIMIT. */
static size_t
distance_within(struct str a, struct str b, size_t limit)
{
	size_t n = smaller(a.size, DISTANCE_MAX), m = smaller(b.size, DISTANCE_MAX);
	size_t rows[3][DISTANCE_MAX + 1];
	size_t *before = rows[0], *previous = rows[1], *current = rows[2];
	if ((n > m ? n - m : m - n) > limit)
		return limit + 1;
	for (size_t j = 0; j <= m; j++)
		previous[j] = j;
	size_t lowest_before = 0;
	for (size_t i = 1; i <= n; i++) {
		size_t lowest = current[0] = i;
		for (size_t j = 1; j <= m; j++) {
			char x = lower(a.data[i - 1]), y = lower(b.data[j - 1]);
			size_t best = smaller(previous[j] + 1, current[j - 1] + 1);
			best = smaller(best, previous[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == lower(b.data[j - 2]) && lower(a.data[i - 2]) == y)
				best = smaller(best, before[j - 2] + 1);
			current[j] = best;
			lowest = smaller(lowest, best);
		}
		/* A transposition looks two rows back, so two rows must be beyond the limit. */
		if (lowest > limit && lowest_before > limit)
			return limit + 1;
		lowest_before = lowest;
		size_t *spare = before;
		before = previous, previous = current, current = spare;
	}
	return previous[m];
}

size_t
str_distance(struct str a, struct str b)
{
	return distance_within(a, b, DISTANCE_MAX);
}

struct str
str_nearest(struct str word, const struct str *candidates, size_t count)
{
	size_t nearest_distance = (word.size / 3 ? word.size / 3 : 1) + 1;
	struct str nearest = {0};
	for (size_t i = 0; i < count && nearest_distance > 0; i++) {
		size_t distance = distance_within(word, candidates[i], nearest_distance - 1);
		if (distance < nearest_distance) {
			nearest_distance = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
}

static void
buf_reserve(struct buf *buf, size_t more)
{
	size_t needed = buf->size + more + 1;
	if (needed <= buf->capacity)
		return;
	size_t capacity = buf->capacity ? buf->capacity * 2 : 256;
	while (capacity < needed)
		capacity *= 2;
	char *data = realloc(buf->data, capacity);
	if (!data)
		arena_out_of_memory();
	buf->data = data;
	buf->capacity = capacity;
}

void
buf_release(struct buf *buf)
{
	free(buf->data);
	*buf = (struct buf){0};
}

void
buf_clear(struct buf *buf)
{
	buf->size = 0;
	if (buf->data)
		buf->data[0] = '\0';
}

void
buf_add(struct buf *buf, const void *data, size_t size)
{
	buf_reserve(buf, size);
	if (size)
		memcpy(buf->data + buf->size, data, size);
	buf->size += size;
	buf->data[buf->size] = '\0';
}

void
buf_add_str(struct buf *buf, struct str s)
{
	buf_add(buf, s.data, s.size);
}

void
buf_add_c(struct buf *buf, const char *c_string)
{
	buf_add(buf, c_string, strlen(c_string));
}

void
buf_add_char(struct buf *buf, char c)
{
	buf_add(buf, &c, 1);
}

void
buf_vprintf(struct buf *buf, const char *format, va_list arguments)
{
	va_list again;
	va_copy(again, arguments);
	int size = vsnprintf(NULL, 0, format, arguments);
	if (size > 0) {
		buf_reserve(buf, (size_t)size);
		vsnprintf(buf->data + buf->size, (size_t)size + 1, format, again);
		buf->size += (size_t)size;
	}
	va_end(again);
}

void
buf_printf(struct buf *buf, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	buf_vprintf(buf, format, arguments);
	va_end(arguments);
}

struct str
buf_str(const struct buf *buf)
{
	return (struct str){buf->data, buf->size};
}

struct str
buf_take(struct buf *buf, struct arena *arena)
{
	struct str s = str_copy(arena, buf_str(buf));
	buf_release(buf);
	return s;
}

void
buf_add_escaped(struct buf *buf, struct str s, const char *(*entity)(char c))
{
	size_t plain = 0;
	for (size_t i = 0; i < s.size; i++) {
		const char *replacement = entity(s.data[i]);
		if (!replacement)
			continue;
		buf_add(buf, s.data + plain, i - plain);
		buf_add_c(buf, replacement);
		plain = i + 1;
	}
	buf_add_str(buf, str_from_index(s, plain));
}

static const char *
html_entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

void
buf_add_html(struct buf *buf, struct str s)
{
	buf_add_escaped(buf, s, html_entity);
}

void
buf_add_number(struct buf *buf, double number)
{
	if (number == floor(number) && fabs(number) < 1e15) {
		buf_printf(buf, "%lld", (long long)number);
		return;
	}
	char text[64];
	for (int precision = 1; precision <= 17; precision++) {
		snprintf(text, sizeof text, "%.*g", precision, number);
		if (strtod(text, NULL) == number)
			break;
	}
	buf_add_c(buf, text);
}
