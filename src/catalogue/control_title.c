#include "catalogue/control_title.h"

#include "catalogue/ref_text.h"

enum { WORD_MAX = 48, TITLE_MAX = 512, TITLE_WORDS_MAX = 64 };

struct word {
	char letters[WORD_MAX]; /* lower case, cut at WORD_MAX */
	size_t size;
};

static bool
is_word_byte(char c)
{
	return ref_is_alphanumeric(c) || (unsigned char)c >= 0x80;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* The next word at or behind *I in lower case, `&` as "and"; false at the end. Marks that are no letters, dashes of
 * Unicode among them, part words. */
static bool
next_word(struct str text, size_t *i, struct word *word)
{
	word->size = 0;
	for (; *i < text.size; ++*i) {
		size_t mark = ref_dash(text, *i) + ref_blank(text, *i);
		if (!mark && is_word_byte(text.data[*i])) {
			if (word->size < WORD_MAX)
				word->letters[word->size++] = lower(text.data[*i]);
		} else if (word->size) {
			return true;
		} else if (text.data[*i] == '&' && !mark) {
			*word = (struct word){.letters = "and", .size = 3};
			++*i;
			return true;
		} else if (mark) {
			*i += mark - 1;
		}
	}
	return word->size > 0;
}

static struct str
word_str(const struct word *word)
{
	return (struct str){word->letters, word->size};
}

/* The same words in the same order. */
static bool
same_words(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	struct word x, y;
	for (;;) {
		bool more = next_word(a, &i, &x);
		if (more != next_word(b, &j, &y))
			return false;
		if (!more)
			return true;
		if (!str_equal(word_str(&x), word_str(&y)))
			return false;
	}
}

/* The next letter or digit, with z as s (-ize, -ise); 0 at the end. */
static char
next_letter(struct str text, size_t *i)
{
	while (*i < text.size && (!is_word_byte(text.data[*i]) || ref_dash(text, *i)))
		*i += ref_dash(text, *i) ? ref_dash(text, *i) : 1;
	if (*i >= text.size)
		return '\0';
	char c = lower(text.data[(*i)++]);
	return c == 'z' ? 's' : c;
}

/* The same but for blanks and spelling: "end point" and "endpoint", -isation and -ization. */
static bool
same_letters(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	char c;
	do {
		c = next_letter(a, &i);
		if (c != next_letter(b, &j))
			return false;
	} while (c);
	return true;
}

static bool
is_title_of(const struct control *control, struct str text)
{
	return same_letters(control->title, text) || (control->title_27002.size && same_letters(control->title_27002, text));
}

const struct control *
control_find_title(const struct catalogue *catalogue, struct str text)
{
	size_t i = 0;
	if (!next_letter(text, &i))
		return NULL;
	for (size_t k = 0; k < catalogue->control_count; k++)
		if (is_title_of(&catalogue->controls[k], text))
			return &catalogue->controls[k];
	return NULL;
}

/* The control that TEXT is the title of, or into which one with this title went. */
static const struct control *
title_owner(const struct catalogue *catalogue, struct str text)
{
	const struct control *owner = control_find_title(catalogue, text);
	for (size_t i = 0; i < catalogue->control_count && !owner; i++) {
		const struct control *control = &catalogue->controls[i];
		for (size_t k = 0; k < control->replaces.count && !owner; k++)
			owner = is_title_of(control->replaces.items[k], text) ? control : NULL;
	}
	return owner;
}

/* Words that nearly every title has, or that carry nothing: sharing one says nothing. */
static bool
is_weak(struct str word)
{
	static const struct {
		const char *letters;
	} weak[] = {
		{"a"}, {"and"}, {"against"}, {"an"}, {"as"}, {"at"}, {"by"}, {"control"}, {"controls"}, {"during"}, {"for"},
		{"from"}, {"in"}, {"information"}, {"its"}, {"manage"}, {"management"}, {"managing"}, {"of"}, {"on"}, {"or"},
		{"other"}, {"secure"}, {"securing"}, {"security"}, {"the"}, {"to"}, {"use"}, {"with"}, {"within"},
	};
	for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
		if (str_equal(word, str_from(weak[i].letters)))
			return true;
	return false;
}

/* One word in two forms: they begin alike for all but a short ending ("vulnerability", "vulnerabilities"). */
static bool
are_akin(struct str a, struct str b)
{
	size_t shorter = a.size < b.size ? a.size : b.size, same = 0;
	while (same < shorter && a.data[same] == b.data[same])
		same++;
	if (same == a.size && same == b.size)
		return true;
	return same + 3 >= shorter && (same >= 5 || (same >= 4 && same + 1 >= shorter));
}

static size_t
significant_words(struct str text, struct word *words)
{
	size_t count = 0, i = 0;
	while (count < TITLE_WORDS_MAX && next_word(text, &i, &words[count]))
		count += !is_weak(word_str(&words[count]));
	return count;
}

static bool
share_a_word(struct str a, struct str b)
{
	struct word of_a[TITLE_WORDS_MAX], of_b[TITLE_WORDS_MAX];
	size_t count_a = significant_words(a, of_a), count_b = significant_words(b, of_b);
	for (size_t i = 0; i < count_a; i++)
		for (size_t k = 0; k < count_b; k++)
			if (are_akin(word_str(&of_a[i]), word_str(&of_b[k])))
				return true;
	return false;
}

enum title_match
control_title_match(const struct control *control, struct str text, const struct control **other)
{
	size_t i = 0;
	text = str_slice(text, 0, TITLE_MAX);
	if (!next_letter(text, &i) || same_words(control->title, text))
		return TITLE_SAME;
	if (is_title_of(control, text))
		return TITLE_VARIED;
	const struct control *owner = title_owner(control->catalogue, text);
	bool shared = share_a_word(control->title, text) ||
	              (control->title_27002.size && share_a_word(control->title_27002, text));
	/* A title of 2013 is no other control's while it still fits: "Access control policy" for A.5.15. */
	bool direct = owner && is_title_of(owner, text);
	if (owner && owner != control && (direct || !shared)) {
		if (other)
			*other = owner;
		return TITLE_OF_OTHER;
	}
	return shared || owner == control ? TITLE_VARIED : TITLE_UNRELATED;
}
