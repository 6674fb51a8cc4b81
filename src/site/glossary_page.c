/* The glossary: the terms of its document by letter, each with an anchor. */
#include "site/glossary.h"
#include "site/letters.h"
#include "site/page_values.h"

static struct template_value
letter_group(const struct page_context *context, struct template_value letters, struct str letter)
{
	struct template_value group = template_map(context->arena), terms = template_list(context->arena);
	struct str anchor = str_printf(context->arena, "letter:%.*s", STR_ARG(letter));
	page_put(context, group, "anchor", template_string(anchor));
	page_put(context, group, "href", template_string(page_href(context, context->page->path, anchor)));
	page_put(context, group, "here", template_bool(false));
	page_put(context, group, "number", template_int(1));
	page_put(context, group, "title", template_string(letter_title(context->arena, letter)));
	page_put(context, group, "terms", terms);
	template_push(context->arena, letters, group);
	return terms;
}

static struct template_value
term_letters(const struct page_context *context, const struct glossary *glossary)
{
	struct template_value letters = template_list(context->arena), terms = {0};
	struct str current = {0};
	for (size_t i = 0; i < glossary->terms.count; i++) {
		const struct glossary_term *term = &glossary->terms.items[i];
		struct str letter = letter_of(context->arena, term->name);
		struct template_value entry = template_map(context->arena);
		if (!str_equal(letter, current) || !i)
			terms = letter_group(context, letters, letter);
		current = letter;
		page_put(context, entry, "name", template_string(term->name));
		page_put(context, entry, "anchor", template_string(term->anchor));
		page_put(context, entry, "meaning", template_html(term->meaning));
		template_push(context->arena, terms, entry);
	}
	return letters;
}

/* The text is taken again for this page: its links are relative to it. */
static void
fill_page(struct page_context *context)
{
	const struct document *document = context->page->subject;
	struct glossary glossary = {.document = document};
	struct str heading, body = page_body(context, document, &heading);
	struct template_value values = template_map(context->arena);
	glossary_read(&glossary, body, context->arena);
	page_put(context, values, "letters", term_letters(context, &glossary));
	page_put(context, values, "count", template_int((int64_t)glossary.terms.count));
	page_put(context, values, "document", page_record_link(context, document->self));
	page_put(context, context->values, "glossary", values);
}

void
glossary_pages(struct pages *pages)
{
	const struct document *document = glossary_document(pages->site);
	if (!document)
		return;
	struct page page = {.path = STR(GLOSSARY_PAGE), .template = "glossary.html", .fill = fill_page, .subject = document,
	                    .document = document, .title = document->self->title, .section = "glossary",
	                    .language = page_language(record_text(document->self, FIELD_document_lang)),
	                    .maker = STR("the glossary")};
	struct page_context context = {.pages = pages, .page = &page, .arena = pages->arena};
	struct glossary *glossary = arena_new(pages->arena, struct glossary);
	struct str heading, body = page_body(&context, document, &heading);
	glossary->document = document;
	glossary_read(glossary, body, pages->arena);
	if (glossary->terms.count && pages_add_default(pages, &page))
		pages->glossary = glossary;
}
