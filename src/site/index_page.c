/* The start page, 404.html and the sitemap. The start page shows content/index.md, else README.md, and the state of the ISMS. */
#include "site/document_page.h"
#include "site/risk_page.h"
#include "site/soa_page.h"

#include "model/risk.h"

/* ---- the state of the ISMS ---- */

static struct template_value
risk_bands(const struct page_context *context)
{
	const struct site *site = context->pages->site;
	const struct risk_method *method = &site->config->risk;
	const record_vec *risks = site_records(site, KIND_risk);
	size_t *counts = arena_array(context->arena, size_t, method->bands.count);
	for (size_t i = 0; i < risks->count; i++) {
		const struct risk_rating *rating = risk_deciding(risks->items[i]);
		if (risks->items[i]->risk->live && rating && rating->band >= 0)
			counts[rating->band]++;
	}
	struct template_value bands = template_list(context->arena);
	for (size_t i = 0; i < method->bands.count; i++) {
		struct template_value band = template_map(context->arena);
		page_put(context, band, "name", template_string(method->bands.items[i].name));
		page_put(context, band, "level", template_int((int64_t)i));
		page_put(context, band, "accepted", template_bool(method->bands.items[i].accepted));
		page_put(context, band, "count", template_int((int64_t)counts[i]));
		template_push(context->arena, bands, band);
	}
	return bands;
}

static struct template_value
risks_above(const struct page_context *context)
{
	const record_vec *risks = site_records(context->pages->site, KIND_risk);
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < risks->count; i++)
		if (risks->items[i]->risk->live && risks->items[i]->risk->above_appetite)
			template_push(context->arena, rows, risk_row(context, risks->items[i]));
	return rows;
}

enum { OVERDUE_SHOWN = 10 };

/* The first of what the report calls overdue. */
static struct template_value
overdue(const struct page_context *context, const struct report *report)
{
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < report->due.count && i < OVERDUE_SHOWN && report->due.items[i].days < 0; i++) {
		const struct due_item *item = &report->due.items[i];
		struct template_value row = page_record_link(context, item->record);
		page_put(context, row, "due", page_date(context, item->date));
		page_put(context, row, "what", page_text(due_type_title(item->type)));
		template_push(context->arena, rows, row);
	}
	return rows;
}

/* The shares of the three checklists: maps {title, percent}, `percent` is none when nothing applies. */
static struct template_value
stages(const struct page_context *context, const struct report *report)
{
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < report->readiness->stages.count; i++) {
		const struct readiness_share *share = &report->readiness->stages.items[i];
		struct template_value row = template_map(context->arena);
		page_put(context, row, "title", template_string(share->title));
		page_put(context, row, "percent", share->percent >= 0 ? template_int(share->percent) : template_none());
		template_push(context->arena, rows, row);
	}
	return rows;
}

/* What the start page takes from the report; none without one. */
static struct template_value
readiness(const struct page_context *context)
{
	const struct report *report = context->pages->options->report;
	if (!report)
		return template_none();
	struct template_value values = template_map(context->arena);
	page_put(context, values, "stages", stages(context, report));
	page_put(context, values, "overdue", overdue(context, report));
	page_put(context, values, "overdue_count", template_int((int64_t)report->overdue_count));
	page_put(context, values, "href", template_string(page_href(context, STR("report.html"), STR(""))));
	return values;
}

static struct template_value
summary(const struct page_context *context)
{
	const struct site *site = context->pages->site;
	struct template_value values = template_map(context->arena);
	page_put(context, values, "documents", template_int((int64_t)site->documents.count));
	page_put(context, values, "controls", template_int((int64_t)site->catalogue->control_count));
	page_put(context, values, "risks", template_int((int64_t)site_records(site, KIND_risk)->count));
	page_put(context, values, "soa", soa_legend(context, NULL));
	page_put(context, values, "bands", risk_bands(context));
	page_put(context, values, "above_appetite", risks_above(context));
	page_put(context, values, "readiness", readiness(context));
	return values;
}

/* ---- the start page ---- */

static void
fill_start(struct page_context *context)
{
	const struct document *document = context->page->subject;
	page_put(context, context->values, "summary", summary(context));
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
