/* The page of a catalogue's control: everything that meets at it. */
#include "site/page_terms.h"
#include "site/risk_page.h"

/* What refers to a control of a catalogue beside the primary one. */
struct foreign_control {
	VEC(struct backlink) backlinks;
};

/* ---- what the standards say ---- */

/* "Identity and access management" from "identity_and_access_management". */
static void
add_attribute(const struct page_context *context, struct template_value attributes, const char *label,
              const struct str_list *words)
{
	struct template_value entry = template_map(context->arena), texts = template_list(context->arena);
	if (!words->count)
		return;
	for (size_t i = 0; i < words->count; i++)
		template_push(context->arena, texts, template_string(page_label(context->arena, str_c(context->arena, words->items[i]))));
	page_put(context, entry, "label", page_text(label));
	page_put(context, entry, "texts", texts);
	template_push(context->arena, attributes, entry);
}

static struct template_value
attributes(const struct page_context *context, const struct control *control)
{
	struct template_value list = template_list(context->arena);
	add_attribute(context, list, "Control type", &control->control_type);
	add_attribute(context, list, "Security properties", &control->properties);
	add_attribute(context, list, "Cybersecurity concepts", &control->cybersecurity_concepts);
	add_attribute(context, list, "Operational capabilities", &control->operational_capabilities);
	add_attribute(context, list, "Security domains", &control->security_domains);
	return list;
}

static struct template_value
framework_refs(const struct page_context *context, struct mapping_list mappings)
{
	struct template_value refs = template_list(context->arena);
	for (size_t i = 0; i < mappings.count; i++) {
		struct template_value ref = template_map(context->arena);
		page_put(context, ref, "id", template_string(mappings.items[i].ref->id));
		page_put(context, ref, "title", template_string(mappings.items[i].ref->title));
		page_put(context, ref, "is_official", template_bool(mappings.items[i].official));
		template_push(context->arena, refs, ref);
	}
	return refs;
}

static struct template_value
frameworks(const struct page_context *context, const struct control *control)
{
	struct template_value list = template_list(context->arena);
	size_t count;
	const struct framework *all = framework_all(&count);
	for (size_t i = 0; i < count; i++) {
		struct mapping_list mappings = framework_of_control(&all[i], control);
		if (!mappings.count)
			continue;
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "title", template_string(all[i].title));
		page_put(context, entry, "refs", framework_refs(context, mappings));
		template_push(context->arena, list, entry);
	}
	return list;
}

static struct template_value
other_edition(const struct page_context *context, const struct control_list *controls)
{
	struct template_value links = template_list(context->arena);
	for (size_t i = 0; i < controls->count; i++)
		template_push(context->arena, links, page_control_link(context, controls->items[i]));
	return links;
}

static void
fill_standard(struct page_context *context, struct template_value values, const struct control *control)
{
	const struct theme *theme = control_top_theme(control);
	page_put(context, values, "id", template_string(control->id));
	page_put(context, values, "title", template_string(control->title));
	page_put(context, values, "title_27002", template_string(control->title_27002));
	page_put(context, values, "standard", template_string(control->catalogue->standard));
	page_put(context, values, "theme", template_string(theme ? theme->title : STR("")));
	page_put(context, values, "attributes", attributes(context, control));
	page_put(context, values, "frameworks", frameworks(context, control));
	page_put(context, values, "replaces", other_edition(context, &control->replaces));
	page_put(context, values, "replaced_by", other_edition(context, &control->replaced_by));
}

/* ---- what the ISMS says ---- */

static struct template_value
reasons(const struct page_context *context, const struct control_state *state)
{
	const struct field *field = context->pages->site->schema->kinds[KIND_soa]->fields[FIELD_soa_reasons];
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < CHOICE_COUNT_reason; i++)
		if (state->reasons[i])
			template_push(context->arena, list, page_text(field->choices->choices[i].text));
	return list;
}

static struct template_value
evidence_row(const struct page_context *context, const struct record *evidence)
{
	const struct site *site = context->pages->site;
	struct template_value row = page_record_link(context, evidence);
	struct date collected = record_date(evidence, FIELD_evidence_collected_on), until = evidence_valid_until(site, evidence);
	bool known = date_is_set(collected);
	page_put(context, row, "collected_on", page_date(context, collected));
	page_put(context, row, "age_days", template_int(known ? date_difference(collected, site->today) : -1));
	page_put(context, row, "valid_until", page_date(context, until));
	page_put(context, row, "is_expired", template_bool(known && date_compare(until, site->today) < 0));
	return row;
}

static struct template_value
rows(const struct page_context *context, const record_vec *records,
     struct template_value (*row)(const struct page_context *, const struct record *))
{
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < records->count; i++)
		template_push(context->arena, list, row(context, records->items[i]));
	return list;
}

static struct template_value
work_row(const struct page_context *context, const struct record *record)
{
	struct template_value row = page_record_link(context, record);
	const struct value *status = record_written(record, kind_field(record->kind, STR("status")));
	page_put(context, row, "status", status ? page_value(context, status) : template_none());
	return row;
}

static struct template_value
entry_fields(const struct page_context *context, const struct record *soa)
{
	struct template_value fields = template_list(context->arena);
	page_add_fields(context, fields, soa, FIELD_COUNT_record, soa->kind->field_count, "control risks requirements documents evidence");
	page_add_fields(context, fields, soa, FIELD_record_description, FIELD_COUNT_record, "");
	return fields;
}

static void
fill_entry(struct page_context *context, struct template_value values, const struct control_state *state)
{
	struct template_value entry = template_none();
	if (state->soa) {
		entry = template_map(context->arena);
		page_put(context, entry, "fields", entry_fields(context, state->soa));
		page_put(context, entry, "file", page_record_link(context, state->soa->document->self));
		page_put(context, entry, "line", template_int(state->soa->span.line));
	}
	page_put(context, values, "entry", entry);
	page_put(context, values, "state", page_text(soa_state_name(soa_state(context->pages->site, state))));
	page_put(context, values, "is_applicable", template_int(soa_is_applicable(state->soa)));
	page_put(context, values, "reasons", reasons(context, state));
}

static void
fill_state(struct page_context *context, struct template_value values, const struct control_state *state)
{
	fill_entry(context, values, state);
	page_put(context, values, "risks", rows(context, &state->risks, risk_row));
	page_put(context, values, "existing_risks", rows(context, &state->existing_risks, risk_row));
	page_put(context, values, "requirements", page_record_links(context, &state->requirements));
	page_put(context, values, "documents", page_record_links(context, &state->documents));
	page_put(context, values, "controls", page_record_links(context, &state->controls));
	page_put(context, values, "evidence", rows(context, &state->evidence, evidence_row));
	page_put(context, values, "findings", rows(context, &state->findings, work_row));
	page_put(context, values, "audits", rows(context, &state->audits, work_row));
	page_put(context, values, "exceptions", page_record_links(context, &state->exceptions));
	page_put(context, values, "suppliers", page_record_links(context, &state->suppliers));
	page_put(context, values, "backlinks", page_backlinks(context, state->backlinks.items, state->backlinks.count));
}

static void
fill_foreign(struct page_context *context, struct template_value values, const struct control *control)
{
	struct str key = str_printf(context->arena, "%.*s:%.*s", STR_ARG(control->catalogue->name), STR_ARG(control->id));
	const struct foreign_control *foreign = map_get(&context->pages->foreign, key);
	page_put(context, values, "backlinks",
	         page_backlinks(context, foreign ? foreign->backlinks.items : NULL, foreign ? foreign->backlinks.count : 0));
}

static void
fill_page(struct page_context *context)
{
	const struct control *control = context->page->subject;
	const struct control_state *state = site_control(context->pages->site, control);
	struct template_value values = template_map(context->arena);
	page_breadcrumb(context, STR("Controls"), STR("control/index.html"));
	fill_standard(context, values, control);
	page_put(context, values, "is_primary", template_bool(state != NULL));
	if (state)
		fill_state(context, values, state);
	else
		fill_foreign(context, values, control);
	page_put(context, context->values, "control", values);
}

/* ---- controls of other catalogues ---- */

static void
note_foreign(struct pages *pages, const struct record *root, const struct value *value)
{
	bool is_reference = value->field->type == FIELD_CONTROL || value->field->type == FIELD_REF;
	if (!is_reference || value->state != VALUE_OK || value->reference.type != REFERENCE_CONTROL)
		return;
	const struct control *control = value->reference.control;
	struct str key = str_printf(pages->arena, "%.*s:%.*s", STR_ARG(control->catalogue->name), STR_ARG(control->id));
	struct foreign_control *foreign = map_get(&pages->foreign, key);
	if (!foreign) {
		foreign = arena_new(pages->arena, struct foreign_control);
		map_put(pages->arena, &pages->foreign, key, foreign);
	}
	vec_push(pages->arena, &foreign->backlinks, ((struct backlink){root, value->field, value->span}));
}

static void
note_record(struct pages *pages, const struct record *record)
{
	for (size_t f = 0; f < record->kind->field_count; f++) {
		const struct value *value = record_value(record, (int)f);
		for (size_t i = 0; i < value_count(value); i++)
			note_foreign(pages, record, value_item(value, i));
	}
}

static void
find_foreign(struct pages *pages)
{
	const struct site *site = pages->site;
	for (size_t d = 0; site->config->catalogues.count > 1 && d < site->documents.count; d++) {
		const struct document *document = site->documents.items[d];
		note_record(pages, document->self);
		for (size_t i = 0; i < document->records.count; i++)
			note_record(pages, document->records.items[i]);
	}
}

static void
add_page(struct pages *pages, const struct catalogue *catalogue, const struct control *control)
{
	bool primary = catalogue == pages->site->catalogue;
	struct str path = primary ? str_printf(pages->arena, "control/%.*s.html", STR_ARG(control->id))
	                          : str_printf(pages->arena, "control/%.*s/%.*s.html", STR_ARG(catalogue->name),
	                                       STR_ARG(control->id));
	pages_add(pages, &(struct page){
	                         .path = path,
	                         .template = "control.html",
	                         .fill = fill_page,
	                         .subject = control,
	                         .title = str_printf(pages->arena, "%.*s %.*s", STR_ARG(control->id), STR_ARG(control->title)),
	                         .section = "control",
	                         .maker = str_printf(pages->arena, "%.*s %.*s", STR_ARG(catalogue->standard), STR_ARG(control->id)),
	                 });
}

void
control_pages(struct pages *pages)
{
	find_foreign(pages);
	for (size_t c = 0; c < pages->site->config->catalogues.count; c++) {
		const struct catalogue *catalogue = pages->site->config->catalogues.items[c];
		for (size_t i = 0; i < catalogue->control_count; i++)
			add_page(pages, catalogue, &catalogue->controls[i]);
	}
}
