/* The page of a record: its fields by the schema, what refers to it, and the text of its file when it has one of its own. */
#include "check/monitoring.h"
#include "site/document_page.h"
#include "site/figure.h"
#include "site/owner_page.h"
#include "site/page_terms.h"
#include "site/risk_page.h"

/* Levels that stand in the table of ratings. */
static const char *
shown_elsewhere(const struct record *record)
{
	if (record->kind->index != KIND_risk || !record->risk->inherent.known)
		return "";
	return record->risk->residual.known ? "likelihood impact residual_likelihood residual_impact" : "likelihood impact";
}

static struct template_value
record_fields(const struct page_context *context, const struct record *record)
{
	struct template_value fields = template_list(context->arena);
	size_t behind = FIELD_record_description + 1;
	page_add_fields(context, fields, record, FIELD_record_description, behind, "");
	page_add_fields(context, fields, record, FIELD_COUNT_record, record->kind->field_count, shown_elsewhere(record));
	page_add_fields(context, fields, record, behind, FIELD_COUNT_record, "");
	return fields;
}

static struct template_value
source_line_of(const struct page_context *context, const struct record *record)
{
	struct span span = record->span;
	if (!span.source || !span.line)
		return template_string(record->document->path);
	return template_string(str_printf(context->arena, "%.*s:%u", STR_ARG(span.source->path), (unsigned)span.line));
}

static struct template_value
monitored_check(struct page_context *context, const struct monitored_check *check)
{
	struct template_value row = template_map(context->arena), controls = template_list(context->arena);
	for (size_t i = 0; i < check->controls.count; i++)
		template_push(context->arena, controls, page_control_link(context, check->controls.items[i]));
	page_put(context, row, "name", template_string(check->name));
	page_put(context, row, "result", page_text(check_result_name(check->result)));
	page_put(context, row, "day", template_string(str_slice(check->at, 0, 10)));
	page_put(context, row, "value", template_string(check->value));
	page_put(context, row, "unit", template_string(check->unit));
	page_put(context, row, "limit", template_string(check->limit));
	page_put(context, row, "details", template_string(check->details));
	page_put(context, row, "controls", controls);
	return row;
}

static void
fill_monitoring(struct page_context *context, struct template_value values, const struct record *record)
{
	const struct monitoring *monitoring = monitoring_read(context->arena, context->pages->site, record, NULL);
	if (!monitoring)
		return;
	struct template_value results = template_map(context->arena), checks = template_list(context->arena);
	for (size_t i = 0; i < monitoring->checks.count; i++)
		template_push(context->arena, checks, monitored_check(context, &monitoring->checks.items[i]));
	page_put(context, results, "checks", checks);
	page_put(context, results, "collected_on", page_date(context, monitoring->collected_at.date));
	page_put(context, results, "collector", template_string(monitoring->collector));
	page_put(context, results, "passed", template_int((int64_t)monitoring->counts[CHECK_PASSED]));
	page_put(context, results, "failed", template_int((int64_t)monitoring->counts[CHECK_FAILED]));
	page_put(context, results, "skipped", template_int((int64_t)monitoring->counts[CHECK_SKIPPED]));
	page_put(context, values, "monitoring", results);
}

static void
fill_evidence(struct page_context *context, struct template_value values, const struct record *record)
{
	struct date until = evidence_valid_until(context->pages->site, record);
	bool expired = date_is_set(until) && date_compare(until, context->pages->site->today) < 0;
	page_put(context, values, "valid_until", page_date(context, until));
	page_put(context, values, "is_expired", template_bool(expired));
	fill_monitoring(context, values, record);
}

static bool
has_own_file(const struct record *record)
{
	return record->document->form == DOCUMENT_RECORD;
}

static bool
is_party(const struct record *record)
{
	return record->kind->index == KIND_person || record->kind->index == KIND_role;
}

static void
fill_page(struct page_context *context)
{
	const struct record *record = context->page->subject;
	struct template_value values = template_map(context->arena);
	struct str kind = page_kind_other(context, record->kind);
	page_breadcrumb(context, kind, str_printf(context->arena, "%s/index.html", record->kind->name));
	page_put(context, values, "id", template_string(record->has_id ? record->id : STR("")));
	page_put(context, values, "title", template_string(record->title));
	page_put(context, values, "kind", page_text(record->kind->name));
	page_put(context, values, "kind_title", template_string(page_kind_one(context, record->kind)));
	page_put(context, values, "fields", record_fields(context, record));
	page_put(context, values, "place", source_line_of(context, record));
	page_put(context, values, "file", has_own_file(record) ? template_none() : page_record_link(context, record->document->self));
	page_put(context, values, "backlinks", page_backlinks(context, record->backlinks.items, record->backlinks.count));
	page_put(context, context->about, "heading_text", template_string(record->title));
	page_put(context, values, "body", page_text(""));
	page_put(context, values, "control", template_none());
	page_put(context, values, "monitoring", template_none());
	if (has_own_file(record))
		document_fill_text(context, values, record->document);
	if (record->kind->index == KIND_risk)
		risk_fill(context, values, record);
	if (is_party(record))
		owner_fill(context, values, record);
	if (record->kind->index == KIND_metric)
		page_put(context, values, "figure", figure_metric(context, record, 0, false));
	if (record->kind->index == KIND_evidence)
		fill_evidence(context, values, record);
	page_put_neighbours(context, record);
	page_put(context, context->values, "record", values);
}

/* Records of one id are reported (ID001); the first has the page. */
static bool
has_page(const struct site *site, const struct record *record)
{
	if (!record->page.size || record->control)
		return false;
	if (record->kind->index == KIND_soa)
		return site_find(site, record->subject) == record;
	return site_find(site, record->id) == record;
}

static const char *
section_of(const struct record *record)
{
	switch (record->kind->index) {
	case KIND_risk: return "risk";
	case KIND_control: return "control";
	case KIND_soa: return "soa";
	case KIND_asset: return "asset";
	case KIND_person:
	case KIND_role: return "owners";
	default: return "register";
	}
}

static const char *
template_of(const struct record *record)
{
	if (is_party(record))
		return "party.html";
	if (record->kind->index == KIND_metric)
		return "metric.html";
	return record->kind->index == KIND_risk ? "risk.html" : "record.html";
}

static void
add_page(struct pages *pages, const struct record *record)
{
	if (!has_page(pages->site, record))
		return;
	bool named = record->has_id && !str_equal(record->id, record->title);
	struct str title = !named ? record->title
	                          : str_printf(pages->arena, "%.*s %.*s", STR_ARG(record->id), STR_ARG(record->title));
	pages_add(pages, &(struct page){
	                         .path = record->page,
	                         .template = template_of(record),
	                         .fill = fill_page,
	                         .subject = record,
	                         .document = record->document,
	                         .title = title,
	                         .section = section_of(record),
	                         .language = page_language(record_text(record->document->self, FIELD_document_lang)),
	                         .maker = record->subject,
	                         .span = record->span,
	                 });
}

void
record_pages(struct pages *pages)
{
	for (size_t d = 0; d < pages->site->documents.count; d++) {
		const struct document *document = pages->site->documents.items[d];
		for (size_t i = 0; i < document->records.count; i++)
			add_page(pages, document->records.items[i]);
	}
}
