#include "site/glossary.h"

#include <stdlib.h>

#include "base/path.h"
#include "base/utf8.h"
#include "site/markup.h"

enum { TERMS_MAX = 5000 };

/* ---- the document ---- */

static bool
has_glossary_name(const struct document *document)
{
	static const char *const names[] = {"glossary", "glossar", "glossaire"};
	struct str name = path_stem(document->path);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_equal_ignore_case(name, str_from(names[i])))
			return true;
	return false;
}

const struct document *
glossary_document(const struct site *site)
{
	const struct document *named = NULL;
	for (size_t i = 0; i < site->documents.count; i++) {
		const struct document *document = site->documents.items[i];
		if (document->form != DOCUMENT_PROSE || !document->facts)
			continue;
		if (document->self->has_id && str_equal_ignore_case(document->self->id, STR("GLOSSARY")))
			return document;
		if (!named && has_glossary_name(document))
			named = document;
	}
	return named;
}

/* ---- its terms ---- */

static void
add_term(struct glossary *glossary, struct str name, struct str meaning, struct arena *arena)
{
	name = markup_text(arena, name);
	meaning = str_trim(meaning);
	if (!name.size || !meaning.size || glossary->terms.count == TERMS_MAX)
		return;
	if (!markup_is_balanced(meaning)) {
		struct buf escaped = {0};
		buf_add_html(&escaped, markup_text(arena, meaning));
		meaning = buf_take(&escaped, arena);
	}
	vec_push(arena, &glossary->terms, ((struct glossary_term){.name = name, .meaning = meaning}));
}

static void
read_tables(struct glossary *glossary, struct str body, struct arena *arena)
{
	struct str row, cells[2], more;
	for (size_t at = 0; markup_next(body, "tr", &at, &row);) {
		size_t inside = 0;
		bool two = markup_next(row, "td", &inside, &cells[0]) && markup_next(row, "td", &inside, &cells[1]);
		if (two && !markup_next(row, "td", &inside, &more))
			add_term(glossary, cells[0], cells[1], arena);
	}
}

/* Takes a colon or dash with the blanks around it off the front of REST. */
static bool
skip_separator(struct str *rest)
{
	static const char *const marks[] = {":", "\xE2\x80\x93", "\xE2\x80\x94", "-"};
	struct str text = str_trim(str_starts_with(*rest, STR("\xC2\xA0")) ? str_from_index(*rest, 2) : *rest);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (!str_starts_with(text, str_from(marks[i])))
			continue;
		*rest = str_trim(str_from_index(text, str_from(marks[i]).size));
		return true;
	}
	return false;
}

/* "<strong>Term</strong>: meaning" or "<strong>Term:</strong> meaning", perhaps in a paragraph. */
static void
read_item(struct glossary *glossary, struct str item, struct arena *arena)
{
	struct str text = str_trim(item), name;
	bool in_paragraph = str_starts_with(text, STR("<p>"));
	size_t end = 0;
	text = in_paragraph ? str_from_index(text, 3) : text;
	if (!str_starts_with(text, STR("<strong>")) || !markup_next(text, "strong", &end, &name))
		return;
	struct str rest = str_from_index(text, end);
	bool colon_inside = str_ends_with(str_trim(name), STR(":"));
	if (colon_inside)
		name = str_slice(str_trim(name), 0, str_trim(name).size - 1);
	else if (!skip_separator(&rest))
		return;
	if (in_paragraph)
		rest = str_printf(arena, "<p>%.*s", STR_ARG(rest));
	add_term(glossary, name, rest, arena);
}

static void
read_lists(struct glossary *glossary, struct str body, struct arena *arena)
{
	struct str item;
	for (size_t at = 0; markup_next(body, "li", &at, &item);)
		read_item(glossary, item, arena);
}

static void
read_headings(struct glossary *glossary, struct str body, struct arena *arena)
{
	struct str name, next;
	size_t at = 0;
	bool more = markup_next(body, "h2", &at, &name);
	while (more) {
		size_t begin = at, end = body.size;
		struct str current = name;
		more = markup_next(body, "h2", &at, &next);
		if (more) {
			name = next;
			end = (size_t)(next.data - body.data);
			while (end > begin && body.data[end - 1] != '<')
				end--;
			end -= end > begin;
		}
		add_term(glossary, current, str_slice(body, begin, end), arena);
	}
}

static int
by_name(const void *a, const void *b)
{
	const struct glossary_term *one = a, *other = b;
	int order = str_compare_natural(one->anchor, other->anchor);
	return order ? order : str_compare(one->name, other->name);
}

/* Sorted by folded names, which stand in ANCHOR meanwhile; then each gets an anchor of its own. */
static void
sort_terms(struct glossary *glossary, struct arena *arena)
{
	struct map taken = {0};
	for (size_t i = 0; i < glossary->terms.count; i++)
		glossary->terms.items[i].anchor = utf8_fold(arena, glossary->terms.items[i].name);
	if (glossary->terms.count)
		qsort(glossary->terms.items, glossary->terms.count, sizeof *glossary->terms.items, by_name);
	for (size_t i = 0; i < glossary->terms.count; i++) {
		struct glossary_term *term = &glossary->terms.items[i];
		struct str slug = markdown_slug(arena, term->name), anchor = str_printf(arena, "term:%.*s", STR_ARG(slug));
		if (!slug.size || map_get(&taken, anchor))
			anchor = str_printf(arena, "term:%.*s:%zu", STR_ARG(slug), i);
		map_put(arena, &taken, anchor, term);
		term->anchor = anchor;
	}
}

void
glossary_read(struct glossary *glossary, struct str body, struct arena *arena)
{
	read_tables(glossary, body, arena);
	read_lists(glossary, body, arena);
	if (!glossary->terms.count)
		read_headings(glossary, body, arena);
	sort_terms(glossary, arena);
}
