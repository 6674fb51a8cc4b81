#include "catalogue/control_ref.h"

#include <string.h>

#include "base/utf8.h"
#include "catalogue/control_id.h"
#include "catalogue/ref_text.h"

enum { BRACKET_MAX = 200, BRACKET_DEPTH_MAX = 3, LINK_MAX = 2048 };

static bool
in_scope(const struct control_scope *scope, const struct catalogue *catalogue)
{
	bool found = scope->primary == catalogue;
	for (size_t i = 0; i < scope->other_count && !found; i++)
		found = scope->others[i] == catalogue;
	return found;
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
is_of_2005(const struct control_id *token)
{
	if (token->is_cloud || token->levels < 2)
		return false;
	unsigned count = count_of_2005(token->numbers[0], token->numbers[1]);
	return count > 0 && (token->levels == 2 || token->numbers[2] <= count);
}

static struct str
canonical_id(struct arena *arena, const struct control_id *token)
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
nth_catalogue(const struct control_scope *scope, const struct control_id *token, size_t n, const struct catalogue **catalogue)
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
resolve_editions(struct control_ref *ref, const struct control_scope *scope, const struct control_id *token)
{
	const struct catalogue *named = token->catalogue ? token->catalogue : scope->primary;
	if (!catalogue_is_edition(named) || token->is_cloud)
		return;
	if (look_up_elsewhere(ref, scope, named == catalogue_2022() ? catalogue_2013() : catalogue_2022()))
		return;
	if (is_of_2005(token)) {
		ref->kind = token->levels == 2 ? CONTROL_REF_NOT_CONTROL : CONTROL_REF_UNKNOWN;
		ref->standard = STR("ISO/IEC 27001:2005");
	}
}

static struct control_ref
resolve(struct arena *arena, const struct control_scope *scope, struct str text, const struct control_id *token)
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
		bool foreign_edition = catalogue_is_edition(catalogue) && catalogue_is_edition(scope->primary) && !in_scope(scope, catalogue);
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
	static const char *const words[] = {"see", "see also", "see control", "iso", "cf", "and", "or", "und", "ref", "control", "controls", NULL};
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
	struct control_id token;
	for (size_t i = 1; i < text.size; i++)
		if (!ref_is_alphanumeric(text.data[i - 1]) && control_id_scan(p->scope, text, i, 0, false, &token))
			return true;
	return false;
}

/* Marks and pictures alone say nothing. */
static bool
has_word(struct str part)
{
	int32_t code_point;
	for (size_t i = 0; (code_point = utf8_next(part, &i)) != -1 || i < part.size;)
		if (code_point != -1 && utf8_is_word(code_point))
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
	if (!has_word(part))
		return (struct str){0};
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
scan_range_end(struct parser *p, const struct control_id *first, struct control_id *last)
{
	bool loose;
	size_t mark = ref_range_mark(p->text, first->to, &loose), at = first->to + mark;
	if (!mark)
		return false;
	if (control_id_scan(p->scope, p->text, at, p->flags | CONTROL_REF_BARE, true, last)) {
		bool lettered = last->is_letters || last->catalogue;
		if (!last->catalogue)
			last->catalogue = first->catalogue;
		if (!lettered)
			last->is_cloud = first->is_cloud;
		return lettered || !loose || part_ends(p->text, last->to) || p->flags & CONTROL_REF_BARE;
	}
	return control_id_scan_short(p->text, at, first, last) && (!loose || part_ends(p->text, last->to));
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
push_ids(struct parser *p, const struct control_id *token)
{
	struct control_id end;
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
	struct control_id token;
	if (!control_id_scan(p->scope, p->text, p->i, p->flags, p->fresh, &token))
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
	struct str run = control_id_run(p->text, p->i);
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
	struct control_id token;
	if (!control_id_scan(p->scope, p->text, p->i, p->flags, true, &token)) {
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
	struct control_id id;
	struct control_ref other = {.kind = CONTROL_REF_NOT_CONTROL, .to = token.size, .id = token,
	                            .standard = standard_of_foreign(token)};
	if (!control_id_scan(scope, token, from, 0, false, &id) || !id.is_letters || !id.is_capital)
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
