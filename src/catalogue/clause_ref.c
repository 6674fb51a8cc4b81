#include "catalogue/clause_ref.h"

#include "catalogue/ref_text.h"

enum { LEVELS_MAX = 3 };

static const char *const clause_words[] = {"clause", "clauses", "subclause", "subclauses", "cl", "section", "sections", "abschnitt", "klausel",
                                           "kapitel", "chapter", "requirement", "requirements", NULL};

/* Behind `Clause `, `cl. `, `§ `, `箇条 `, `ISO/IEC 27001:2022 `; I when none is there. */
static size_t
skip_word(struct str text, size_t i)
{
	size_t size = ref_one_of(text, i, clause_words);
	if (size)
		size += i + size < text.size && (text.data[i + size] == '.' || text.data[i + size] == ':');
	else if (str_starts_with(str_from_index(text, i), STR("\u00a7")))
		size = 2;
	else if (str_starts_with(str_from_index(text, i), STR("\u7b87\u6761")))
		size = 6;
	return size ? ref_skip_blanks(text, i + size) : i;
}

/* Behind the number and the year of a standard at I: `27001:2022 `. */
static size_t
skip_number_of_standard(struct str text, size_t i)
{
	size_t end = i;
	while (end < text.size && end < i + 6 && ref_is_digit(text.data[end]))
		end++;
	if (end != i + 5 || !str_equal(str_slice(text, i, end), STR("27001")))
		return i;
	if (end + 5 <= text.size && text.data[end] == ':' && str_starts_with(str_from_index(text, end + 1), STR("20")))
		end += 5;
	end += end < text.size && (text.data[end] == ':' || text.data[end] == ',');
	return ref_skip_blanks(text, end);
}

static size_t
skip_standard(struct str text, size_t i)
{
	static const struct str names[] = {{"iso/iec", 7}, {"iso iec", 7}, {"iso", 3}};
	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		size_t end = i + names[k].size;
		if (!str_equal_ignore_case(str_slice(text, i, end), names[k]))
			continue;
		end = ref_skip_blanks(text, end);
		size_t behind = skip_number_of_standard(text, end);
		return behind > end ? behind : i;
	}
	return i;
}

/* The number at I: `6.1.3`, one to three levels; 0 bytes when it is none or goes on otherwise. */
static size_t
scan_number(struct str text, size_t i, struct str *number)
{
	size_t end = i;
	for (int level = 0; level <= LEVELS_MAX; level++) {
		unsigned value;
		size_t mark = level && end < text.size && text.data[end] == '.', size = ref_number(text, end + mark, &value);
		if (!size || (level && !mark))
			break;
		if (level == LEVELS_MAX)
			return 0;
		end += mark + size;
	}
	bool goes_on = end < text.size && (ref_is_digit(text.data[end]) || text.data[end] == '_' ||
	                                   (text.data[end] == '.' && end + 1 < text.size && ref_is_digit(text.data[end + 1])));
	*number = str_slice(text, i, end);
	return goes_on ? 0 : end - i;
}

static bool
ends_at(struct str text, size_t i)
{
	return i >= text.size || !ref_is_alphanumeric(text.data[i]);
}

/* The letter of an item at I with its marks: ` d)`, `(d)`, `.d`, `d`; 0 bytes for none. A letter behind a blank needs
 * its bracket or the end of the part, since "a" is also a word. */
static size_t
scan_item(struct str text, size_t i, char *item)
{
	size_t at = ref_skip_blanks(text, i);
	bool apart = at > i, opened = at < text.size && (text.data[at] == '(' || text.data[at] == '.' || text.data[at] == '[');
	at += opened;
	if (at >= text.size || !ends_at(text, at + 1) || !ref_is_alphanumeric(text.data[at]) || ref_is_digit(text.data[at]))
		return 0;
	bool closed = at + 1 < text.size && (text.data[at + 1] == ')' || text.data[at + 1] == ']');
	size_t end = at + 1 + closed, behind = ref_skip_blanks(text, end);
	if (apart && !closed && behind < text.size && !ref_separator(text, behind))
		return 0;
	char letter = text.data[at];
	*item = letter < 'a' ? (char)(letter + ('a' - 'A')) : letter;
	return end - i;
}

/* ` 1)` behind an item. */
static size_t
scan_sub_item(struct str text, size_t i, unsigned *sub_item)
{
	size_t at = ref_skip_blanks(text, i);
	at += at < text.size && text.data[at] == '(';
	size_t size = ref_number(text, at, sub_item), end = at + size;
	if (!size || end >= text.size || text.data[end] != ')') {
		*sub_item = 0;
		return 0;
	}
	return end + 1 - i;
}

/* Without zero padding: `06.1` is 6.1. */
static const struct clause *
find_clause(struct str number)
{
	char id[16];
	size_t size = 0;
	for (size_t i = 0; i < number.size && size < sizeof id; i++) {
		bool starts = i == 0 || number.data[i - 1] == '.';
		if (!starts || number.data[i] != '0')
			id[size++] = number.data[i];
	}
	return clause_find((struct str){id, size});
}

/* A clause number at I with what goes with it. */
static bool
scan_clause(struct str text, size_t i, struct clause_ref *ref)
{
	struct str number;
	size_t at = skip_word(text, skip_standard(text, i)), size = scan_number(text, at, &number);
	if (!size)
		return false;
	*ref = (struct clause_ref){.from = i, .is_number = true, .id = number, .clause = find_clause(number)};
	ref->last = ref->clause;
	if (ref->clause)
		ref->id = ref->clause->id;
	at += size;
	size = scan_item(text, at, &ref->item);
	at += size;
	if (size)
		at += scan_sub_item(text, at, &ref->sub_item);
	else if (!ends_at(text, at))
		return false;
	ref->to = at;
	return true;
}

/* The end of a range behind REF, when one stands there that is a clause behind it. */
static bool
scan_range(struct str text, struct clause_ref *ref)
{
	bool loose;
	size_t mark = ref_range_mark(text, ref->to, &loose);
	struct clause_ref end;
	if (!mark || !ref->clause || !scan_clause(text, ref->to + mark, &end) || !end.clause || end.clause < ref->clause)
		return false;
	ref->last = end.clause;
	ref->to = end.to;
	return true;
}

struct clause_parser {
	struct arena *arena;
	struct str text;
	clause_refs refs;
	size_t i;
	size_t gap;    /* start of the text that belongs to nothing yet */
	bool is_title; /* that text stands behind a number */
	bool fresh;    /* only marks stand between the last number or separator and I */
	bool parted;   /* the last of these was a separator */
};

static void
close_gap(struct clause_parser *p, size_t end)
{
	struct str part = ref_trim(str_slice(p->text, p->gap, end));
	if (part.size && p->is_title) {
		p->refs.items[p->refs.count - 1].title = part;
	} else if (part.size) {
		size_t from = (size_t)(part.data - p->text.data);
		vec_push(p->arena, &p->refs, ((struct clause_ref){.from = from, .to = from + part.size, .id = part}));
	}
	p->gap = end;
	p->is_title = false;
}

/* A run of separators, blanks and brackets. What stands behind a separator that follows a number directly is no title of it. */
static void
pass_marks(struct clause_parser *p)
{
	bool parted = false;
	for (size_t size = 1; size; p->i += size) {
		size = ref_separator(p->text, p->i);
		parted = parted || size > 0;
		if (!size)
			size = ref_blank(p->text, p->i);
		if (!size)
			size = ref_decoration(p->text, p->i);
	}
	if (parted && p->fresh)
		close_gap(p, p->i);
	p->fresh = p->fresh || parted;
	p->parted = p->parted || parted;
}

/* Takes the clause at I, if there is one that may stand there: at the start of a part, or with a word before it that
 * says so. Behind another number without a separator, `12` is no clause. */
static bool
take_clause(struct clause_parser *p)
{
	struct clause_ref ref;
	bool announced = skip_word(p->text, p->i) > p->i || skip_standard(p->text, p->i) > p->i;
	if ((!p->fresh && !announced) || !scan_clause(p->text, p->i, &ref))
		return false;
	if (!announced && p->is_title && !p->parted && str_find_char(ref.id, '.', 0) == STR_NONE)
		return false;
	close_gap(p, p->i);
	scan_range(p->text, &ref);
	vec_push(p->arena, &p->refs, ref);
	p->i = p->gap = ref.to;
	p->is_title = p->fresh = true;
	p->parted = false;
	return true;
}

/* Bytes of "and", `&`, `/`, `+` behind a clause. */
static size_t
joint(const struct clause_parser *p)
{
	static const char *const words[] = {"and", "und", "or", NULL};
	if (!p->fresh || !p->is_title)
		return 0;
	size_t size = ref_one_of(p->text, p->i, words);
	char c = p->text.data[p->i];
	return size ? size : (size_t)(c == '&' || c == '/' || c == '+');
}

static bool
is_mark(struct str text, size_t i)
{
	return ref_separator(text, i) || ref_blank(text, i) || ref_decoration(text, i);
}

clause_refs
clause_refs_parse(struct arena *arena, struct str text)
{
	struct clause_parser p = {.arena = arena, .text = text, .fresh = true};
	while (p.i < text.size) {
		if (is_mark(text, p.i)) {
			pass_marks(&p);
		} else if ((p.i && ref_is_alphanumeric(text.data[p.i - 1]) && !p.fresh) || !take_clause(&p)) {
			size_t size = joint(&p);
			p.fresh = size > 0;
			p.parted = false;
			p.i += size ? size : 1;
		}
	}
	close_gap(&p, text.size);
	return p.refs;
}

struct clause_ref
clause_ref_parse(struct arena *arena, struct str text)
{
	clause_refs refs = clause_refs_parse(arena, text);
	if (refs.count == 1)
		return refs.items[0];
	return (struct clause_ref){.to = text.size, .id = text};
}
