#include "model/value_words.h"

/* "yes" and "no" as registers write them. */
static const char *const yes_words[] = {
	"true", "yes", "y", "on", "1", "included", "include", "inc", "applicable", "applied", "required", "ja", "sim",
	"s\xC3\xAD", "si", "oui", "o", "\xE2\x9C\x85", "\xE2\x9C\x93", "\xE2\x9C\x94", "\xE2\x9C\x94\xEF\xB8\x8F",
	"\xE3\x81\xAF\xE3\x81\x84", "anwendbar", "effective",
};
static const char *const no_words[] = {
	"false", "no", "n", "off", "0", "excluded", "exclude", "exc", "not applicable", "not-applicable", "n/a", "na",
	"nein", "n\xC3\xA3o", "nao", "non", "\xE2\x9D\x8C", "\xE2\x9C\x97", "\xE2\x9C\x98", "\xE2\x9E\x96",
	"nicht anwendbar", "not effective", "not included",
};

static bool
is_one_of(struct str text, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_ignore_case(text, str_from(words[i])))
			return true;
	return false;
}

struct str
without_leading_symbol(struct str text)
{
	size_t blank = str_find_char(text, ' ', 0);
	if (blank == STR_NONE || blank == 0)
		return text;
	for (size_t i = 0; i < blank; i++)
		if ((unsigned char)text.data[i] < 0x80)
			return text;
	return str_trim(str_from_index(text, blank));
}

bool
bool_parse(struct str text, bool *value)
{
	struct str plain = without_leading_symbol(text);
	*value = is_one_of(plain, yes_words, sizeof yes_words / sizeof *yes_words);
	return *value || is_one_of(plain, no_words, sizeof no_words / sizeof *no_words);
}

bool
text_is_placeholder(struct str text)
{
	static const char *const words[] = {
		"tbd", "tbc", "tba", "todo", "to do", "to be defined", "to be determined", "to be confirmed", "n/a", "na",
		"\xE2\x80\xA6", "...", "\xE2\x80\x94", "\xE2\x80\x93", "-", "--", "---", "?", "??", "xxx", "see above",
		"siehe oben", "fixme", "placeholder", "unknown", "none yet", "pending",
	};
	text = str_trim(text);
	if (is_one_of(text, words, sizeof words / sizeof *words))
		return true;
	size_t last = text.size ? text.size - 1 : 0;
	if (text.size >= 2 && text.data[0] == '[' && text.data[last] == ']' && str_find_char(text, ']', 0) == last)
		return true;
	if (text.size >= 2 && text.data[0] == '<' && text.data[last] == '>' && str_find_char(text, '>', 0) == last)
		return true;
	if (str_starts_with(text, STR("{{")) && str_ends_with(text, STR("}}")))
		return true;
	size_t underscores = 0;
	while (underscores < text.size && text.data[underscores] == '_')
		underscores++;
	return underscores > 2 && underscores == text.size;
}

bool
text_has_template_marks(struct str text)
{
	return (str_contains(text, STR("{{")) && str_contains(text, STR("}}"))) ||
	       (str_contains(text, STR("<%")) && str_contains(text, STR("%>")));
}

bool
leading_number(struct str text, double *number)
{
	while (str_starts_with(text, STR("**")) && str_ends_with(text, STR("**")) && text.size > 4)
		text = str_trim(str_slice(text, 2, text.size - 2));
	size_t end = 0;
	while (end < text.size && text.data[end] != ' ' && text.data[end] != '(')
		end++;
	return str_to_number(str_slice(text, 0, end), number);
}
