#include "text/gfm_autolink.h"

#include <string.h>

#include "base/utf8.h"

enum { HOST_MAX = 255 };

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alphanumeric(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

/* End of the host name that starts at FROM, or FROM when it is none: an underscore may not stand in the
 * last two labels, and DOTTED asks for a dot. What is longer than HOST_MAX is no host name. */
static size_t
host_end(struct str word, size_t from, bool dotted)
{
	size_t dots = 0, underscores = 0, underscores_before = 0, i = from;
	while (i < word.size) {
		size_t next = i;
		if (i - from > HOST_MAX)
			return from;
		if (is_alphanumeric(word.data[i])) {
			i++;
			continue;
		}
		int32_t c = utf8_next(word, &next);
		if (c == '.') {
			dots++;
			underscores_before = underscores;
			underscores = 0;
		} else if (c == '_') {
			underscores++;
		} else if (c != '-' && (c < 0 || utf8_is_space(c) || utf8_is_punctuation(c))) {
			break;
		}
		i = next;
	}
	if ((underscores || underscores_before) && dots <= 10)
		return from;
	return dotted && !dots ? from : i;
}

static size_t
count_char(struct str word, size_t from, size_t to, char c)
{
	size_t count = 0;
	for (size_t i = from; i < to; i++)
		count += word.data[i] == c;
	return count;
}

/* TO, moved before a trailing "&name;", or before the ';' alone. */
static size_t
without_entity(struct str word, size_t from, size_t to)
{
	size_t i = to - 1;
	while (i > from && is_letter(word.data[i - 1]))
		i--;
	return i < to - 1 && i > from && word.data[i - 1] == '&' ? i - 1 : to - 1;
}

/* The URL's end: at '<', and before trailing punctuation and closing brackets without their opening ones. */
static size_t
url_end(struct str word, size_t from)
{
	size_t to = from;
	while (to < word.size && word.data[to] != '<')
		to++;
	size_t opening = count_char(word, from, to, '('), closing = count_char(word, from, to, ')');
	while (to > from) {
		char last = word.data[to - 1];
		if (last == ')' && closing > opening) {
			closing--;
			to--;
		} else if (strchr("?!.,:*_~'\"", last)) {
			to--;
		} else if (last == ';') {
			to = without_entity(word, from, to);
		} else {
			break;
		}
	}
	return to;
}

static size_t
scheme_size(struct str word, size_t at)
{
	static const char *const schemes[] = {"http://", "https://", "ftp://"};
	for (size_t i = 0; i < 3; i++) {
		struct str scheme = str_from(schemes[i]);
		if (str_equal_ignore_case(str_slice(word, at, at + scheme.size), scheme))
			return scheme.size;
	}
	return 0;
}

bool
gfm_url_at(struct str word, size_t at, char before, struct autolink *link)
{
	size_t scheme = 0;
	bool dotted = str_starts_with(str_from_index(word, at), STR("www."));
	if (dotted) {
		if (!strchr("*_~( \t\r\n\v\f", before))
			return false;
	} else {
		scheme = is_letter(before) ? 0 : scheme_size(word, at);
		if (!scheme)
			return false;
	}
	size_t host = host_end(word, at + scheme, dotted);
	if (host == at + scheme)
		return false;
	*link = (struct autolink){at, url_end(word, at), dotted ? "http://" : ""};
	return link->to > at + scheme;
}

static bool
is_mail_name(char c)
{
	return is_alphanumeric(c) || c == '.' || c == '+' || c == '-' || c == '_';
}

/* End of the mail host that starts at FROM, behind the '@'; FROM when it is none. */
static size_t
mail_host_end(struct str word, size_t from)
{
	size_t i = from, dots = 0;
	for (; i < word.size; i++) {
		char c = word.data[i];
		if (c == '.' && i + 1 < word.size && is_alphanumeric(word.data[i + 1]))
			dots++;
		else if (!is_alphanumeric(c) && c != '-' && c != '_')
			break;
	}
	if (i < word.size && word.data[i] == '@')
		return from;
	return dots && is_letter(word.data[i - 1]) ? i : from;
}

static size_t
mail_start(struct str word, size_t from, size_t at, const char **prefix)
{
	size_t start = at;
	while (start > from && is_mail_name(word.data[start - 1]))
		start--;
	struct str mailto = STR("mailto:");
	*prefix = "mailto:";
	if (start < at && start >= from + mailto.size &&
	    str_equal(str_slice(word, start - mailto.size, start), mailto)) {
		*prefix = "";
		start -= mailto.size;
	}
	return start;
}

bool
gfm_email_next(struct str word, size_t from, struct autolink *link)
{
	for (size_t at; (at = str_find_char(word, '@', from)) != STR_NONE; from = at + 1) {
		const char *prefix;
		size_t start = mail_start(word, from, at, &prefix);
		size_t end = mail_host_end(word, at + 1);
		if (start == at || end == at + 1)
			continue;
		*link = (struct autolink){start, end, prefix};
		return true;
	}
	return false;
}
