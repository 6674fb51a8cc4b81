/* Which URLs may stand in a page, and what their escapes mean. */
#include <string.h>

#include "base/utf8.h"
#include "text/markdown.h"

enum { SCHEME_MAX = 64 };

/* A numeric reference at *I ("&#58;", "&#x3A"), as browsers read it in an attribute. */
static bool
numeric_reference(struct str url, size_t *i, char *c)
{
	size_t at = *i + 2, start;
	bool hexadecimal = at < url.size && (url.data[at] == 'x' || url.data[at] == 'X');
	at += hexadecimal;
	uint32_t number = 0;
	for (start = at; at < url.size; at++) {
		const char *digits = "0123456789abcdef";
		const char *digit = url.data[at] >= '0' ? strchr(digits, url.data[at] | 0x20) : NULL;
		if (!digit || (!hexadecimal && digit - digits > 9))
			break;
		number = number > 0x10FFFF ? number : number * (hexadecimal ? 16 : 10) + (uint32_t)(digit - digits);
	}
	if (at == start)
		return false;
	*c = number < 0x80 ? (char)number : '?';
	*i = at + (at < url.size && url.data[at] == ';');
	return true;
}

/* The character at *I, entities resolved as far as they can stand in a scheme. */
static char
next_char(struct str url, size_t *i)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = {{"&colon;", ':'}, {"&tab;", '\t'}, {"&newline;", '\n'}, {"&sol;", '/'}, {"&num;", '#'},
	                {"&quest;", '?'}};
	char c = url.data[*i];
	if (c == '&' && *i + 1 < url.size && url.data[*i + 1] == '#' && numeric_reference(url, i, &c))
		return c;
	for (size_t k = 0; c == '&' && k < sizeof entities / sizeof *entities; k++) {
		struct str name = str_from(entities[k].name);
		if (str_equal_ignore_case(str_slice(url, *i, *i + name.size), name)) {
			*i += name.size;
			return entities[k].c;
		}
	}
	++*i;
	return c;
}

static bool
is_safe_scheme(struct str scheme)
{
	return str_equal_ignore_case(scheme, STR("http")) || str_equal_ignore_case(scheme, STR("https")) ||
	       str_equal_ignore_case(scheme, STR("mailto")) || str_equal_ignore_case(scheme, STR("tel"));
}

bool
markdown_url_is_safe(struct str url)
{
	char scheme[SCHEME_MAX];
	size_t size = 0;
	for (size_t i = 0; i < url.size;) {
		char c = next_char(url, &i);
		if (c == ':')
			return is_safe_scheme((struct str){scheme, size});
		if (c == '/' || c == '?' || c == '#' || c == '\\')
			return true;
		if ((unsigned char)c <= ' ' || c == 0x7F)
			continue; /* browsers pass over them */
		if (size == SCHEME_MAX)
			break;
		scheme[size++] = c;
	}
	return size < SCHEME_MAX || str_find_char(url, ':', 0) == STR_NONE;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct str
url_decode(struct arena *arena, struct str text)
{
	if (str_find_char(text, '%', 0) == STR_NONE)
		return text;
	struct buf buf = {0};
	for (size_t i = 0; i < text.size; i++) {
		int high = i + 2 < text.size && text.data[i] == '%' ? hex_digit(text.data[i + 1]) : -1;
		int low = high >= 0 ? hex_digit(text.data[i + 2]) : -1;
		if (low >= 0 && high * 16 + low != 0) {
			buf_add_char(&buf, (char)(high * 16 + low));
			i += 2;
		} else {
			buf_add_char(&buf, text.data[i]);
		}
	}
	struct str decoded = buf_take(&buf, arena);
	return utf8_first_invalid(decoded) == STR_NONE ? decoded : text;
}
