/* The report on audit readiness: report.html prints the facts of check/report.h, as report.json and report.md do. */
#include "site/report_page.h"

#include "site/page_terms.h"

/* ---- what the parts share ---- */

void
report_put_count(const struct page_context *context, struct template_value values, const char *key, size_t count)
{
	page_put(context, values, key, template_int((int64_t)count));
}

size_t
report_cut(const struct page_context *context, struct template_value values, const char *key, size_t count, size_t most)
{
	size_t shown = count < most ? count : most;
	report_put_count(context, values, key, count - shown);
	return shown;
}

struct template_value
report_links(const struct page_context *context, struct template_value values, const char *more, const record_vec *records)
{
	record_vec first = *records;
	first.count = report_cut(context, values, more, records->count, REPORT_LISTED_INSIDE);
	return page_record_links(context, &first);
}

struct template_value
report_number(const struct page_context *context, double number)
{
	return template_string(page_number(context, number));
}

struct template_value
report_party(const struct page_context *context, struct str name, const struct record *record)
{
	struct template_value party = record ? page_record_link(context, record) : template_map(context->arena);
	page_put(context, party, "text", template_string(name));
	if (!record)
		page_put(context, party, "href", page_text(""));
	return party;
}

/* Where a reader sees what the finding is about: the record's page, the control's, else the document's. */
static struct str
diag_href(const struct page_context *context, const struct diag *diag)
{
	const struct site *site = context->pages->site;
	const struct record *record = site_find(site, diag->subject);
	size_t slash = diag->subject.size;
	while (slash > 0 && diag->subject.data[slash - 1] != '/')
		slash--;
	const struct control *control = catalogue_control(site->catalogue, str_from_index(diag->subject, slash));
	if (record && record->page.size)
		return page_href(context, record->page, STR(""));
	if (control)
		return template_get(page_control_link(context, control), STR("href")).as.text;
	const struct document *document = diag->span.source ? map_get(&site->pages, diag->span.source->path) : NULL;
	return document && document->page.size ? page_href(context, document->page, STR("")) : STR("");
}

static struct template_value
place_of(const struct page_context *context, struct span span)
{
	if (!span.source)
		return page_text("");
	return template_string(str_printf(context->arena, "%.*s:%u:%u", STR_ARG(span.source->path), span.line ? span.line : 1,
	                                  span.line ? span.column : 1));
}

/* MESSAGE as HTML: names in backquotes become code. */
static struct template_value
message_html(const struct page_context *context, struct str message)
{
	struct str rest = message, part;
	struct buf html = {0};
	for (bool code = false; str_split(&rest, '`', &part); code = !code) {
		buf_add_c(&html, code ? "<code>" : "");
		buf_add_html(&html, part);
		buf_add_c(&html, code ? "</code>" : "");
	}
	return template_html(buf_take(&html, context->arena));
}

struct template_value
report_diag(const struct page_context *context, const struct diag *diag)
{
	struct template_value values = template_map(context->arena), related = template_list(context->arena);
	page_put(context, values, "code", page_text(code_text(diag->code)->code));
	page_put(context, values, "severity", page_text(severity_name(diag->severity)));
	page_put(context, values, "message", message_html(context, diag->message));
	page_put(context, values, "has_hint", template_bool(diag->hint.size > 0));
	page_put(context, values, "hint", message_html(context, diag->hint));
	page_put(context, values, "subject", template_string(diag->subject));
	page_put(context, values, "place", place_of(context, diag->span));
	page_put(context, values, "href", template_string(diag_href(context, diag)));
	page_put(context, values, "by", page_text(diag->suppressed_by ? diag->suppressed_by : ""));
	for (size_t i = 0; i < diag->related.count; i++) {
		struct template_value other = template_map(context->arena);
		page_put(context, other, "message", message_html(context, diag->related.items[i].message));
		page_put(context, other, "place", place_of(context, diag->related.items[i].span));
		template_push(context->arena, related, other);
	}
	page_put(context, values, "related", related);
	return values;
}

/* ---- findings by rule ---- */

static struct template_value
rule_values(const struct page_context *context, const struct report_rule *rule)
{
	struct template_value values = template_map(context->arena), findings = template_list(context->arena);
	page_put(context, values, "code", page_text(rule->text->code));
	page_put(context, values, "title", page_text(rule->text->title));
	page_put(context, values, "clause", page_text(rule->text->clause));
	page_put(context, values, "explanation", page_text(rule->text->explanation));
	page_put(context, values, "severity", page_text(severity_name(rule->worst)));
	report_put_count(context, values, "suppressed", rule->suppressed);
	report_put_count(context, values, "standing", rule->findings.count - rule->suppressed);
	size_t shown = report_cut(context, values, "more", rule->findings.count, REPORT_LISTED_INSIDE);
	for (size_t i = 0; i < shown; i++)
		template_push(context->arena, findings, report_diag(context, rule->findings.items[i]));
	page_put(context, values, "findings", findings);
	return values;
}

static void
put_head(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value rules = template_list(context->arena);
	page_put(context, values, "passed", template_bool(report->passed));
	page_put(context, values, "verdict", page_text(report_verdict(report)));
	page_put(context, values, "gate", page_text(severity_name(report->gate)));
	for (enum severity severity = SEVERITY_NOTE; severity <= SEVERITY_ERROR; severity++)
		report_put_count(context, values, severity_name(severity), report->counts[severity]);
	report_put_count(context, values, "suppressed", report->suppressed);
	report_put_count(context, values, "documents", report->site->documents.count);
	report_put_count(context, values, "records", report->records);
	for (size_t i = 0; i < report->rules.count; i++)
		template_push(context->arena, rules, rule_values(context, &report->rules.items[i]));
	page_put(context, values, "rules", rules);
	page_put(context, values, "json", template_string(page_href(context, STR("report.json"), STR(""))));
	page_put(context, values, "markdown", template_string(page_href(context, STR("report.md"), STR(""))));
}

static void
fill_page(struct page_context *context)
{
	const struct report *report = context->page->subject;
	struct template_value values = template_map(context->arena);
	put_head(context, values, report);
	report_put_readiness(context, values, report);
	report_put_risks(context, values, report);
	report_put_soa(context, values, report);
	report_put_work(context, values, report);
	page_put(context, context->values, "report", values);
}

void
report_pages(struct pages *pages)
{
	if (pages->options->report)
		pages_add(pages, &(struct page){.path = STR("report.html"), .template = "report.html", .fill = fill_page,
		                                .subject = pages->options->report, .title = pages_word(pages, "menu.report"), .section = "report",
		                                .maker = STR("the report on audit readiness")});
}
