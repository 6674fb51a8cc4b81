/* The page of a document: prose, or a register with its records. */
#include "site/document_page.h"
#include "site/page_terms.h"

#include "check/document_control.h"
#include "site/report_page.h"

static struct template_value
document_control(const struct page_context *context, const struct record *self)
{
	struct template_value fields = template_list(context->arena);
	page_add_fields(context, fields, self, 0, FIELD_COUNT_document, "title kind description aliases lang");
	return fields;
}

struct template_value
document_own_fields(const struct page_context *context, const struct record *self)
{
	struct template_value fields = template_list(context->arena);
	page_add_fields(context, fields, self, FIELD_COUNT_document, self->kind->field_count, "");
	return fields;
}

/* ---- the head ---- */

/* What an auditor looks for at the top of a document, in that order. ALWAYS: its absence is shown too. */
static const struct {
	int field;
	bool always, wide;
} head[] = {
	{FIELD_document_id, true, false},
	{FIELD_document_version, true, false},
	{FIELD_document_status, true, false},
	{FIELD_document_classification, true, false},
	{FIELD_document_owner, true, false},
	{FIELD_document_authors, false, false},
	{FIELD_document_approved_by, true, false},
	{FIELD_document_approved_on, true, false},
	{FIELD_document_effective_on, false, false},
	{FIELD_document_reviewed_on, false, false},
	{FIELD_document_review_every, false, false},
	{FIELD_document_next_review, true, false},
	{FIELD_document_audience, false, true},
	{FIELD_document_clauses, false, true},
	{FIELD_document_controls, false, true},
	{FIELD_document_related, false, true},
	{FIELD_document_supersedes, false, true},
	{FIELD_document_approval_record, false, true},
	{FIELD_document_tags, false, true},
};

enum { HEAD_COUNT = sizeof head / sizeof *head };

/* Prose and registers that state nothing of their version or approval are not under document control. */
static bool
is_controlled(const struct record *self)
{
	bool general = self->kind->index == KIND_page || self->kind->index == KIND_register;
	return !general || record_written(self, FIELD_document_version) || record_written(self, FIELD_document_status)
	       || record_written(self, FIELD_document_approved_on);
}

static struct template_value
date_or_none(const struct page_context *context, struct date date)
{
	if (!date_is_set(date))
		return template_none();
	struct template_value value = template_map(context->arena);
	page_put(context, value, "type", page_text("date"));
	page_put(context, value, "text", page_date(context, date));
	return value;
}

static struct template_value
document_head(const struct page_context *context, const struct record *self)
{
	struct template_value fields = template_list(context->arena);
	bool controlled = is_controlled(self);
	for (size_t i = 0; i < HEAD_COUNT; i++) {
		const struct value *value = record_written(self, head[i].field);
		bool is_empty = !value || (value->is_list && !value->items.count);
		if (is_empty && !(head[i].always && controlled))
			continue;
		struct template_value entry = page_add_field(context, fields, self, (size_t)head[i].field);
		page_put(context, entry, "is_wide", template_bool(head[i].wide));
		if (head[i].field == FIELD_document_next_review)
			page_put(context, entry, "value", date_or_none(context, document_next_review(context->pages->site, self)));
	}
	return fields;
}

void
document_fill_head(const struct page_context *context, struct template_value values, const struct record *self)
{
	struct date next = document_next_review(context->pages->site, self);
	bool overdue = date_is_set(next) && date_compare(next, context->pages->site->today) < 0;
	int status = record_choice(self, FIELD_document_status);
	const struct choice_list *statuses = self->kind->fields[FIELD_document_status]->choices;
	page_put(context, values, "kind", page_text(self->kind->name));
	page_put(context, values, "kind_title", template_string(page_kind_one(context, self->kind)));
	page_put(context, values, "id", template_string(self->has_id ? self->id : STR("")));
	page_put(context, values, "status", page_text(status >= 0 ? statuses->choices[status].text : ""));
	page_put(context, values, "next_review", page_date(context, next));
	page_put(context, values, "is_overdue", template_bool(overdue && !document_is_retired(self)));
	page_put(context, values, "head", document_head(context, self));
}

/* ---- what the compiler found in it ---- */

enum { FINDINGS_SHOWN = 50 };

static void
fill_findings(const struct page_context *context, struct template_value values, const struct document *document)
{
	const diag_vec *found = map_get(&context->pages->findings_of, document->path);
	size_t count = found ? found->count : 0, shown = report_cut(context, values, "findings_more", count, FINDINGS_SHOWN);
	struct template_value findings = template_list(context->arena);
	enum severity worst = SEVERITY_OFF;
	for (size_t i = 0; i < count; i++)
		worst = found->items[i]->severity > worst && !found->items[i]->suppressed_by ? found->items[i]->severity : worst;
	for (size_t i = 0; i < shown; i++)
		template_push(context->arena, findings, report_diag(context, found->items[i]));
	page_put(context, values, "findings", findings);
	page_put(context, values, "findings_count", template_int((int64_t)count));
	page_put(context, values, "worst", page_text(worst == SEVERITY_OFF ? "" : severity_name(worst)));
}

/* ---- the page ---- */

static void
fill_records(struct page_context *context, struct template_value values, const struct document *document)
{
	record_vec records = {0};
	for (size_t i = 0; i < document->records.count; i++)
		vec_push(context->arena, &records, document->records.items[i]);
	bool any = records.count > 0;
	page_put(context, values, "records", any ? page_table(context, document->records_kind, &records, document) : template_none());
	page_put(context, values, "records_title", template_string(any ? page_kind_other(context, document->records_kind) : STR("")));
}

void
document_fill_text(struct page_context *context, struct template_value values, const struct document *document)
{
	struct str heading, body = page_body(context, document, &heading);
	page_put(context, context->about, "heading", template_html(heading));
	page_put(context, values, "body", template_html(body));
	page_put(context, values, "contents", page_contents(context, document));
	page_put(context, values, "source", template_string(document->path));
	page_put(context, values, "control", document_control(context, document->self));
}

void
document_fill(struct page_context *context, const struct document *document)
{
	struct template_value values = template_map(context->arena);
	const struct record *self = document->self;
	document_fill_text(context, values, document);
	document_fill_head(context, values, self);
	fill_records(context, values, document);
	fill_findings(context, values, document);
	page_put(context, values, "own", document_own_fields(context, self));
	page_put(context, values, "backlinks", page_backlinks(context, self->backlinks.items, self->backlinks.count));
	page_put_neighbours(context, self);
	page_put(context, context->about, "description", template_string(record_text(self, FIELD_document_description)));
	page_put(context, context->values, "document", values);
}

static void
fill_page(struct page_context *context)
{
	const struct document *document = context->page->subject;
	page_breadcrumb(context, page_word(context, "menu.document").as.text, STR("document/index.html"));
	document_fill(context, document);
}

static const char *
section_of(const struct document *document)
{
	if (!document->records_kind)
		return "document";
	return document->records_kind->index == KIND_soa    ? "soa"
	       : document->records_kind->index == KIND_risk ? "risk"
	                                                    : "register";
}

void
document_pages(struct pages *pages)
{
	for (size_t i = 0; i < pages->site->documents.count; i++) {
		const struct document *document = pages->site->documents.items[i];
		bool is_start = str_equal(document->page, STR("index.html"));
		if (document->form == DOCUMENT_RECORD || is_start)
			continue; /* record_pages() and index_pages() make these */
		pages_add(pages, &(struct page){
		                         .path = document->page,
		                         .template = "document.html",
		                         .fill = fill_page,
		                         .subject = document,
		                         .document = document,
		                         .title = document->self->title,
		                         .section = section_of(document),
		                         .language = page_language(record_text(document->self, FIELD_document_lang)),
		                         .maker = document->path,
		                         .span = span_of_file(document->source),
		                 });
	}
}
