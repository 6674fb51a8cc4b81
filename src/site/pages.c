#include "site/pages.h"

#include "base/parallel.h"
#include "base/path.h"
#include "site/page_terms.h"
#include "site/page_values.h"
#include "site/search_page.h"

#include <string.h>

enum { RETRIES_MAX = 20 };

/* ---- the list ---- */

bool
pages_add(struct pages *pages, const struct page *page)
{
	struct output_file file = {.path = page->path, .maker = page->maker, .span = page->span};
	if (!output_add(pages->output, &file, pages->diags))
		return false;
	vec_push(pages->arena, &pages->list, *page);
	pages->list.items[pages->list.count - 1].file = pages->output->files.count - 1;
	return true;
}

bool
pages_add_default(struct pages *pages, const struct page *page)
{
	return output_is_free(pages->output, page->path) && pages_add(pages, page);
}

const struct document *
pages_document_of(const record_vec *records)
{
	const struct document *document = records->count ? records->items[0]->document : NULL;
	for (size_t i = 1; document && i < records->count; i++)
		if (records->items[i]->document != document)
			return NULL;
	return document;
}

/* ---- what every page has ---- */

static struct str
site_title(const struct pages *pages)
{
	const struct config *config = pages->site->config;
	if (config->title.size)
		return config->title;
	return config->organization.size ? config->organization : pages_word(pages, "layout.isms");
}

static struct template_value
shared_counts(struct pages *pages)
{
	size_t counts[SEVERITY_ERROR + 1] = {0};
	for (size_t i = 0; i < pages->findings->items.count; i++)
		if (!pages->findings->items.items[i]->suppressed_by)
			counts[pages->findings->items.items[i]->severity]++;
	struct template_value values = template_map(pages->arena);
	for (enum severity severity = SEVERITY_NOTE; severity <= SEVERITY_ERROR; severity++)
		template_put(pages->arena, values, severity_name(severity), template_int((int64_t)counts[severity]));
	bool passed = pages->options->report ? pages->options->report->passed : !counts[SEVERITY_ERROR];
	template_put(pages->arena, values, "verdict", template_string(passed ? STR("pass") : STR("fail")));
	return values;
}

static struct template_value
shared_catalogue(struct pages *pages)
{
	struct template_value values = template_map(pages->arena);
	template_put(pages->arena, values, "name", template_string(pages->site->catalogue->name));
	template_put(pages->arena, values, "standard", template_string(pages->site->catalogue->standard));
	return values;
}

static int
highest_classification(const struct site *site)
{
	int highest = -1;
	for (size_t i = 0; i < site->documents.count; i++) {
		int level = record_choice(site->documents.items[i]->self, FIELD_document_classification);
		highest = level > highest ? level : highest;
	}
	return highest;
}

static void
share(struct pages *pages)
{
	const struct config *config = pages->site->config;
	struct arena *arena = pages->arena;
	struct str language = page_language(config->language);
	struct template_value shared = template_map(arena), counts = shared_counts(pages);
	struct buf today = {0};
	buf_add_date(&today, pages->site->today);
	template_put(arena, shared, "title", template_string(site_title(pages)));
	template_put(arena, shared, "organization", template_string(config->organization));
	template_put(arena, shared, "description", template_string(config->description));
	template_put(arena, shared, "language", template_string(language.size ? language : STR("en")));
	template_put(arena, shared, "footer", template_string(config->footer));
	template_put(arena, shared, "catalogue", shared_catalogue(pages));
	template_put(arena, shared, "date", template_string(buf_take(&today, arena)));
	template_put(arena, shared, "version", page_text(pages->options->version));
	template_put(arena, shared, "commit", page_text(pages->options->commit));
	template_put(arena, shared, "verdict", template_get(counts, STR("verdict")));
	template_put(arena, shared, "counts", counts);
	pages->shared = shared;
	pages->classification = highest_classification(pages->site);
}

/* Index of the classification that PAGE carries; -1: none. */
static int
classification_of(const struct pages *pages, const struct page *page)
{
	const struct record *self = page->document ? page->document->self : NULL;
	return self ? record_choice(self, FIELD_document_classification) : pages->classification;
}

bool
pages_is_findable(const struct pages *pages, const struct page *page)
{
	return pages->site->config->search_engines && classification_of(pages, page) <= 0;
}

/* What a printed page must say of itself (7.5.2 a, 7.5.3). */
static void
fill_control(struct page_context *context)
{
	const struct record *self = context->page->document ? context->page->document->self : NULL;
	const struct schema *schema = context->pages->site->schema;
	int level = classification_of(context->pages, context->page);
	const struct choice_list *levels = schema->kinds[KIND_page]->fields[FIELD_document_classification]->choices;
	page_put(context, context->about, "classification", template_string(level >= 0 ? page_choice(context, levels->choices[level].text) : STR("")));
	page_put(context, context->about, "is_findable", template_bool(pages_is_findable(context->pages, context->page)));
	page_put(context, context->about, "version", template_string(self ? record_text(self, FIELD_document_version) : STR("")));
	page_put(context, context->about, "document_id", template_string(self && self->has_id ? self->id : STR("")));
}

static void
fill_common(struct page_context *context)
{
	const struct page *page = context->page;
	struct str language = page->language.size ? page->language : page_language(context->pages->site->config->language);
	bool is_translated = words_find(&context->pages->words, language) == context->language;
	context->values = template_map(context->arena);
	context->about = template_map(context->arena);
	page_put(context, context->values, "site", context->pages->shared);
	page_put(context, context->values, "page", context->about);
	page_put(context, context->values, "theme", theme_value(context->pages->options->theme));
	page_put(context, context->values, "words", context->language->values);
	page_put(context, context->values, "nav", page_menu(context));
	page_put(context, context->about, "title", template_string(page->title));
	page_put(context, context->about, "path", template_string(page->path));
	page_put(context, context->about, "language", template_string(is_translated && language.size ? language : context->language->name));
	page_put(context, context->about, "english", template_html(page_is_translated(context) ? STR(" lang=\"en\"") : STR("")));
	page_put(context, context->about, "description", page_text(""));
	fill_control(context);
	page_put(context, context->about, "heading", page_text(""));
	page_put(context, context->about, "text_language", template_string(is_translated ? STR("") : language));
	page_put(context, context->about, "home", template_string(page_href(context, STR("index.html"), STR(""))));
	page_put(context, context->about, "theme", template_string(page_href(context, STR("theme/"), STR(""))));
	page_put(context, context->about, "search", template_string(search_page_href(context)));
	page_put(context, context->about, "breadcrumbs", template_list(context->arena));
	if (!str_equal(page->path, STR("index.html")))
		page_breadcrumb(context, page_word(context, "menu.index").as.text, STR("index.html"));
}

/* Findings by document, so that no page has to look through all of them. */
static void
sort_findings(struct pages *pages)
{
	for (size_t i = 0; i < pages->findings->items.count; i++) {
		const struct diag *diag = pages->findings->items.items[i];
		if (!diag->span.source)
			continue;
		diag_vec *found = map_get(&pages->findings_of, diag->span.source->path);
		if (!found) {
			found = arena_new(pages->arena, diag_vec);
			map_put(pages->arena, &pages->findings_of, diag->span.source->path, found);
		}
		vec_push(pages->arena, found, diag);
	}
}

/* ---- rendering ---- */

static bool
make_page(struct page_context *context, struct diag_list *diags)
{
	const struct page *page = context->page;
	const struct words_language *own = page->language.size ? words_find(&context->pages->words, page->language) : NULL;
	context->language = own ? own : context->pages->language;
	fill_common(context);
	page->fill(context);
	if (!page->template)
		return true;
	if (context->pages->options->see)
		context->pages->options->see(context->pages->options->watcher, page, context->values);
	return template_render(&context->pages->templates, str_from(page->template), context->values, context->arena,
	                       &context->bytes, diags);
}

struct rendering {
	const struct pages *pages;
	struct buf *bytes; /* one for each page */
	bool *failed;
};

static void
render_one(void *argument, size_t worker, size_t index)
{
	(void)worker;
	struct rendering *rendering = argument;
	struct arena scratch = {0};
	struct diag_list dropped; /* the page is made again where findings are kept */
	diag_list_init(&dropped, &scratch);
	struct page_context context = {
		.pages = rendering->pages, .page = &rendering->pages->list.items[index], .arena = &scratch};
	rendering->failed[index] = !make_page(&context, &dropped);
	rendering->bytes[index] = context.bytes;
	arena_release(&scratch);
}

static bool
keep_page(struct pages *pages, struct rendering *rendering, size_t index, size_t *retries)
{
	struct output_file *file = &pages->output->files.items[pages->list.items[index].file];
	file->bytes = buf_take(&rendering->bytes[index], pages->arena);
	if (!rendering->failed[index])
		return true;
	if ((*retries)++ < RETRIES_MAX) {
		struct page_context context = {.pages = pages, .page = &pages->list.items[index], .arena = pages->arena};
		make_page(&context, pages->diags);
		buf_release(&context.bytes);
	}
	return false;
}

static bool
render_all(struct pages *pages)
{
	size_t count = pages->list.count, retries = 0;
	struct rendering rendering = {
		.pages = pages,
		.bytes = arena_array(pages->arena, struct buf, count),
		.failed = arena_array(pages->arena, bool, count),
	};
	bool good = true;
	parallel_for(pages->options->threads, count, render_one, &rendering);
	for (size_t i = 0; i < count; i++)
		good = keep_page(pages, &rendering, i, &retries) && good;
	return good;
}

static void
add_attachments(struct pages *pages)
{
	const struct site *site = pages->site;
	for (size_t i = 0; i < site->assets.count; i++)
		output_add_copy(pages->output, site->assets.items[i].path, site->root, site->assets.items[i].path, pages->diags);
}

/* A theme that lacks a template is refused before anything is rendered: one finding a template. */
static bool
has_templates(struct pages *pages)
{
	struct map missing = {0};
	for (size_t i = 0; i < pages->list.count; i++) {
		const struct page *page = &pages->list.items[i];
		if (!page->template || template_set_has(&pages->templates, str_from(page->template)) ||
		    map_put(pages->arena, &missing, str_from(page->template), pages))
			continue;
		struct span span = theme_span(pages->options->theme);
		struct diag *diag = diag_add(pages->diags, CODE_THM007, span, str_from(page->template), "the theme has no template `%s`, which `%.*s` needs",
		                             page->template, STR_ARG(page->path));
		diag_hint(pages->diags, diag, "add it to templates/, or write `extends: default` in theme.yaml");
	}
	return !missing.entries.count;
}

static void
list_pages(struct pages *pages)
{
	document_pages(pages);
	record_pages(pages);
	control_pages(pages);
	soa_pages(pages);
	matrix_pages(pages);
	coverage_pages(pages);
	family_pages(pages);
	report_pages(pages);
	calendar_pages(pages);
	clause_pages(pages);
	certificate_pages(pages);
	owner_pages(pages);
	permission_pages(pages);
	asset_pages(pages);
	register_pages(pages);
	add_attachments(pages);
	glossary_pages(pages);
	atoz_pages(pages);
	all_pages(pages);
	search_pages(pages);
	index_pages(pages);
	redirect_pages(pages);
}

bool
site_render(const struct site *site, const struct diag_list *findings, const struct site_build_options *options,
            struct output *output, struct diag_list *diags)
{
	struct pages pages = {
		.site = site,
		.findings = findings,
		.options = options,
		.arena = output->arena,
		.output = output,
		.diags = diags,
	};
	template_set_init(&pages.templates, output->arena);
	words_init(&pages.words, output->arena);
	if (!theme_load(options->theme, &pages.templates, &pages.words, output, diags))
		return false;
	pages.language = words_find(&pages.words, site->config->language);
	if (!pages.language)
		pages.language = words_find(&pages.words, STR(WORDS_FALLBACK));
	share(&pages);
	reading_order_make(&pages.order, site, pages.arena);
	sort_findings(&pages);
	list_pages(&pages);
	bool rendered = has_templates(&pages) && render_all(&pages);
	output_sort(output);
	return rendered;
}
