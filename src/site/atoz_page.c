/* A–Z: documents, records, controls, terms and headings by letter. One page, or one for each letter when there are many. */
#include <stdlib.h>

#include "base/utf8.h"
#include "site/glossary.h"
#include "site/letters.h"
#include "site/page_terms.h"
#include "site/page_values.h"

enum { BYTES_MAX = 52000, BYTES_AROUND = 48 }; /* of the entries of a page; of the markup of each */

struct entry {
	struct str title, key, letter; /* KEY: the title, folded */
	struct str id;                 /* may be empty */
	struct str path, fragment;
	struct str where;              /* of a heading: its document's title */
	const struct kind *kind;       /* of documents and records */
	const char *word;              /* of others: what it is, a key of the words */
};

typedef VEC(struct entry) entry_vec;

/* What one page shows: entries [FROM, TO). */
struct section {
	const struct atoz *atoz;
	struct str letter, path;
	size_t from, to, number; /* NUMBER: of the page within its letter, from 1 */
};

struct atoz {
	entry_vec entries;
	VEC(struct section *) sections;
	bool is_split;
};

/* ---- entries ---- */

static void
add_entry(struct pages *pages, struct atoz *atoz, struct entry entry)
{
	entry.key = utf8_fold(pages->arena, entry.title);
	entry.letter = letter_of(pages->arena, entry.title);
	vec_push(pages->arena, &atoz->entries, entry);
}

/* The start page is made later. */
static bool
is_published(const struct pages *pages, struct str path)
{
	return path.size && (str_equal(path, STR("index.html")) || output_find(pages->output, path));
}

static void
add_record(struct pages *pages, struct atoz *atoz, const struct record *record)
{
	if (record->control || !is_published(pages, record->page))
		return;
	add_entry(pages, atoz, (struct entry){.title = record->title, .id = record->has_id ? record->id : STR(""),
	                                      .path = record->page, .kind = record->kind});
}

static void
add_headings(struct pages *pages, struct atoz *atoz, const struct document *document)
{
	const struct markdown_facts *facts = document->facts;
	for (size_t i = 0; facts && i < facts->headings.count; i++) {
		const struct heading *heading = &facts->headings.items[i];
		if (heading->level > 2 || !heading->id.size || !heading->text.size || str_equal(heading->text, document->self->title))
			continue;
		add_entry(pages, atoz, (struct entry){.title = heading->text, .path = document->page, .fragment = heading->id,
		                                      .where = document->self->title, .word = "atoz.heading"});
	}
}

/* A term has its place in the glossary; a heading that is one needs no second. */
static void
add_documents(struct pages *pages, struct atoz *atoz)
{
	for (size_t i = 0; i < pages->site->documents.count; i++) {
		const struct document *document = pages->site->documents.items[i];
		if (document->form != DOCUMENT_RECORD)
			add_record(pages, atoz, document->self);
		for (size_t k = 0; k < document->records.count; k++)
			add_record(pages, atoz, document->records.items[k]);
		bool is_glossary = pages->glossary && pages->glossary->document == document;
		if (!is_glossary && is_published(pages, document->page))
			add_headings(pages, atoz, document);
	}
}

static void
add_controls(struct pages *pages, struct atoz *atoz)
{
	const struct catalogue *catalogue = pages->site->catalogue;
	for (size_t i = 0; i < catalogue->control_count; i++) {
		const struct control *control = &catalogue->controls[i];
		struct str path = str_printf(pages->arena, "control/%.*s.html", STR_ARG(control->id));
		if (output_find(pages->output, path))
			add_entry(pages, atoz, (struct entry){.title = control->title, .id = control->id, .path = path, .word = "atoz.control"});
	}
}

static void
add_terms(struct pages *pages, struct atoz *atoz)
{
	for (size_t i = 0; pages->glossary && i < pages->glossary->terms.count; i++) {
		const struct glossary_term *term = &pages->glossary->terms.items[i];
		add_entry(pages, atoz, (struct entry){.title = term->name, .path = STR(GLOSSARY_PAGE), .fragment = term->anchor,
		                                      .word = "atoz.term"});
	}
}

static size_t
size_of(const struct entry *entry)
{
	return entry->title.size + entry->path.size + entry->fragment.size + (entry->id.size ? entry->id.size : entry->where.size) + BYTES_AROUND;
}

static int
by_letter(const void *a, const void *b)
{
	const struct entry *one = a, *other = b;
	int order = letter_compare(one->letter, other->letter);
	order = order ? order : str_compare_natural(one->key, other->key);
	order = order ? order : str_compare_natural(one->path, other->path);
	return order ? order : str_compare(one->fragment, other->fragment);
}

/* ---- a page ---- */

static struct template_value
entry_value(const struct page_context *context, const struct entry *entry)
{
	struct template_value value = template_map(context->arena);
	struct template_value what = entry->kind ? template_string(page_kind_one(context, entry->kind)) : page_word(context, entry->word);
	page_put(context, value, "title", template_string(entry->title));
	page_put(context, value, "href", template_string(page_href(context, entry->path, entry->fragment)));
	page_put(context, value, "id", template_string(str_equal(entry->id, entry->title) ? STR("") : entry->id));
	page_put(context, value, "what", what);
	page_put(context, value, "where", template_string(entry->where));
	return value;
}

static struct template_value
section_value(const struct page_context *context, const struct section *section)
{
	const struct entry *entries = section->atoz->entries.items;
	struct template_value value = template_map(context->arena);
	struct str anchor = str_printf(context->arena, "letter:%.*s", STR_ARG(section->letter));
	bool has_page = section->path.size > 0;
	page_put(context, value, "title", template_string(letter_title(context->arena, section->letter)));
	page_put(context, value, "anchor", template_string(anchor));
	page_put(context, value, "number", template_int((int64_t)section->number));
	page_put(context, value, "href", template_string(has_page ? page_href(context, section->path, STR(""))
	                                                          : page_href(context, context->page->path, anchor)));
	page_put(context, value, "here", template_bool(has_page && str_equal(section->path, context->page->path)));
	page_put(context, value, "count", template_int((int64_t)(section->to - section->from)));
	page_put(context, value, "first", template_string(entries[section->from].title));
	page_put(context, value, "last", template_string(entries[section->to - 1].title));
	return value;
}

static struct template_value
section_entries(const struct page_context *context, const struct section *section)
{
	struct template_value list = template_list(context->arena);
	for (size_t i = section->from; i < section->to; i++)
		template_push(context->arena, list, entry_value(context, &section->atoz->entries.items[i]));
	return list;
}

/* `sections`: all of them, for the letters; those that the page shows have their `entries`. */
static void
fill_values(struct page_context *context, const struct atoz *atoz, const struct section *only)
{
	struct template_value values = template_map(context->arena), sections = template_list(context->arena);
	for (size_t i = 0; i < atoz->sections.count; i++) {
		const struct section *section = atoz->sections.items[i];
		struct template_value value = section_value(context, section);
		bool shown = only ? only == section : !atoz->is_split;
		page_put(context, value, "entries", shown ? section_entries(context, section) : template_list(context->arena));
		template_push(context->arena, sections, value);
	}
	page_put(context, values, "sections", sections);
	page_put(context, values, "count", template_int((int64_t)atoz->entries.count));
	page_put(context, values, "is_split", template_bool(atoz->is_split));
	page_put(context, values, "is_letter", template_bool(only != NULL));
	page_put(context, context->values, "atoz", values);
}

static void
fill_index(struct page_context *context)
{
	fill_values(context, context->page->subject, NULL);
}

static void
fill_letter(struct page_context *context)
{
	const struct section *section = context->page->subject;
	page_breadcrumb(context, page_word(context, "menu.atoz").as.text, STR("a-z/index.html"));
	fill_values(context, section->atoz, section);
}

/* ---- the list ---- */

static void
add_section(struct pages *pages, struct atoz *atoz, size_t from, size_t to, size_t number)
{
	struct section *section = arena_new(pages->arena, struct section);
	struct str letter = atoz->entries.items[from].letter;
	*section = (struct section){.atoz = atoz, .letter = letter, .from = from, .to = to, .number = number};
	vec_push(pages->arena, &atoz->sections, section);
	if (!atoz->is_split)
		return;
	struct str name = number == 1 ? letter : str_printf(pages->arena, "%.*s-%zu", STR_ARG(letter), number);
	struct page page = {
		.path = str_printf(pages->arena, "a-z/%.*s.html", STR_ARG(name)), .template = "atoz.html", .fill = fill_letter, .subject = section,
		.title = str_printf(pages->arena, "%.*s: %.*s", STR_ARG(pages_word(pages, "menu.atoz")), STR_ARG(letter_title(pages->arena, letter))),
		.section = "atoz", .maker = STR("the index from A to Z")};
	if (pages_add_default(pages, &page))
		section->path = page.path;
}

static bool
is_too_much(const struct atoz *atoz)
{
	size_t size = 0;
	for (size_t i = 0; i < atoz->entries.count; i++)
		size += size_of(&atoz->entries.items[i]);
	return size > BYTES_MAX;
}

static void
cut_into_sections(struct pages *pages, struct atoz *atoz)
{
	const struct entry *entries = atoz->entries.items;
	size_t from = 0, number = 1, size = 0;
	for (size_t i = 0; i < atoz->entries.count; i++) {
		bool last = i + 1 == atoz->entries.count, new_letter = last || !str_equal(entries[i + 1].letter, entries[from].letter);
		size += size_of(&entries[i]);
		if (!new_letter && !(atoz->is_split && size + size_of(&entries[i + 1]) > BYTES_MAX))
			continue;
		add_section(pages, atoz, from, i + 1, number);
		number = new_letter ? 1 : number + 1;
		from = i + 1;
		size = 0;
	}
}

void
atoz_pages(struct pages *pages)
{
	struct atoz *atoz = arena_new(pages->arena, struct atoz);
	struct page page = {.path = STR("a-z/index.html"), .template = "atoz.html", .fill = fill_index, .subject = atoz,
	                    .title = pages_word(pages, "menu.atoz"), .section = "atoz", .maker = STR("the index from A to Z")};
	add_documents(pages, atoz);
	add_controls(pages, atoz);
	add_terms(pages, atoz);
	if (!atoz->entries.count || !output_is_free(pages->output, page.path))
		return;
	qsort(atoz->entries.items, atoz->entries.count, sizeof *atoz->entries.items, by_letter);
	atoz->is_split = is_too_much(atoz);
	cut_into_sections(pages, atoz);
	pages_add_default(pages, &page);
}
