#include "site/soa_page.h"

#include "site/control_values.h"
#include "site/figure.h"

enum { STATEMENTS_MAX = 10 };

static const char *const meanings[SOA_STATE_COUNT] = {
	[SOA_YES] = "applies and is implemented",
	[SOA_PARTIAL] = "applies and is partly implemented",
	[SOA_NO] = "applies and is not implemented yet",
	[SOA_NOT_APPLICABLE] = "does not apply; the justification says why",
	[SOA_NOT_CHECKED] = "nobody has decided yet whether it applies or is implemented",
	[SOA_NO_EVIDENCE_EXPECTED] = "applies and is implemented; no record can show it working",
};

struct template_value
soa_legend(const struct page_context *context, const struct theme *theme)
{
	const struct site *site = context->pages->site;
	size_t counts[SOA_STATE_COUNT] = {0};
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		if (!theme || control_top_theme(&site->catalogue->controls[i]) == theme)
			counts[soa_state(site, &site->controls[i])]++;
	struct template_value legend = template_list(context->arena);
	for (enum soa_state state = 0; state < SOA_STATE_COUNT; state++) {
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "name", page_text(soa_state_name(state)));
		page_put(context, entry, "meaning", page_text(meanings[state]));
		page_put(context, entry, "count", template_int((int64_t)counts[state]));
		template_push(context->arena, legend, entry);
	}
	return legend;
}

static struct template_value
soa_row(const struct page_context *context, const struct control_state *state)
{
	static const int fields[] = {FIELD_soa_justification, FIELD_soa_exclusion_justification, FIELD_soa_implementation,
	                             FIELD_soa_not_implemented_justification, FIELD_soa_planned_for, FIELD_soa_owner};
	struct template_value row = page_control_link(context, state->control);
	page_put(context, row, "state", page_text(soa_state_name(soa_state(context->pages->site, state))));
	page_put(context, row, "is_applicable", template_int(soa_is_applicable(state->soa)));
	page_put(context, row, "has_entry", template_bool(state->soa != NULL));
	control_put_fields(context, row, state->soa, fields, sizeof fields / sizeof *fields);
	page_put(context, row, "source", state->soa ? control_source(context, state->soa) : template_none());
	page_put(context, row, "reasons", control_reasons(context, state));
	page_put(context, row, "risks", page_record_links(context, &state->risks));
	page_put(context, row, "requirements", page_record_links(context, &state->requirements));
	page_put(context, row, "documents", page_record_links(context, &state->documents));
	page_put(context, row, "evidence", page_record_links(context, &state->evidence));
	return row;
}

static struct template_value
soa_theme(const struct page_context *context, const struct theme *theme)
{
	const struct site *site = context->pages->site;
	struct template_value group = template_map(context->arena), rows = template_list(context->arena);
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		if (control_top_theme(&site->catalogue->controls[i]) == theme)
			template_push(context->arena, rows, soa_row(context, &site->controls[i]));
	page_put(context, group, "id", template_string(theme ? theme->id : STR("")));
	page_put(context, group, "title", template_string(theme ? theme->title : site->catalogue->standard));
	page_put(context, group, "legend", soa_legend(context, theme));
	page_put(context, group, "rows", rows);
	page_put(context, group, "count", template_int((int64_t)template_count(rows)));
	return group;
}

static bool
has_rows(const struct template_value group)
{
	return template_count(template_get(group, STR("rows"))) > 0;
}

/* Entries for controls of the organisation's own (6.1.3 b). */
static struct template_value
other_entries(const struct page_context *context)
{
	const record_vec *records = site_records(context->pages->site, KIND_soa);
	record_vec others = {0};
	for (size_t i = 0; i < records->count; i++)
		if (!records->items[i]->control)
			vec_push(context->arena, &others, records->items[i]);
	if (!others.count)
		return template_none();
	return page_table(context, context->pages->site->schema->kinds[KIND_soa], &others, NULL);
}

/* ---- the statement as a controlled document ---- */

static struct template_value
statement_values(const struct page_context *context, const struct document *document)
{
	static const int fields[] = {FIELD_document_version, FIELD_document_status, FIELD_document_owner, FIELD_document_approved_by,
	                             FIELD_document_approved_on, FIELD_document_classification};
	const struct record *self = document->self;
	struct date next = document_next_review(context->pages->site, self);
	struct template_value values = page_record_link(context, self);
	int status = record_choice(self, FIELD_document_status);
	control_put_fields(context, values, self, fields, sizeof fields / sizeof *fields);
	page_put(context, values, "next_review", page_date(context, next));
	page_put(context, values, "is_overdue", template_bool(date_is_set(next) && date_compare(next, context->pages->site->today) < 0));
	page_put(context, values, "is_approved", template_bool(status == CHOICE_document_status_approved));
	return values;
}

/* The documents that hold entries, each once; entries of one document follow each other. */
static struct template_value
statements(const struct page_context *context)
{
	const record_vec *records = site_records(context->pages->site, KIND_soa);
	struct template_value list = template_list(context->arena);
	size_t count = 0;
	for (size_t i = 0; i < records->count && count < STATEMENTS_MAX; i++)
		if (i == 0 || records->items[i]->document != records->items[i - 1]->document) {
			template_push(context->arena, list, statement_values(context, records->items[i]->document));
			count++;
		}
	return list;
}

static struct template_value
all_themes(const struct page_context *context)
{
	const struct catalogue *catalogue = context->pages->site->catalogue;
	struct template_value themes = template_list(context->arena);
	for (size_t i = 0; i <= catalogue->theme_count; i++) {
		const struct theme *theme = i < catalogue->theme_count ? &catalogue->themes[i] : NULL;
		if (theme && theme->parent)
			continue;
		struct template_value group = soa_theme(context, theme);
		if (has_rows(group))
			template_push(context->arena, themes, group);
	}
	return themes;
}

static void
fill_page(struct page_context *context)
{
	struct template_value values = template_map(context->arena), themes = all_themes(context);
	page_put(context, values, "legend", soa_legend(context, NULL));
	page_put(context, values, "statements", statements(context));
	page_put(context, values, "themes", themes);
	page_put(context, values, "others", other_entries(context));
	page_put(context, values, "total", template_int((int64_t)context->pages->site->catalogue->control_count));
	page_put(context, values, "figure", figure_soa(context));
	page_put(context, context->values, "soa", values);
}

void
soa_pages(struct pages *pages)
{
	pages_add(pages, &(struct page){.path = STR("soa/index.html"), .template = "soa.html", .fill = fill_page,
	                                .title = pages_word(pages, "menu.soa"), .section = "soa",
	                                .document = pages_document_of(site_records(pages->site, KIND_soa)),
	                                .maker = STR("the Statement of Applicability")});
}
