#include "catalogue/control_id.h"

#include "catalogue/ref_text.h"

enum { OWN_ID_MAX = 64 };

/* What stands between the letter and the numbers. */
enum letter_mark { MARK_NONE, MARK_DOT, MARK_HYPHEN, MARK_BLANK };

static const char *const control_words[] = {"control", "controls", "ctrl", "controle", "ma\u00dfnahme", NULL};
static const char *const annex_words[] = {"annex", "annexe", "anhang", "anexo", NULL};

const struct catalogue *
catalogue_2022(void)
{
	return catalogue_find(STR("iso27001-2022"));
}

const struct catalogue *
catalogue_2013(void)
{
	return catalogue_find(STR("iso27001-2013"));
}

bool
catalogue_is_edition(const struct catalogue *catalogue)
{
	return catalogue == catalogue_2022() || catalogue == catalogue_2013();
}

/* Prefixes: each scan_ function gives the index behind what it read, or the one it was given. */

static const struct catalogue *
catalogue_of_number(const struct control_scope *scope, struct str number, struct str year)
{
	if (str_equal(number, STR("27017")))
		return catalogue_find(STR("iso27017"));
	if (str_equal(number, STR("27018")))
		return catalogue_find(STR("iso27018"));
	if (!str_equal(number, STR("27001")) && !str_equal(number, STR("27002")))
		return NULL;
	if (str_equal(year, STR("2013")))
		return catalogue_2013();
	if (year.size && !str_equal(year, STR("2022")))
		return NULL;
	return !year.size && catalogue_is_edition(scope->primary) ? scope->primary : catalogue_2022();
}

/* Exactly COUNT digits at I. */
static struct str
digits_at(struct str text, size_t i, size_t count)
{
	size_t end = i;
	while (end < text.size && end <= i + count && ref_is_digit(text.data[end]))
		end++;
	return end == i + count ? str_slice(text, i, end) : (struct str){0};
}

static size_t
scan_prefix_end(struct str text, size_t i)
{
	for (;;) {
		size_t size = ref_blank(text, i);
		if (!size)
			size = ref_dash(text, i);
		if (!size && i < text.size && (text.data[i] == ':' || text.data[i] == '/'))
			size = 1;
		if (!size)
			return i;
		i += size;
	}
}

/* `ISO/IEC 27001:2022 `, `iso27002:`. */
static size_t
scan_standard(const struct control_scope *scope, struct str text, size_t i, struct control_id *token)
{
	size_t at = i;
	if (!str_equal_ignore_case(str_slice(text, at, at + 3), STR("iso")))
		return i;
	at += 3;
	if (at < text.size && (text.data[at] == '/' || text.data[at] == '-' || text.data[at] == ' ') &&
	    str_equal_ignore_case(str_slice(text, at + 1, at + 4), STR("iec")))
		at += 4;
	at += ref_blank(text, at);
	at += ref_hyphen(text, at);
	struct str number = digits_at(text, at, 5), year = {0};
	if (!number.size)
		return i;
	at += number.size;
	if (at < text.size && (text.data[at] == ':' || ref_blank(text, at) || ref_hyphen(text, at))) {
		size_t mark = text.data[at] == ':' ? 1 : ref_blank(text, at) + ref_hyphen(text, at);
		year = digits_at(text, at + mark, 4);
		at += year.size ? mark + year.size : 0;
	}
	size_t end = scan_prefix_end(text, at);
	if (end == at)
		return i;
	token->catalogue = catalogue_of_number(scope, number, year);
	if (!token->catalogue)
		token->foreign = str_slice(text, i, at);
	return end;
}

/* NAME and a colon. */
static size_t
scan_name(struct str text, size_t i, struct str name)
{
	size_t end = i + name.size;
	if (!str_equal_ignore_case(str_slice(text, i, end), name) || end >= text.size || text.data[end] != ':')
		return i;
	return ref_skip_blanks(text, end + 1);
}

static size_t
scan_prefix(const struct control_scope *scope, struct str text, size_t i, struct control_id *token)
{
	size_t count, end = i;
	const struct catalogue *all = catalogue_all(&count);
	for (size_t k = 0; k <= scope->other_count + count && end == i; k++) {
		const struct catalogue *candidate = k == 0                    ? scope->primary
		                                    : k <= scope->other_count ? scope->others[k - 1]
		                                                              : &all[k - 1 - scope->other_count];
		end = scan_name(text, i, candidate->name);
		token->catalogue = end > i ? candidate : NULL;
	}
	return end > i ? end : scan_standard(scope, text, i, token);
}

/* Numbers. */

/* Bytes of a further level: a number with its dot or hyphen. */
static size_t
next_level(struct str text, size_t i, bool hyphens, unsigned *number)
{
	size_t mark = hyphens ? ref_hyphen(text, i) : (size_t)(i < text.size && text.data[i] == '.');
	size_t size = mark ? ref_number(text, i + mark, number) : 0;
	return size ? mark + size : 0;
}

/* Nothing that would make the id a longer one: no letter, digit or `_`, and no dot with one behind it. */
static bool
ends_here(struct str text, size_t i)
{
	if (i >= text.size)
		return true;
	if (ref_is_alphanumeric(text.data[i]) || text.data[i] == '_')
		return false;
	return text.data[i] != '.' || i + 1 >= text.size || !ref_is_alphanumeric(text.data[i + 1]);
}

/* One to three numbers; false when there is none, one is 0, or the id goes on. */
static bool
scan_numbers(struct str text, size_t *i, bool hyphens, struct control_id *token)
{
	size_t size = ref_number(text, *i, &token->numbers[0]), at = *i + size;
	if (!size)
		return false;
	token->levels = 1;
	while (token->levels < CONTROL_LEVELS_MAX && (size = next_level(text, at, hyphens, &token->numbers[token->levels])) > 0) {
		token->levels++;
		at += size;
	}
	for (size_t k = 0; k < token->levels; k++)
		if (!token->numbers[k])
			return false;
	unsigned fourth;
	if (!ends_here(text, at) || next_level(text, at, hyphens, &fourth))
		return false;
	*i = at;
	return true;
}

/* `Control `, `Controls: ` before an id. */
static size_t
scan_control_word(struct str text, size_t i)
{
	size_t size = ref_one_of(text, i, control_words), at = i + size;
	if (!size)
		return i;
	at += at < text.size && text.data[at] == ':';
	return ref_skip_blanks(text, at);
}

/* The mark behind the letter. */
static enum letter_mark
scan_letter_mark(struct str text, size_t *i)
{
	size_t size = ref_hyphen(text, *i), start = *i;
	if (size) {
		*i += size;
		return MARK_HYPHEN;
	}
	bool dot = *i < text.size && text.data[*i] == '.';
	*i = ref_skip_blanks(text, *i + dot);
	if (*i > start + dot)
		return MARK_BLANK;
	return dot ? MARK_DOT : MARK_NONE;
}

/* False for what only looks like an id: `A5` (a sheet of paper), `a 5.1`, `A-5`. */
static bool
is_plausible(const struct control_id *token, enum letter_mark mark, bool annex, bool start)
{
	if (token->levels == 1)
		return token->is_capital && (mark == MARK_DOT || (mark == MARK_BLANK && annex));
	if (token->is_cloud && token->levels < 2)
		return false;
	return token->is_capital || mark != MARK_BLANK || start;
}

/* `A.5.15`, `A 5.15`, `a-5-15`, `CLD.6.3.1`. */
static bool
scan_lettered(struct str text, size_t i, bool annex, bool start, struct control_id *token)
{
	if (i >= text.size)
		return false;
	token->is_cloud = str_equal_ignore_case(str_slice(text, i, i + 3), STR("cld"));
	if (!token->is_cloud && text.data[i] != 'A' && text.data[i] != 'a')
		return false;
	token->is_letters = true;
	token->is_capital = text.data[i] < 'a';
	i += token->is_cloud ? 3 : 1;
	enum letter_mark mark = scan_letter_mark(text, &i);
	if (mark == MARK_BLANK && annex)
		i = scan_control_word(text, i);
	token->is_dotless = mark == MARK_NONE;
	if (!scan_numbers(text, &i, mark == MARK_HYPHEN, token) || !is_plausible(token, mark, annex, start))
		return false;
	token->to = i;
	return true;
}

/* `5.15`, where something says that it is a control. */
static bool
scan_bare(struct str text, size_t i, struct control_id *token)
{
	if (!scan_numbers(text, &i, false, token) || token->levels < 2)
		return false;
	token->to = i;
	return true;
}

/* Where the id itself begins behind the word "annex": at the letter (`Annex A.5.15`, `Annex A 5.15`), or behind
 * it when an id of its own follows (`Annex A controls A.5.15`, `Annex A: 5.15`). */
static size_t
scan_annex(struct str text, size_t i, bool *annex)
{
	size_t size = ref_one_of(text, i, annex_words);
	if (!size)
		return i;
	size_t at = ref_skip_blanks(text, i + size);
	at += ref_hyphen(text, at);
	*annex = true;
	if (!ref_word(text, at, "a"))
		return at;
	size_t behind = at + 1;
	while (behind < text.size && (text.data[behind] == ':' || text.data[behind] == ','))
		behind++;
	size_t mark = behind;
	behind = ref_skip_blanks(text, behind);
	size_t word = scan_control_word(text, behind);
	char next = word < text.size ? text.data[word] : '\0';
	bool another = next == 'A' || next == 'a' || (mark > at + 1 && ref_is_digit(next));
	return another ? word : at;
}

struct str
control_id_run(struct str text, size_t i)
{
	size_t end = i;
	while (end < text.size && end < i + OWN_ID_MAX &&
	       (ref_is_alphanumeric(text.data[end]) || text.data[end] == '.' || text.data[end] == '_' || text.data[end] == '-'))
		end++;
	while (end > i && !ref_is_alphanumeric(text.data[end - 1]))
		end--;
	return str_slice(text, i, end);
}

/* An id of the site's own CATALOGUE, by its very bytes. */
static bool
scan_own(const struct catalogue *catalogue, struct str text, size_t i, struct control_id *token)
{
	struct str run = catalogue->built_in ? (struct str){0} : control_id_run(text, i);
	const struct control *control = run.size ? catalogue_control(catalogue, run) : NULL;
	if (!control)
		return false;
	token->own = control;
	token->is_own = true;
	token->to = i + run.size;
	token->is_letters = true;
	token->is_capital = true;
	return true;
}

/* An id that a prefix for an own catalogue announces: known or not. */
static bool
scan_announced(const struct catalogue *catalogue, struct str text, size_t i, struct control_id *token)
{
	if (scan_own(catalogue, text, i, token))
		return true;
	struct str run = control_id_run(text, i);
	token->is_own = true;
	token->is_letters = token->is_capital = true;
	token->to = i + run.size;
	return run.size > 0;
}

bool
control_id_scan(const struct control_scope *scope, struct str text, size_t i, unsigned flags, bool start, struct control_id *token)
{
	*token = (struct control_id){.from = i};
	if (scan_own(scope->primary, text, i, token))
		return true;
	size_t at = scan_prefix(scope, text, i, token);
	bool named = token->catalogue != NULL, annex = false;
	if (named && !token->catalogue->built_in)
		return scan_announced(token->catalogue, text, at, token);
	size_t words = scan_annex(text, start || at > i ? scan_control_word(text, at) : at, &annex);
	/* Behind "ISO 27001" a bare number may be a clause; behind the other standards it is a control. */
	bool other_standard = named && (!catalogue_is_edition(token->catalogue) || str_contains(str_slice(text, i, at), STR("27002")));
	bool bare = (flags & CONTROL_REF_BARE && start) || words > at || other_standard;
	if (scan_lettered(text, words, annex, start || at > i, token) ||
	    (bare && (start || named || annex) && scan_bare(text, words, token)))
		return true;
	for (size_t k = 0; k < scope->other_count; k++)
		if (scan_own(scope->others[k], text, i, token))
			return true;
	return false;
}

bool
control_id_scan_short(struct str text, size_t i, const struct control_id *first, struct control_id *token)
{
	*token = *first;
	token->from = i;
	size_t size = ref_number(text, i, &token->numbers[first->levels - 1]);
	if (first->is_own || !size || !token->numbers[first->levels - 1] || !ends_here(text, i + size))
		return false;
	token->to = i + size;
	return true;
}
