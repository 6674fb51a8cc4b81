/* The ISO/IEC 27000 family: which standard is for what, and which pages of this site have to do with it. */
#include "site/page_values.h"

enum { RELATED_MAX = 5 };

/* Pages by the number of the standard; WORD is the key of the page's name. Pages that the site lacks are left out. */
static const struct {
	const char *standard;
	struct {
		const char *path, *word;
	} pages[RELATED_MAX];
} related[] = {
	{"ISO/IEC 27000", {{"glossary/index.html", "menu.glossary"}}},
	{"ISO/IEC 27001",
	 {{"clause/index.html", "menu.clauses"},
	  {"soa/index.html", "menu.soa"},
	  {"report.html", "menu.report"},
	  {"certificate/index.html", "menu.certificate"}}},
	{"ISO/IEC 27002", {{"control/index.html", "menu.control"}}},
	{"ISO/IEC 27003", {{"clause/index.html", "menu.clauses"}, {"document/index.html", "menu.document"}}},
	{"ISO/IEC 27004", {{"metric/index.html", "menu.metric"}}},
	{"ISO/IEC 27005", {{"risk/index.html", "menu.risk"}, {"matrix/index.html", "menu.matrix"}}},
	{"ISO/IEC 27006-1", {{"certificate/index.html", "menu.certificate"}}},
	{"ISO/IEC 27007", {{"audit/index.html", "family.pages.audits"}, {"finding/index.html", "family.pages.findings"}}},
	{"ISO/IEC TS 27008", {{"evidence/index.html", "family.pages.evidence"}, {"control/index.html", "menu.control"}}},
	{"ISO/IEC 27014", {{"owner/index.html", "menu.owners"}, {"review/index.html", "family.pages.reviews"}}},
	{"ISO/IEC 27017", {{"coverage/iso27017-2015.html", "family.pages.coverage"}}},
	{"ISO/IEC 27018", {{"coverage/iso27018-2019.html", "family.pages.coverage"}}},
	{"ISO/IEC 27021", {{"competence/index.html", "family.pages.competences"}, {"training/index.html", "family.pages.trainings"}}},
	{"ISO/IEC 27031", {{"exercise/index.html", "family.pages.exercises"}}},
	{"ISO/IEC 27035-1", {{"incident/index.html", "family.pages.incidents"}}},
	{"ISO/IEC 27036-1", {{"supplier/index.html", "family.pages.suppliers"}}},
};

static struct template_value
related_pages(const struct page_context *context, struct str standard)
{
	struct template_value links = template_list(context->arena);
	for (size_t i = 0; i < sizeof related / sizeof *related; i++)
		for (size_t k = 0; str_equal(standard, str_from(related[i].standard)) && k < RELATED_MAX && related[i].pages[k].path; k++) {
			struct str path = str_from(related[i].pages[k].path);
			if (output_find(context->pages->output, path))
				template_push(context->arena, links, page_link(context, page_word(context, related[i].pages[k].word).as.text, path));
		}
	return links;
}

static struct template_value
standard_row(const struct page_context *context, const struct family_document *document)
{
	struct template_value row = template_map(context->arena);
	page_put(context, row, "id", template_string(document->id));
	page_put(context, row, "edition", template_string(document->edition));
	page_put(context, row, "amendment", template_string(document->amendment));
	page_put(context, row, "previous", template_string(document->previous));
	page_put(context, row, "title", template_string(document->title));
	page_put(context, row, "purpose", template_string(document->purpose));
	page_put(context, row, "pages", related_pages(context, document->id));
	return row;
}

static void
fill_page(struct page_context *context)
{
	static const char *const kinds[] = {"overview", "requirements", "guidance", "sector"};
	struct template_value groups = template_list(context->arena);
	size_t count;
	const struct family_document *all = family_all(&count);
	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		struct template_value group = template_map(context->arena), rows = template_list(context->arena);
		for (size_t i = 0; i < count; i++)
			if (str_equal(all[i].kind, str_from(kinds[k])))
				template_push(context->arena, rows, standard_row(context, &all[i]));
		page_put(context, group, "name", page_text(kinds[k]));
		page_put(context, group, "rows", rows);
		template_push(context->arena, groups, group);
	}
	page_put(context, context->values, "family", groups);
	page_put(context, context->values, "family_count", template_int((int64_t)count));
}

void
family_pages(struct pages *pages)
{
	pages_add(pages, &(struct page){.path = STR("family/index.html"), .template = "family.html", .fill = fill_page,
	                                .title = pages_word(pages, "family.title"), .section = "family",
	                                .maker = STR("the family of standards")});
}
