#include "catalogue/ref_text.h"

#include <string.h>

bool
ref_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
ref_is_alphanumeric(char c)
{
	return ref_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
starts_at(struct str text, size_t i, struct str mark)
{
	return i <= text.size && str_starts_with(str_from_index(text, i), mark);
}

/* The bytes of the first of COUNT marks that stands at I. */
static size_t
mark_at(struct str text, size_t i, const struct str *marks, size_t count)
{
	for (size_t k = 0; k < count; k++)
		if (i < text.size && text.data[i] == marks[k].data[0] && starts_at(text, i, marks[k]))
			return marks[k].size;
	return 0;
}

#define MARK_AT(text, i, ...) \
	mark_at((text), (i), (const struct str[]){__VA_ARGS__}, \
	        sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

size_t
ref_blank(struct str text, size_t i)
{
	if (i >= text.size)
		return 0;
	unsigned char c = (unsigned char)text.data[i];
	if (c == ' ' || c == '\t')
		return 1;
	if (c == '&')
		return starts_at(text, i, STR("&nbsp;")) ? 6 : 0;
	if (c == 0xc2)
		return starts_at(text, i, STR("\u00a0")) ? 2 : 0;
	if (c != 0xe2 && c != 0xe3)
		return 0;
	bool narrow = i + 2 < text.size && c == 0xe2 && (unsigned char)text.data[i + 1] == 0x80 &&
	              (unsigned char)text.data[i + 2] >= 0x80 && (unsigned char)text.data[i + 2] <= 0x8b;
	return narrow || starts_at(text, i, STR("\u202f")) || starts_at(text, i, STR("\u3000")) ? 3 : 0;
}

size_t
ref_skip_blanks(struct str text, size_t i)
{
	for (size_t size; (size = ref_blank(text, i)) > 0; i += size)
		;
	return i;
}

size_t
ref_hyphen(struct str text, size_t i)
{
	return MARK_AT(text, i, STR("-"), STR("\u2010"), STR("\u2011"));
}

size_t
ref_dash(struct str text, size_t i)
{
	size_t size = ref_hyphen(text, i);
	return size ? size : MARK_AT(text, i, STR("\u2012"), STR("\u2013"), STR("\u2014"), STR("\u2015"), STR("\u2212"));
}

static size_t
line_break_tag(struct str text, size_t i)
{
	if (i + 4 > text.size || !str_equal_ignore_case(str_slice(text, i, i + 3), STR("<br")))
		return 0;
	size_t end = i + 3;
	while (end < text.size && end < i + 6 && (text.data[end] == ' ' || text.data[end] == '/'))
		end++;
	return end < text.size && text.data[end] == '>' ? end + 1 - i : 0;
}

size_t
ref_separator(struct str text, size_t i)
{
	if (i >= text.size)
		return 0;
	switch (text.data[i]) {
	case ',': case ';': case '\n': case '\r': return 1;
	case '<': return line_break_tag(text, i);
	default: return MARK_AT(text, i, STR("\u3001"), STR("\uff0c"), STR("\uff1b"));
	}
}

size_t
ref_decoration(struct str text, size_t i)
{
	if (i >= text.size)
		return 0;
	if (text.data[i] && strchr("*_`\"'()[]{}|", text.data[i]))
		return 1;
	return MARK_AT(text, i, STR("\u2018"), STR("\u2019"), STR("\u201c"), STR("\u201d"), STR("\u201e"), STR("\u2022"),
	               STR("\uff08"), STR("\uff09"));
}

size_t
ref_word(struct str text, size_t i, const char *word)
{
	size_t size = strlen(word);
	if (i > text.size || text.size - i < size ||
	    !str_equal_ignore_case(str_slice(text, i, i + size), str_from(word)))
		return 0;
	return i + size < text.size && ref_is_alphanumeric(text.data[i + size]) ? 0 : size;
}

size_t
ref_one_of(struct str text, size_t i, const char *const *words)
{
	size_t longest = 0;
	for (; *words; words++) {
		size_t size = ref_word(text, i, *words);
		longest = size > longest ? size : longest;
	}
	return longest;
}

/* Blanks and emphasis between an id and the mark of a range. */
static size_t
skip_loose(struct str text, size_t i)
{
	for (;;) {
		size_t size = ref_blank(text, i);
		if (!size && i < text.size && (text.data[i] == '*' || text.data[i] == '`'))
			size = 1;
		if (!size)
			return i;
		i += size;
	}
}

size_t
ref_range_mark(struct str text, size_t i, bool *loose)
{
	static const char *const words[] = {"to", "through", "thru", "until", "bis", NULL};
	size_t at = skip_loose(text, i), size = ref_one_of(text, at, words);
	if (size && at == i)
		return 0; /* a word needs a blank before it */
	*loose = size > 0 || at > i;
	if (!size)
		size = MARK_AT(text, at, STR("--"), STR("..."), STR(".."), STR("\u2026"));
	if (!size)
		size = ref_dash(text, at);
	if (!size)
		return 0;
	size_t end = skip_loose(text, at + size);
	*loose = *loose || end > at + size;
	return end - i;
}

size_t
ref_number(struct str text, size_t i, unsigned *number)
{
	size_t end = i;
	*number = 0;
	while (end < text.size && end < i + 3 && ref_is_digit(text.data[end]))
		*number = *number * 10 + (unsigned)(text.data[end++] - '0');
	return end - i <= 2 ? end - i : 0;
}

/* Bytes of the last mark of TEXT if it is a blank, separator, dash or decoration; brackets are left to trim_brackets. */
static size_t
trailing_mark(struct str text)
{
	static const char *const joining[] = {"and", "or", "und", "oder", "see", "et", NULL};
	for (size_t size = 1; size <= 6 && size <= text.size; size++) {
		size_t i = text.size - size;
		char c = text.data[i];
		bool bracket = size == 1 && c == ')';
		bool mark = ref_blank(text, i) == size || ref_separator(text, i) == size || ref_dash(text, i) == size ||
		            (ref_decoration(text, i) == size && !bracket) ||
		            (size == 1 && (c == ':' || c == '&' || c == '/' || c == '+'));
		bool alone = i == 0 || !ref_is_alphanumeric(text.data[i - 1]);
		if (mark || (alone && ref_one_of(text, i, joining) == size))
			return size;
	}
	return 0;
}

static size_t
leading_mark(struct str text)
{
	size_t size = ref_blank(text, 0);
	if (!size)
		size = ref_separator(text, 0);
	if (!size)
		size = ref_dash(text, 0);
	if (!size && text.size && text.data[0] != '(')
		size = ref_decoration(text, 0);
	if (!size && text.size && (text.data[0] == ':' || text.data[0] == '.' || text.data[0] == '/'))
		size = 1;
	return size;
}

/* Takes off one pair of brackets around TEXT, and a bracket that has no partner. */
static struct str
trim_brackets(struct str text)
{
	size_t opened = 0, closed = 0;
	for (size_t i = 0; i < text.size; i++) {
		opened += text.data[i] == '(';
		closed += text.data[i] == ')';
	}
	bool starts = text.size && text.data[0] == '(', ends = text.size && text.data[text.size - 1] == ')';
	if ((starts && ends && opened == 1 && closed == 1) || (starts && opened > closed))
		text = str_from_index(text, 1);
	if ((starts && ends && opened == 1 && closed == 1) || (ends && closed > opened))
		text = str_slice(text, 0, text.size - 1);
	return text;
}

struct str
ref_trim(struct str text)
{
	for (int round = 0; round < 2; round++) {
		for (size_t size; (size = leading_mark(text)) > 0;)
			text = str_from_index(text, size);
		for (size_t size; (size = trailing_mark(text)) > 0;)
			text = str_slice(text, 0, text.size - size);
		if (round == 0)
			text = trim_brackets(text);
	}
	return text;
}
