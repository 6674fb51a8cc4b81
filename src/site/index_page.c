/* The start page, 404.html and the sitemap. The start page shows content/index.md, else README.md, and the state of the ISMS. */
#include "site/document_page.h"
#include "site/start_state.h"

/* ---- the start page ---- */

static void
fill_start(struct page_context *context)
{
	const struct document *document = context->page->subject;
	page_put(context, context->values, "start", start_state(context));
	page_put(context, context->values, "document", template_none());
	if (document)
		document_fill(context, document);
}

static const struct document *
start_document(const struct site *site)
{
	static const char *const names[] = {"index.md", "README.md", "readme.md", "index.markdown"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct document *document = map_get(&site->pages, str_from(names[i]));
		if (document && document->form != DOCUMENT_RECORD)
			return document;
	}
	return NULL;
}

static void
add_start(struct pages *pages)
{
	const struct document *document = start_document(pages->site);
	pages_add(pages, &(struct page){
	                         .path = STR("index.html"),
	                         .template = "index.html",
	                         .fill = fill_start,
	                         .subject = document,
	                         .title = document ? document->self->title : template_get(pages->shared, STR("title")).as.text,
	                         .section = "index",
	                         .language = document ? page_language(record_text(document->self, FIELD_document_lang)) : STR(""),
	                         .maker = document ? document->path : STR("the start page"),
	                         .span = document ? span_of_file(document->source) : (struct span){0},
	                 });
}

/* ---- beside it ---- */

enum { SITEMAP_MAX = 50000 }; /* pages, by the protocol */

static void
fill_nothing(struct page_context *context)
{
	(void)context;
}

/* All pages for the tools of the house; where search engines are let in, what they may list. */
static bool
is_in_sitemap(const struct pages *pages, const struct page *page)
{
	if (pages->site->config->search_engines && !pages_is_findable(pages, page))
		return false;
	return page->template && !str_equal(page->path, STR("404.html")) && !str_equal(str_from(page->template), STR("redirect.html"));
}

static void
fill_sitemap(struct page_context *context)
{
	const struct pages *pages = context->pages;
	buf_add_c(&context->bytes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                           "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	size_t listed = 0;
	for (size_t i = 0; i < pages->list.count && listed < SITEMAP_MAX; i++) {
		if (!is_in_sitemap(pages, &pages->list.items[i]))
			continue;
		listed++;
		buf_add_c(&context->bytes, "<url><loc>");
		buf_add_html(&context->bytes, page_url(context->arena, pages->site->config->base_url));
		buf_add_html(&context->bytes, page_href(context, pages->list.items[i].path, STR("")));
		buf_add_c(&context->bytes, "</loc></url>\n");
	}
	buf_add_c(&context->bytes, "</urlset>\n");
}

void
index_pages(struct pages *pages)
{
	add_start(pages);
	pages_add_default(pages, &(struct page){.path = STR("404.html"), .template = "404.html", .fill = fill_nothing,
	                                        .title = pages_word(pages, "page.not_found"), .maker = STR("the page for missing pages")});
	if (pages->site->config->base_url.size)
		pages_add_default(pages, &(struct page){.path = STR("sitemap.xml"), .fill = fill_sitemap, .title = STR(""),
		                                        .maker = STR("the sitemap")});
}
