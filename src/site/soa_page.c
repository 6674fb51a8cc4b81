#include "site/soa_page.h"

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

static void
put_fields(const struct page_context *context, struct template_value row, const struct record *soa)
{
	static const int fields[] = {FIELD_soa_justification, FIELD_soa_exclusion_justification, FIELD_soa_reasons, FIELD_soa_implementation,
	                             FIELD_soa_not_implemented_justification, FIELD_soa_planned_for, FIELD_soa_owner};
	const struct kind *kind = context->pages->site->schema->kinds[KIND_soa];
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const struct value *value = soa ? record_written(soa, fields[i]) : NULL;
		page_put(context, row, kind->fields[fields[i]]->name, value ? page_value(context, value) : template_none());
	}
}

static struct template_value
soa_row(const struct page_context *context, const struct control_state *state)
{
	struct template_value row = page_control_link(context, state->control);
	page_put(context, row, "state", page_text(soa_state_name(soa_state(context->pages->site, state))));
	page_put(context, row, "is_applicable", template_int(soa_is_applicable(state->soa)));
	page_put(context, row, "has_entry", template_bool(state->soa != NULL));
	put_fields(context, row, state->soa);
	page_put(context, row, "risks", page_record_links(context, &state->risks));
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

static void
fill_page(struct page_context *context)
{
	const struct catalogue *catalogue = context->pages->site->catalogue;
	struct template_value values = template_map(context->arena), themes = template_list(context->arena);
	for (size_t i = 0; i <= catalogue->theme_count; i++) {
		const struct theme *theme = i < catalogue->theme_count ? &catalogue->themes[i] : NULL;
		if (theme && theme->parent)
			continue;
		struct template_value group = soa_theme(context, theme);
		if (has_rows(group))
			template_push(context->arena, themes, group);
	}
	page_put(context, values, "legend", soa_legend(context, NULL));
	page_put(context, values, "themes", themes);
	page_put(context, values, "others", other_entries(context));
	page_put(context, values, "total", template_int((int64_t)catalogue->control_count));
	page_put(context, context->values, "soa", values);
}

void
soa_pages(struct pages *pages)
{
	pages_add(pages, &(struct page){.path = STR("soa/index.html"), .template = "soa.html", .fill = fill_page,
	                                .title = STR("Statement of Applicability"), .section = "soa",
	                                .document = pages_document_of(site_records(pages->site, KIND_soa)),
	                                .maker = STR("the Statement of Applicability")});
}
