#include "catalogue/control_ref.h"

#include <string.h>

#include "catalogue/ref_text.h"

enum { LEVELS_MAX = 3, OWN_ID_MAX = 64, BRACKET_MAX = 200, BRACKET_DEPTH_MAX = 3, LINK_MAX = 2048 };

/* An id as it stands in a text, before anybody knows whether something has it. */
struct id_token {
	size_t from, to;                   /* with its prefix */
	const struct catalogue *catalogue; /* that a prefix names, else NULL */
	struct str foreign;                /* a prefix that names a standard without a catalogue here: `ISO 42001` */
	const struct control *own;         /* found in a site's own catalogue by its very bytes */
	bool is_own;                       /* not of a standard's shape; `own` may be NULL after a prefix */
	bool is_letters, is_capital;       /* has its `A` or `CLD`, as capitals */
	bool is_cloud;                     /* CLD */
	bool is_dotless;                   /* `A5.15` */
	unsigned numbers[LEVELS_MAX];
	size_t levels;
};

/* What stands between the letter and the numbers. */
enum letter_mark { MARK_NONE, MARK_DOT, MARK_HYPHEN, MARK_BLANK };

static const char *const control_words[] = {"control", "controls", "ctrl", "controle", "ma\u00dfnahme", NULL};
static const char *const annex_words[] = {"annex", "annexe", "anhang", "anexo", NULL};

static const struct catalogue *
edition_2022(void)
{
	return catalogue_find(STR("iso27001-2022"));
}

static const struct catalogue *
edition_2013(void)
{
	return catalogue_find(STR("iso27001-2013"));
}

static bool
is_edition(const struct catalogue *catalogue)
{
	return catalogue == edition_2022() || catalogue == edition_2013();
}

static bool
in_scope(const struct control_scope *scope, const struct catalogue *catalogue)
{
	bool found = scope->primary == catalogue;
	for (size_t i = 0; i < scope->other_count && !found; i++)
		found = scope->others[i] == catalogue;
	return found;
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
		return edition_2013();
	if (year.size && !str_equal(year, STR("2022")))
		return NULL;
	return !year.size && is_edition(scope->primary) ? scope->primary : edition_2022();
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
scan_standard(const struct control_scope *scope, struct str text, size_t i, struct id_token *token)
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
scan_prefix(const struct control_scope *scope, struct str text, size_t i, struct id_token *token)
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
scan_numbers(struct str text, size_t *i, bool hyphens, struct id_token *token)
{
	size_t size = ref_number(text, *i, &token->numbers[0]), at = *i + size;
	if (!size)
		return false;
	token->levels = 1;
	while (token->levels < LEVELS_MAX && (size = next_level(text, at, hyphens, &token->numbers[token->levels])) > 0) {
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
is_plausible(const struct id_token *token, enum letter_mark mark, bool annex, bool start)
{
	if (token->levels == 1)
		return token->is_capital && (mark == MARK_DOT || (mark == MARK_BLANK && annex));
	if (token->is_cloud && token->levels < 2)
		return false;
	return token->is_capital || mark != MARK_BLANK || start;
}

/* `A.5.15`, `A 5.15`, `a-5-15`, `CLD.6.3.1`. */
static bool
scan_lettered(struct str text, size_t i, bool annex, bool start, struct id_token *token)
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
scan_bare(struct str text, size_t i, struct id_token *token)
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

/* The longest run of id characters at I. */
static struct str
own_run(struct str text, size_t i)
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
scan_own(const struct catalogue *catalogue, struct str text, size_t i, struct id_token *token)
{
	struct str run = catalogue->built_in ? (struct str){0} : own_run(text, i);
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
scan_announced(const struct catalogue *catalogue, struct str text, size_t i, struct id_token *token)
{
	if (scan_own(catalogue, text, i, token))
		return true;
	struct str run = own_run(text, i);
	token->is_own = true;
	token->is_letters = token->is_capital = true;
	token->to = i + run.size;
	return run.size > 0;
}

/* An id at I, where a word begins. START: nothing but marks is before it in its part of the text, so that
 * forms which prose would hold by chance count. */
static bool
scan_id(const struct control_scope *scope, struct str text, size_t i, unsigned flags, bool start, struct id_token *token)
{
	*token = (struct id_token){.from = i};
	if (scan_own(scope->primary, text, i, token))
		return true;
	size_t at = scan_prefix(scope, text, i, token);
	bool named = token->catalogue != NULL, annex = false;
	if (named && !token->catalogue->built_in)
		return scan_announced(token->catalogue, text, at, token);
	size_t words = scan_annex(text, start || at > i ? scan_control_word(text, at) : at, &annex);
	/* Behind "ISO 27001" a bare number may be a clause; behind the other standards it is a control. */
	bool other_standard = named && (!is_edition(token->catalogue) || str_contains(str_slice(text, i, at), STR("27002")));
	bool bare = (flags & CONTROL_REF_BARE && start) || words > at || other_standard;
	if (scan_lettered(text, words, annex, start || at > i, token) ||
	    (bare && (start || named || annex) && scan_bare(text, words, token)))
		return true;
	for (size_t k = 0; k < scope->other_count; k++)
		if (scan_own(scope->others[k], text, i, token))
			return true;
	return false;
}

/* What an id is. */

/* Controls of ISO/IEC 27001:2005 by objective: a digit for each objective of A.5 to A.15. */
static const char *const controls_2005[] = {"2", "83", "32", "333", "67", "4322124536", "1437622", "142351", "23", "5", "622"};

/* How many controls objective A.DOMAIN.OBJECTIVE of 2005 had, 0 when it had no such objective. */
static unsigned
count_of_2005(unsigned domain, unsigned objective)
{
	if (domain < 5 || domain > 15)
		return 0;
	struct str counts = str_from(controls_2005[domain - 5]);
	return objective <= counts.size ? (unsigned)(counts.data[objective - 1] - '0') : 0;
}

static bool
is_of_2005(const struct id_token *token)
{
	if (token->is_cloud || token->levels < 2)
		return false;
	unsigned count = count_of_2005(token->numbers[0], token->numbers[1]);
	return count > 0 && (token->levels == 2 || token->numbers[2] <= count);
}

static struct str
canonical_id(struct arena *arena, const struct id_token *token)
{
	const char *letters = token->is_cloud ? "CLD" : "A";
	const unsigned *n = token->numbers;
	if (token->levels == 1)
		return str_printf(arena, "%s.%u", letters, n[0]);
	if (token->levels == 2)
		return str_printf(arena, "%s.%u.%u", letters, n[0], n[1]);
	return str_printf(arena, "%s.%u.%u.%u", letters, n[0], n[1], n[2]);
}

static bool
look_up(struct control_ref *ref, const struct catalogue *catalogue)
{
	const struct control *control = catalogue_control(catalogue, ref->id);
	const struct theme *theme = control ? NULL : catalogue_theme(catalogue, ref->id);
	if (!control && !theme)
		return false;
	ref->kind = control ? CONTROL_REF_CONTROL : CONTROL_REF_THEME;
	ref->control = control;
	ref->theme = theme;
	ref->count = 1;
	ref->id = control ? control->id : theme->id;
	ref->standard = catalogue->standard;
	return true;
}

/* The catalogues in which an id without a prefix may be found, in turn; false at the end. */
static bool
nth_catalogue(const struct control_scope *scope, const struct id_token *token, size_t n, const struct catalogue **catalogue)
{
	bool others = token->is_cloud || !scope->primary->built_in;
	*catalogue = NULL;
	if (n == 0)
		*catalogue = token->catalogue ? token->catalogue : scope->primary;
	else if (!token->catalogue && others && n <= scope->other_count)
		*catalogue = scope->others[n - 1];
	else if (!token->catalogue && token->is_cloud && n == scope->other_count + 1)
		*catalogue = catalogue_find(STR("iso27017"));
	return *catalogue != NULL;
}

/* The id in an edition of ISO/IEC 27001 that the site does not use. */
static bool
look_up_elsewhere(struct control_ref *ref, const struct control_scope *scope, const struct catalogue *edition)
{
	if (!look_up(ref, edition))
		return false;
	if (in_scope(scope, edition))
		return true;
	ref->kind = ref->control ? CONTROL_REF_OTHER_EDITION : CONTROL_REF_NOT_CONTROL;
	return true;
}

static void
resolve_editions(struct control_ref *ref, const struct control_scope *scope, const struct id_token *token)
{
	const struct catalogue *named = token->catalogue ? token->catalogue : scope->primary;
	if (!is_edition(named) || token->is_cloud)
		return;
	if (look_up_elsewhere(ref, scope, named == edition_2022() ? edition_2013() : edition_2022()))
		return;
	if (is_of_2005(token)) {
		ref->kind = token->levels == 2 ? CONTROL_REF_NOT_CONTROL : CONTROL_REF_UNKNOWN;
		ref->standard = STR("ISO/IEC 27001:2005");
	}
}

static struct control_ref
resolve(struct arena *arena, const struct control_scope *scope, struct str text, const struct id_token *token)
{
	struct control_ref ref = {.kind = CONTROL_REF_UNKNOWN, .from = token->from, .to = token->to};
	ref.id = str_slice(text, token->from, token->to);
	if (token->is_own) {
		if (token->own) {
			ref.id = token->own->id;
			look_up(&ref, token->own->catalogue);
		}
		return ref;
	}
	if (token->foreign.size) {
		ref.kind = CONTROL_REF_NOT_CONTROL;
		ref.standard = token->foreign;
		return ref;
	}
	bool exact = token->is_dotless && !token->catalogue && !token->is_cloud;
	if (exact && token->numbers[0] == 1 && token->levels == 2) {
		ref.kind = CONTROL_REF_NOT_CONTROL;
		ref.standard = STR("SOC 2");
		return ref;
	}
	ref.id = canonical_id(arena, token);
	const struct catalogue *catalogue;
	for (size_t n = 0; nth_catalogue(scope, token, n, &catalogue); n++) {
		bool foreign_edition = is_edition(catalogue) && is_edition(scope->primary) && !in_scope(scope, catalogue);
		if (foreign_edition ? look_up_elsewhere(&ref, scope, catalogue) : look_up(&ref, catalogue))
			return ref;
	}
	resolve_editions(&ref, scope, token);
	return ref;
}

/* Lists. */

#define NO_REF SIZE_MAX

struct parser {
	struct arena *arena;
	const struct control_scope *scope;
	struct str text;
	unsigned flags;
	control_refs refs;
	size_t i;
	size_t gap;  /* start of the text that belongs to nothing yet */
	size_t last; /* index of the reference that this text is the title of, or NO_REF */
	bool fresh;  /* only marks stand between the last id or separator and I */
};

/* Whether what stands before I lets a word begin there. In the middle of a text `/`, `#`, `=` and `:` do not: that is an address. */
static bool
word_begins(const struct parser *p)
{
	if (p->i == 0 || p->fresh)
		return true;
	char before = p->text.data[p->i - 1];
	if (ref_is_alphanumeric(before) || before == '_' || before == '.' || before == '-' || before == '/' ||
	    before == '#' || before == '=' || before == ':')
		return false;
	return true;
}

/* Ids of other frameworks, so that the message can name them. */
static struct str
standard_of_foreign(struct str id)
{
	if (id.size >= 5 && str_starts_with(id, STR("CC")) && ref_is_digit(id.data[2]) && id.data[3] == '.')
		return STR("SOC 2");
	size_t dash = str_find_char(id, '-', 0);
	bool csf = dash == 5 && id.data[2] == '.' && dash + 1 < id.size && ref_is_digit(id.data[dash + 1]);
	return csf ? STR("NIST CSF") : (struct str){0};
}

static void
push_other(struct parser *p, struct str part)
{
	struct control_ref ref = {.kind = CONTROL_REF_NOT_CONTROL, .id = part, .standard = standard_of_foreign(part)};
	ref.from = (size_t)(part.data - p->text.data);
	ref.to = ref.from + part.size;
	vec_push(p->arena, &p->refs, ref);
}

/* Words that lead to an id and say nothing themselves. */
static bool
is_filler(struct str part)
{
	static const char *const words[] = {"see", "see also", "see control", "cf", "and", "or", "und", "ref", "control", "controls", NULL};
	size_t size = ref_one_of(part, 0, words);
	return size && size == part.size;
}

/* `(see A.5.18)`: brackets around a text with an id in it are a remark, no title. */
static bool
is_remark(const struct parser *p, struct str raw)
{
	struct str text = str_trim(raw);
	if (text.size < 2 || text.size > BRACKET_MAX || text.data[0] != '(' || text.data[text.size - 1] != ')')
		return false;
	struct id_token token;
	for (size_t i = 1; i < text.size; i++)
		if (!ref_is_alphanumeric(text.data[i - 1]) && scan_id(p->scope, text, i, 0, false, &token))
			return true;
	return false;
}

/* Gives the text from the gap to END to the reference before it, or makes it one of its own. When an id
 * follows that brackets or a colon tie to the text, the text is returned as its title. */
static struct str
close_gap(struct parser *p, size_t end, bool before_id)
{
	struct str raw = str_slice(p->text, p->gap, end), part = ref_trim(raw);
	size_t last = p->last;
	p->gap = end;
	p->last = NO_REF;
	if (!part.size)
		return part;
	if (last != NO_REF) {
		if (!is_remark(p, raw))
			p->refs.items[last].title = part;
		return (struct str){0};
	}
	struct str tail = str_trim(raw);
	bool tied = before_id && tail.size && (tail.data[tail.size - 1] == '(' || tail.data[tail.size - 1] == '[' ||
	                                       tail.data[tail.size - 1] == ':' || tail.data[tail.size - 1] == '-' ||
	                                       str_ends_with(tail, STR("\u2013")) || str_ends_with(tail, STR("\u2014")));
	if (!tied && !is_filler(part))
		push_other(p, part);
	return tied ? part : (struct str){0};
}

/* The short end of `A.5.19-23`: TOKEN becomes FIRST with another last number. */
static bool
scan_short_end(struct str text, size_t i, const struct id_token *first, struct id_token *token)
{
	*token = *first;
	token->from = i;
	size_t size = ref_number(text, i, &token->numbers[first->levels - 1]);
	if (first->is_own || !size || !token->numbers[first->levels - 1] || !ends_here(text, i + size))
		return false;
	token->to = i + size;
	return true;
}

/* Nothing but marks up to the next separator or the end: `A.5.1 - 5 of them` is no range. */
static bool
part_ends(struct str text, size_t i)
{
	for (size_t size = 1; size; i += size) {
		size = ref_blank(text, i);
		if (!size)
			size = ref_decoration(text, i);
	}
	return i >= text.size || ref_separator(text, i) || text.data[i] == '.' || text.data[i] == ':';
}

static bool
scan_range_end(struct parser *p, const struct id_token *first, struct id_token *last)
{
	bool loose;
	size_t mark = ref_range_mark(p->text, first->to, &loose), at = first->to + mark;
	if (!mark)
		return false;
	if (scan_id(p->scope, p->text, at, p->flags | CONTROL_REF_BARE, true, last)) {
		bool lettered = last->is_letters || last->catalogue;
		if (!last->catalogue)
			last->catalogue = first->catalogue;
		if (!lettered)
			last->is_cloud = first->is_cloud;
		return lettered || !loose || part_ends(p->text, last->to) || p->flags & CONTROL_REF_BARE;
	}
	return scan_short_end(p->text, at, first, last) && (!loose || part_ends(p->text, last->to));
}

/* FIRST and LAST as one reference, when they exist and are of one kind and catalogue; else false. */
static bool
join_ends(struct control_ref *first, const struct control_ref *last)
{
	bool controls = first->control && last->control, themes = first->theme && last->theme;
	if (first->kind != last->kind || first->kind > CONTROL_REF_OTHER_EDITION || (!controls && !themes))
		return false;
	bool same = controls ? first->control->catalogue == last->control->catalogue : str_equal(first->standard, last->standard);
	first->is_range = true;
	first->to = last->to;
	if (same && controls && first->control <= last->control)
		first->count = (size_t)(last->control - first->control) + 1;
	else if (same && themes && first->theme <= last->theme)
		first->count = (size_t)(last->theme - first->theme) + 1;
	else
		first->kind = CONTROL_REF_BAD_RANGE;
	return true;
}

/* Behind the `](address)` of a link around the id: an address holds no ids. */
static size_t
skip_link(struct str text, size_t i)
{
	size_t at = i;
	while (at < text.size && (text.data[at] == '*' || text.data[at] == '`'))
		at++;
	if (at + 1 >= text.size || text.data[at] != ']' || text.data[at + 1] != '(')
		return i;
	size_t end = str_find_char(str_slice(text, 0, at + LINK_MAX), ')', at);
	return end == STR_NONE ? i : end + 1;
}

static void
push_ids(struct parser *p, const struct id_token *token)
{
	struct id_token end;
	struct control_ref first = resolve(p->arena, p->scope, p->text, token);
	if (!scan_range_end(p, token, &end)) {
		vec_push(p->arena, &p->refs, first);
		p->i = token->to;
		return;
	}
	struct control_ref last = resolve(p->arena, p->scope, p->text, &end);
	bool joined = join_ends(&first, &last);
	first.is_range = last.is_range = true;
	vec_push(p->arena, &p->refs, first);
	if (!joined)
		vec_push(p->arena, &p->refs, last);
	p->i = end.to;
}

/* Takes the id at I, if there is one that may stand there. */
static bool
take_id(struct parser *p)
{
	struct id_token token;
	if (!scan_id(p->scope, p->text, p->i, p->flags, p->fresh, &token))
		return false;
	if (!p->fresh && !token.is_capital && !token.catalogue)
		return false;
	struct str title = close_gap(p, p->i, true);
	size_t index = p->refs.count;
	push_ids(p, &token);
	p->refs.items[index].title = title;
	p->i = skip_link(p->text, p->i);
	p->gap = p->i;
	p->last = p->refs.count - 1;
	p->fresh = true;
	return true;
}

/* A part that is one word with a capital and a digit (`CC6.1`, `CTL-7`): an id of something else, not part of a title. */
static bool
take_foreign_id(struct parser *p)
{
	struct str run = own_run(p->text, p->i);
	bool digit = false, capital = false;
	for (size_t i = 0; i < run.size; i++) {
		digit = digit || ref_is_digit(run.data[i]);
		capital = capital || (run.data[i] >= 'A' && run.data[i] <= 'Z');
	}
	size_t end = p->i + run.size;
	if (!digit || !capital || !part_ends(p->text, end))
		return false;
	close_gap(p, p->i, false);
	push_other(p, run);
	p->i = p->gap = end;
	return true;
}

/* A run of separators, blanks and brackets: a new part begins behind it when an id does, or when the part before has ended. */
static void
pass_separators(struct parser *p)
{
	size_t start = p->i, size;
	bool was_fresh = p->fresh;
	while ((size = ref_separator(p->text, p->i)) || (size = ref_blank(p->text, p->i)) ||
	       (size = ref_decoration(p->text, p->i)))
		p->i += size;
	p->fresh = true;
	if (was_fresh) { /* nothing but marks behind the last id: what follows is not its title */
		close_gap(p, start, false);
		p->gap = p->i;
		return;
	}
	struct id_token token;
	if (!scan_id(p->scope, p->text, p->i, p->flags, true, &token)) {
		p->fresh = take_foreign_id(p);
		return;
	}
	close_gap(p, start, false);
	p->gap = p->i;
}

/* Bytes of a bracketed remark at I behind an id and its title; the ids in it are not references. */
static size_t
remark(const struct parser *p)
{
	if (p->last == NO_REF || p->text.data[p->i] != '(')
		return 0;
	size_t depth = 0;
	for (size_t i = p->i; i < p->text.size && i < p->i + BRACKET_MAX; i++) {
		depth += p->text.data[i] == '(';
		depth -= p->text.data[i] == ')';
		if (!depth)
			return i + 1 - p->i;
		if (depth > BRACKET_DEPTH_MAX)
			return 0;
	}
	return 0;
}

/* Bytes of a mark after which the part is still at its start. */
static size_t
fresh_mark(const struct parser *p)
{
	static const char *const joining[] = {"and", "or", "und", "et", NULL};
	size_t size = ref_blank(p->text, p->i);
	if (!size)
		size = ref_decoration(p->text, p->i);
	if (!size && p->last == NO_REF)
		size = ref_dash(p->text, p->i);
	if (!size && (p->text.data[p->i] == '/' || p->text.data[p->i] == '+' || p->text.data[p->i] == '&'))
		size = 1;
	return size || p->last == NO_REF ? size : ref_one_of(p->text, p->i, joining);
}

static void
pass_text(struct parser *p)
{
	size_t size = remark(p);
	if (size) {
		p->fresh = false;
	} else if (p->fresh) {
		size = fresh_mark(p);
		p->fresh = size > 0;
	}
	p->i += size ? size : 1;
}

control_refs
control_refs_parse(struct arena *arena, const struct control_scope *scope, struct str text, unsigned flags)
{
	struct parser p = {.arena = arena, .scope = scope, .text = text, .flags = flags, .last = NO_REF, .fresh = true};
	while (p.i < text.size) {
		if (ref_separator(text, p.i))
			pass_separators(&p);
		else if (!word_begins(&p) || (!take_id(&p) && !(p.fresh && p.last == NO_REF && take_foreign_id(&p))))
			pass_text(&p);
	}
	close_gap(&p, text.size, false);
	return p.refs;
}

struct control_ref
control_ref_parse(struct arena *arena, const struct control_scope *scope, struct str text, unsigned flags)
{
	control_refs refs = control_refs_parse(arena, scope, text, flags);
	if (refs.count == 1)
		return refs.items[0];
	return (struct control_ref){.kind = CONTROL_REF_NOT_CONTROL, .to = text.size, .id = text};
}

struct control_ref
control_ref_token(struct arena *arena, const struct control_scope *scope, struct str token)
{
	size_t from = 0, size;
	while ((size = ref_decoration(token, from)) > 0)
		from += size;
	struct id_token id;
	struct control_ref other = {.kind = CONTROL_REF_NOT_CONTROL, .to = token.size, .id = token,
	                            .standard = standard_of_foreign(token)};
	if (!scan_id(scope, token, from, 0, false, &id) || !id.is_letters || !id.is_capital)
		return other;
	for (size_t i = id.to; i < token.size; i += size) {
		size = ref_decoration(token, i);
		if (!size)
			size = ref_separator(token, i);
		if (!size && token.data[i] && strchr(".:!?", token.data[i]))
			size = 1;
		if (!size)
			return other;
	}
	return resolve(arena, scope, token, &id);
}
