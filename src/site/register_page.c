/* Registers: the records of a kind as a table, the documents, and the list of registers. */
#include "site/control_values.h"
#include "site/page_terms.h"
#include "site/figure.h"
#include "site/risk_page.h"

#include "check/document_control.h"

static bool
is_record_kind(const struct kind *kind)
{
	return kind->form == FORM_RECORD && kind->index != KIND_soa;
}

/* ---- the records of a kind ---- */

static void
fill_risks(struct page_context *context, struct template_value values, const record_vec *records)
{
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < records->count; i++)
		template_push(context->arena, rows, risk_row(context, records->items[i]));
	page_put(context, values, "risks", rows);
	page_put(context, values, "maps", context->pages->options->report ? figure_heat_maps(context, context->pages->options->report) : template_none());
}

static void
fill_register(struct page_context *context)
{
	const struct kind *kind = context->page->subject;
	record_vec records = page_sorted(context, site_records(context->pages->site, (int)kind->index));
	struct template_value values = template_map(context->arena);
	page_breadcrumb(context, page_word(context, "menu.registers").as.text, STR("register/index.html"));
	page_put(context, values, "kind", page_text(kind->name));
	page_put(context, values, "help", template_string(page_kind_help(context, kind)));
	page_put(context, values, "clause", page_text(kind->clause));
	page_put(context, values, "count", template_int((int64_t)records.count));
	page_put(context, values, "table", page_table(context, kind, &records, NULL));
	if (kind->index == KIND_risk)
		fill_risks(context, values, &records);
	if (kind->index == KIND_metric)
		page_put(context, values, "metrics", figure_metrics(context, &records));
	page_put(context, context->values, "register", values);
}

static void
add_register(struct pages *pages, const struct kind *kind)
{
	pages_add(pages, &(struct page){
	                         .path = str_printf(pages->arena, "%s/index.html", kind->name),
	                         .template = kind->index == KIND_risk     ? "risks.html"
	                                     : kind->index == KIND_metric ? "metrics.html"
	                                                                  : "register.html",
	                         .fill = fill_register,
	                         .subject = kind,
	                         .document = pages_document_of(site_records(pages->site, (int)kind->index)),
	                         .title = pages_kind_other(pages, kind),
	                         .section = kind->index == KIND_risk ? "risk" : kind->index == KIND_metric ? "metric" : "register",
	                         .maker = str_printf(pages->arena, "the register of %s", kind->plural),
	                 });
}

/* ---- the documents ---- */

static void
put_document_field(const struct page_context *context, struct template_value row, const struct record *self, int field)
{
	const struct value *value = record_written(self, field);
	page_put(context, row, self->kind->fields[field]->name, value ? page_value(context, value) : template_none());
}

static struct template_value
document_row(const struct page_context *context, const struct record *self)
{
	static const int fields[] = {FIELD_document_version, FIELD_document_status, FIELD_document_owner, FIELD_document_approved_by,
	                             FIELD_document_approved_on, FIELD_document_classification};
	const struct site *site = context->pages->site;
	struct template_value row = page_record_link(context, self);
	struct date next = document_next_review(site, self);
	bool is_retired = document_is_retired(self);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		put_document_field(context, row, self, fields[i]);
	page_put(context, row, "kind", template_string(page_kind_one(context, self->kind)));
	page_put(context, row, "next_review", page_date(context, is_retired ? (struct date){0} : next));
	page_put(context, row, "is_overdue", template_bool(!is_retired && date_is_set(next) && date_compare(next, site->today) < 0));
	return row;
}

/* Those in force, and the retired ones apart: both in the order of reading. */
static void
fill_documents(struct page_context *context)
{
	const record_vec *documents = &context->pages->order.documents;
	struct template_value rows = template_list(context->arena), retired = template_list(context->arena);
	for (size_t i = 0; i < documents->count; i++) {
		const struct record *self = documents->items[i];
		template_push(context->arena, document_is_retired(self) ? retired : rows, document_row(context, self));
	}
	page_put(context, context->values, "documents", rows);
	page_put(context, context->values, "retired", retired);
}

/* ---- the list of registers ---- */

static void
fill_registers(struct page_context *context)
{
	const struct site *site = context->pages->site;
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < site->schema->kind_count; i++) {
		const struct kind *kind = site->schema->kinds[i];
		if (!is_record_kind(kind) || !site->by_kind[i].count)
			continue;
		struct str path = str_printf(context->arena, "%s/index.html", kind->name);
		struct template_value row = page_link(context, page_kind_other(context, kind), path);
		page_put(context, row, "help", template_string(page_kind_help(context, kind)));
		page_put(context, row, "clause", page_text(kind->clause));
		page_put(context, row, "count", template_int((int64_t)site->by_kind[i].count));
		template_push(context->arena, rows, row);
	}
	page_put(context, context->values, "registers", rows);
}

/* ---- the controls ---- */

static struct template_value
control_row(const struct page_context *context, const struct control *control)
{
	const struct control_state *state = site_control(context->pages->site, control);
	struct template_value row = page_control_link(context, control);
	if (!state)
		return row;
	page_put(context, row, "state", page_text(soa_state_name(soa_state(context->pages->site, state))));
	page_put(context, row, "owner", template_none());
	control_put_fields(context, row, state->soa, (const int[]){FIELD_soa_owner}, 1);
	page_put(context, row, "risks", template_int((int64_t)(state->risks.count + state->existing_risks.count)));
	page_put(context, row, "documents", template_int((int64_t)state->documents.count));
	page_put(context, row, "proof", page_text(control_proof(context, state)));
	page_put(context, row, "until", page_date(context, control_proof_until(context, state)));
	page_put(context, row, "findings", template_int((int64_t)control_open_findings(state)));
	return row;
}

static struct template_value
catalogue_groups(const struct page_context *context, const struct catalogue *catalogue)
{
	struct template_value groups = template_list(context->arena), rows = {0};
	const struct theme *current = NULL;
	for (size_t i = 0; i < catalogue->control_count; i++) {
		const struct theme *theme = control_top_theme(&catalogue->controls[i]);
		if (i == 0 || theme != current) {
			struct template_value group = template_map(context->arena);
			rows = template_list(context->arena);
			page_put(context, group, "id", template_string(theme ? theme->id : STR("")));
			page_put(context, group, "title", template_string(theme ? theme->title : catalogue->standard));
			page_put(context, group, "rows", rows);
			template_push(context->arena, groups, group);
		}
		current = theme;
		template_push(context->arena, rows, control_row(context, &catalogue->controls[i]));
	}
	return groups;
}

static void
fill_controls(struct page_context *context)
{
	const struct site *site = context->pages->site;
	struct template_value catalogues = template_list(context->arena);
	for (size_t i = 0; i < site->config->catalogues.count; i++) {
		const struct catalogue *catalogue = site->config->catalogues.items[i];
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "standard", template_string(catalogue->standard));
		page_put(context, entry, "is_primary", template_bool(catalogue == site->catalogue));
		page_put(context, entry, "groups", catalogue_groups(context, catalogue));
		template_push(context->arena, catalogues, entry);
	}
	record_vec own = page_sorted(context, site_records(site, KIND_control));
	page_put(context, context->values, "catalogues", catalogues);
	page_put(context, context->values, "own",
	         own.count ? page_table(context, site->schema->kinds[KIND_control], &own, NULL) : template_none());
}

void
register_pages(struct pages *pages)
{
	const struct schema *schema = pages->site->schema;
	for (size_t i = 0; i < schema->kind_count; i++)
		if (is_record_kind(schema->kinds[i]) && i != KIND_control && i != KIND_asset && pages->site->by_kind[i].count)
			add_register(pages, schema->kinds[i]);
	pages_add(pages, &(struct page){.path = STR("control/index.html"), .template = "controls.html", .fill = fill_controls,
	                                .title = pages_word(pages, "menu.control"), .section = "control", .maker = STR("the list of controls")});
	pages_add(pages, &(struct page){.path = STR("document/index.html"), .template = "documents.html", .fill = fill_documents,
	                                .title = pages_word(pages, "menu.document"), .section = "document", .maker = STR("the list of documents")});
	pages_add(pages, &(struct page){.path = STR("register/index.html"), .template = "registers.html", .fill = fill_registers,
	                                .title = pages_word(pages, "menu.register"), .section = "register", .maker = STR("the list of registers")});
}
