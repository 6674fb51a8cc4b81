/* The page of a document: prose, or a register with its records. */
#include "site/document_page.h"
#include "site/page_terms.h"

static struct template_value
document_control(const struct page_context *context, const struct record *self)
{
	struct template_value fields = template_list(context->arena);
	page_add_fields(context, fields, self, 0, FIELD_COUNT_document, "title kind description aliases lang");
	return fields;
}

static struct template_value
own_fields(const struct page_context *context, const struct record *self)
{
	struct template_value fields = template_list(context->arena);
	page_add_fields(context, fields, self, FIELD_COUNT_document, self->kind->field_count, "");
	return fields;
}

static void
fill_review(struct page_context *context, struct template_value values, const struct record *self)
{
	struct date next = document_next_review(context->pages->site, self);
	bool overdue = date_is_set(next) && date_compare(next, context->pages->site->today) < 0;
	page_put(context, values, "next_review", page_date(context, next));
	page_put(context, values, "is_overdue", template_bool(overdue));
}

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
	fill_review(context, values, self);
	fill_records(context, values, document);
	page_put(context, values, "kind", page_text(self->kind->name));
	page_put(context, values, "kind_title", template_string(page_kind_one(context, self->kind)));
	page_put(context, values, "id", template_string(self->has_id ? self->id : STR("")));
	page_put(context, values, "own", own_fields(context, self));
	page_put(context, values, "backlinks", page_backlinks(context, self->backlinks.items, self->backlinks.count));
	page_put(context, context->about, "description", template_string(record_text(self, FIELD_document_description)));
	page_put(context, context->values, "document", values);
}

static void
fill_page(struct page_context *context)
{
	const struct document *document = context->page->subject;
	page_breadcrumb(context, STR("Documents"), STR("document/index.html"));
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
