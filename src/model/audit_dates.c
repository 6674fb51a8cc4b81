#include "model/audit_dates.h"

static const char *const separators[] = {
	"to", "until", "till", "through", "bis", "a", "à", "au", "al", "até", "hasta", "/", "...", "..", "…", "-", "--", "–", "—", "→",
};

static bool
separator_is_known(struct str word)
{
	for (size_t i = 0; i < sizeof separators / sizeof *separators; i++)
		if (str_equal_ignore_case(word, str_from(separators[i])))
			return true;
	return false;
}

/* The length of the run of digits and '-' between digits at the start of TEXT. */
static size_t
day_length(struct str text)
{
	size_t length = 0;
	while (length < text.size && ((text.data[length] >= '0' && text.data[length] <= '9') || text.data[length] == '-'))
		length++;
	while (length > 0 && text.data[length - 1] == '-')
		length--;
	return length;
}

/* Completes "14" or "04-02" by what stands before it in FIRST ("2025-03-10"). */
static enum date_result
last_day_parse(struct str first, struct str text, struct date *date)
{
	char whole[10];
	if (text.size != 10 && text.size != 5 && text.size != 2)
		return DATE_NOT_A_DATE;
	for (size_t i = 0; i < 10; i++)
		whole[i] = i < 10 - text.size ? first.data[i] : text.data[i - (10 - text.size)];
	return date_parse((struct str){whole, 10}, date);
}

static enum audit_dates_result
result_of(enum date_result result)
{
	return result == DATE_OK ? AUDIT_DATES_OK
	       : result == DATE_IMPOSSIBLE ? AUDIT_DATES_IMPOSSIBLE : AUDIT_DATES_UNREADABLE;
}

enum audit_dates_result
audit_dates_parse(struct str text, struct audit_dates *dates)
{
	text = str_trim(text);
	struct str first = str_slice(text, 0, text.size < 10 ? text.size : 10);
	struct audit_dates found;
	enum date_result result = date_parse(first, &found.first);
	if (result != DATE_OK)
		return result_of(result);
	struct str rest = str_trim(str_from_index(text, first.size));
	found.last = found.first;
	if (rest.size > 0) {
		size_t word = 0;
		while (word < rest.size && !(rest.data[word] >= '0' && rest.data[word] <= '9'))
			word++;
		struct str day = str_from_index(rest, word);
		if (!separator_is_known(str_trim(str_slice(rest, 0, word))) || day_length(day) != day.size)
			return AUDIT_DATES_UNREADABLE;
		result = last_day_parse(first, day, &found.last);
		if (result != DATE_OK)
			return result_of(result);
	}
	if (date_compare(found.last, found.first) < 0)
		return AUDIT_DATES_REVERSED;
	*dates = found;
	return AUDIT_DATES_OK;
}
