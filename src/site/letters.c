#include "site/letters.h"

#include "base/utf8.h"

#define DIGITS "0-9"
#define OTHERS "other"

enum { ALPHABETS_END = 0x590 }; /* Latin, Greek, Cyrillic, Armenian stand before */

struct str
letter_of(struct arena *arena, struct str text)
{
	struct str folded = utf8_fold(arena, text);
	for (size_t i = 0; i < folded.size;) {
		size_t start = i;
		int32_t c = utf8_next(folded, &i);
		if (c >= '0' && c <= '9')
			return STR(DIGITS);
		if (c > 0 && c != '_' && utf8_is_word(c))
			return c < ALPHABETS_END ? str_slice(folded, start, i) : STR(OTHERS);
	}
	return STR(OTHERS);
}

struct str
letter_title(struct arena *arena, struct str letter)
{
	if (str_equal(letter, STR(DIGITS)))
		return STR("0\xE2\x80\x93" "9");
	return str_equal(letter, STR(OTHERS)) ? STR("\xE2\x80\xA6") : utf8_upper(arena, letter);
}

int
letter_compare(struct str one, struct str other)
{
	bool one_is_other = str_equal(one, STR(OTHERS)), other_is_other = str_equal(other, STR(OTHERS));
	if (one_is_other != other_is_other)
		return one_is_other ? 1 : -1;
	return str_compare(one, other);
}
