/* Everything on one page, for paper: the documents in the order of the register, their headings two levels lower, ids behind a
 * prefix of their own, links to each other within the page. */
#include "site/document_page.h"
#include "site/markup.h"

enum {
	BYTES_MAX = 3 * 1024 * 1024, /* of texts; documents beyond are only named */
	LEVELS_LOWER = 1             /* the title of a document, its level 1 heading, becomes level 2 */
};

/* What is on the page: path of each document's page -> struct str *, its prefix. */
struct all {
	struct map prefixes;
	record_vec shown, others;
};

static size_t
size_of(const struct document *document)
{
	size_t size = 2000;
	for (size_t i = 0; document->facts && i < document->facts->html.count; i++)
		size += document->facts->html.items[i].html.size + 60;
	return size + 300 * document->records.count;
}

static bool
is_prefix(struct str id)
{
	for (size_t i = 0; i < id.size; i++)
		if (id.data[i] == ':' || id.data[i] == ' ' || id.data[i] == '\t' || id.data[i] == '\n' || id.data[i] == '\r' || id.data[i] == '\f')
			return false;
	return id.size > 0;
}

static void
choose(struct all *all, const struct pages *pages, struct arena *arena)
{
	const record_vec *documents = &pages->order.documents;
	struct map taken = {0};
	size_t size = 0;
	for (size_t i = 0; i < documents->count; i++) {
		const struct record *self = documents->items[i];
		size += size_of(self->document);
		if (size > BYTES_MAX) {
			vec_push(arena, &all->others, self);
			continue;
		}
		struct str *prefix = arena_new(arena, struct str);
		bool own = self->has_id && is_prefix(self->id) && !map_get(&taken, self->id);
		*prefix = own ? self->id : str_printf(arena, "document:%zu", i + 1);
		map_put(arena, &taken, *prefix, prefix);
		map_put(arena, &all->prefixes, self->page, prefix);
		vec_push(arena, &all->shown, self);
	}
}

/* An entry of the page: what the document's own page shows, its ids renamed. */
static struct template_value
part_of(struct page_context *context, const struct all *all, const struct record *self)
{
	struct template_value part = template_map(context->arena);
	struct str prefix = *(struct str *)map_get(&all->prefixes, self->page);
	struct str heading, body = page_body(context, self->document, &heading);
	heading = markup_renamed(context->arena, heading, prefix, LEVELS_LOWER);
	body = markup_renamed(context->arena, body, prefix, LEVELS_LOWER);
	struct str language = page_language(record_text(self, FIELD_document_lang));
	document_fill_head(context, part, self);
	page_put(context, part, "own", document_own_fields(context, self));
	page_put(context, part, "anchor", template_string(prefix));
	page_put(context, part, "href", template_string(page_href(context, context->page->path, prefix)));
	page_put(context, part, "page", template_string(page_href(context, self->page, STR(""))));
	page_put(context, part, "title", template_string(self->title));
	page_put(context, part, "heading", template_html(heading));
	page_put(context, part, "body", template_html(body));
	page_put(context, part, "language", template_string(str_equal(language, context->language->name) ? STR("") : language));
	page_put(context, part, "records", template_int((int64_t)self->document->records.count));
	return part;
}

static void
fill_page(struct page_context *context)
{
	struct all all = {0};
	struct template_value parts = template_list(context->arena);
	choose(&all, context->pages, context->arena);
	context->inlined = &all.prefixes;
	for (size_t i = 0; i < all.shown.count; i++)
		template_push(context->arena, parts, part_of(context, &all, all.shown.items[i]));
	context->inlined = NULL;
	page_put(context, context->values, "parts", parts);
	page_put(context, context->values, "others", page_record_links(context, &all.others));
}

void
all_pages(struct pages *pages)
{
	if (pages->order.documents.count)
		pages_add_default(pages, &(struct page){.path = STR("all.html"), .template = "all.html", .fill = fill_page,
		                                        .title = pages_word(pages, "menu.all"), .section = "all",
		                                        .maker = STR("everything on one page")});
}
