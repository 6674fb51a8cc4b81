#include "site/start_state.h"

#include "site/figure.h"
#include "site/page_terms.h"
#include "site/report_page.h"
#include "site/risk_page.h"

#include <stdlib.h>

/* The first of a list: who wants all follows the link. */
enum { LATE_SHOWN = 8, SOON_SHOWN = 4, LISTED = 6, YEARS_BACK = 4 };

/* The address of PATH, "" when the site has no such page. */
static struct template_value
href_of(const struct page_context *context, const char *path)
{
	bool there = output_find(context->pages->output, str_from(path)) != NULL;
	return template_string(there ? page_href(context, str_from(path), STR("")) : STR(""));
}

/* ---- late and soon ---- */

static struct template_value
late(const struct page_context *context, const struct report *report)
{
	struct template_value values = template_map(context->arena), rows = template_list(context->arena);
	for (size_t i = 0; i < report->due.count && i < LATE_SHOWN && report->due.items[i].days < 0; i++)
		template_push(context->arena, rows, report_due(context, &report->due.items[i]));
	report_put_count(context, values, "count", report->overdue_count);
	report_put_count(context, values, "owners", report->overdue.count);
	page_put(context, values, "rows", rows);
	return values;
}

static struct template_value
windows(const struct page_context *context, const struct report *report)
{
	struct template_value list = template_list(context->arena);
	for (size_t w = 0; w < REPORT_WINDOWS; w++) {
		const struct report_window *window = &report->windows[w];
		struct template_value entry = template_map(context->arena), rows = template_list(context->arena);
		for (size_t i = 0; i < window->items.count && i < SOON_SHOWN; i++)
			template_push(context->arena, rows, report_due(context, window->items.items[i]));
		report_put_count(context, entry, "count", window->items.count);
		report_put_count(context, entry, "more", window->items.count - template_count(rows));
		page_put(context, entry, "from", template_int(w ? report->windows[w - 1].days + 1 : 0));
		page_put(context, entry, "days", template_int(window->days));
		page_put(context, entry, "rows", rows);
		template_push(context->arena, list, entry);
	}
	return list;
}

/* ---- risks ---- */

static struct template_value
risks(const struct page_context *context, const struct report *report)
{
	struct template_value values = template_map(context->arena), rows = template_list(context->arena);
	for (size_t i = 0; i < report->top_risks.count && template_count(rows) < LISTED; i++) {
		const struct report_risk *top = &report->top_risks.items[i];
		if (!top->risk->risk->above_appetite)
			continue;
		struct template_value row = page_record_link(context, top->risk);
		page_put(context, row, "rating", page_rating(context, top->deciding));
		page_put(context, row, "party", report_party(context, top->owner, top->owner_record));
		template_push(context->arena, rows, row);
	}
	report_put_count(context, values, "live", report->live_risks);
	report_put_count(context, values, "above", report->above_appetite);
	report_put_count(context, values, "count", site_records(report->site, KIND_risk)->count);
	page_put(context, values, "rows", rows);
	page_put(context, values, "map", figure_heat_map(context, report, &report->maps[REPORT_MAP_RESIDUAL], HEAT_MAP_COUNTS));
	page_put(context, values, "href", href_of(context, "risk/index.html"));
	return values;
}

/* ---- open findings and actions, the oldest first ---- */

/* By age, unknown ones first: nobody knows how old they are. */
static int
oldest_finding(const void *a, const void *b)
{
	const struct report_finding *x = *(const struct report_finding *const *)a, *y = *(const struct report_finding *const *)b;
	if (x->age != y->age)
		return x->age < 0 ? -1 : y->age < 0 ? 1 : x->age > y->age ? -1 : 1;
	return str_compare_natural(x->finding->subject, y->finding->subject);
}

/* ROWS of the OPEN ones, of COUNT in the register at PATH. */
static struct template_value
work_values(const struct page_context *context, struct template_value rows, size_t open, size_t count, const char *path)
{
	struct template_value values = template_map(context->arena);
	report_put_count(context, values, "open", open);
	report_put_count(context, values, "count", count);
	page_put(context, values, "rows", rows);
	page_put(context, values, "href", href_of(context, path));
	return values;
}

static struct template_value
findings(const struct page_context *context, const struct report *report)
{
	const struct report_finding **open = arena_array(context->arena, const struct report_finding *, report->findings.count + 1);
	struct template_value rows = template_list(context->arena);
	size_t count = 0;
	for (size_t i = 0; i < report->findings.count; i++)
		if (report->findings.items[i].open)
			open[count++] = &report->findings.items[i];
	qsort(open, count, sizeof *open, oldest_finding);
	for (size_t i = 0; i < count && i < LISTED; i++) {
		int category = record_choice(open[i]->finding, FIELD_finding_category);
		struct template_value row = page_record_link(context, open[i]->finding);
		page_put(context, row, "category", category < 0 ? page_text("") : template_string(page_choice(context,
		         open[i]->finding->kind->fields[FIELD_finding_category]->choices->choices[category].text)));
		page_put(context, row, "age", open[i]->age >= 0 ? template_int(open[i]->age) : template_none());
		page_put(context, row, "overdue", template_bool(open[i]->overdue));
		template_push(context->arena, rows, row);
	}
	return work_values(context, rows, count, report->findings.count, "finding/index.html");
}

static struct template_value
actions(const struct page_context *context, const struct report *report)
{
	struct template_value rows = template_list(context->arena);
	size_t open = 0;
	for (size_t i = 0; i < report->actions.count; i++) {
		const struct report_action *line = &report->actions.items[i];
		if (line->done || open++ >= LISTED)
			continue;
		struct template_value row = page_record_link(context, line->action);
		page_put(context, row, "age", line->age >= 0 ? template_int(line->age) : template_none());
		page_put(context, row, "due", page_date(context, line->due));
		page_put(context, row, "overdue", template_bool(line->overdue));
		template_push(context->arena, rows, row);
	}
	return work_values(context, rows, open, report->actions.count, "action/index.html");
}

/* ---- metrics ---- */

static struct template_value
metrics(const struct page_context *context, const struct report *report)
{
	struct template_value values = template_map(context->arena), rows = template_list(context->arena);
	size_t missed = 0, reached = 0;
	for (size_t i = 0; i < report->metrics.count; i++) {
		const struct metric_state *state = report->metrics.items[i].state;
		reached += state->standing == METRIC_REACHED;
		if (state->standing == METRIC_MISSED && missed++ < LISTED)
			template_push(context->arena, rows, figure_metric(context, state->metric, i, true));
	}
	report_put_count(context, values, "missed", missed);
	report_put_count(context, values, "reached", reached);
	report_put_count(context, values, "count", report->metrics.count);
	page_put(context, values, "rows", rows);
	page_put(context, values, "href", href_of(context, "metric/index.html"));
	return values;
}

/* ---- last and next ---- */

static const struct due_item *
first_of(const due_item_vec *items, enum due_type type)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->items[i].type == type)
			return &items->items[i];
	return NULL;
}

static struct template_value
milestones(const struct page_context *context, const struct report *report)
{
	static const enum due_type types[] = {DUE_AUDIT, DUE_MANAGEMENT_REVIEW, DUE_CERTIFICATION};
	struct date from = date_add(report->site->today, (struct period){YEARS_BACK, PERIOD_YEARS}, -1);
	due_item_vec done = due_done(report->site, from, context->arena);
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const struct due_item *last = first_of(&done, types[i]), *next = first_of(&report->due, types[i]);
		struct template_value row = template_map(context->arena);
		struct str key = str_printf(context->arena, "start.%s", due_type_name(types[i]));
		page_put(context, row, "title", page_word(context, key.data));
		page_put(context, row, "last", last ? report_due(context, last) : template_none());
		page_put(context, row, "next", next ? report_due(context, next) : template_none());
		template_push(context->arena, rows, row);
	}
	return rows;
}

/* ---- documents ---- */

static int
newest_approval(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a, *y = *(const struct record *const *)b;
	int order = date_compare(record_date(y, FIELD_document_approved_on), record_date(x, FIELD_document_approved_on));
	return order ? order : str_compare(x->document->path, y->document->path);
}

static struct template_value
documents(const struct page_context *context)
{
	const struct site *site = context->pages->site;
	struct template_value values = template_map(context->arena), rows = template_list(context->arena);
	record_vec approved = {0};
	for (size_t i = 0; i < site->documents.count; i++) {
		const struct document *document = site->documents.items[i];
		struct date on = record_date(document->self, FIELD_document_approved_on);
		if (date_is_set(on) && date_compare(on, site->today) <= 0)
			vec_push(context->arena, &approved, document->self);
	}
	if (approved.count)
		qsort(approved.items, approved.count, sizeof *approved.items, newest_approval);
	for (size_t i = 0; i < approved.count && i < LISTED; i++) {
		struct template_value row = page_record_link(context, approved.items[i]);
		page_put(context, row, "on", page_date(context, record_date(approved.items[i], FIELD_document_approved_on)));
		page_put(context, row, "version", template_string(record_text(approved.items[i], FIELD_document_version)));
		template_push(context->arena, rows, row);
	}
	report_put_count(context, values, "count", site->documents.count);
	page_put(context, values, "rows", rows);
	page_put(context, values, "href", href_of(context, "document/index.html"));
	return values;
}

/* ---- all of it ---- */

static void
put_report(const struct page_context *context, struct template_value values, const struct report *report)
{
	page_put(context, values, "overdue", late(context, report));
	page_put(context, values, "windows", windows(context, report));
	page_put(context, values, "stages", figure_stages(context, report));
	page_put(context, values, "risks", risks(context, report));
	page_put(context, values, "findings", findings(context, report));
	page_put(context, values, "actions", actions(context, report));
	page_put(context, values, "metrics", metrics(context, report));
	page_put(context, values, "milestones", milestones(context, report));
}

struct template_value
start_state(const struct page_context *context)
{
	const struct site *site = context->pages->site;
	const struct report *report = context->pages->options->report;
	struct template_value values = template_map(context->arena);
	page_put(context, values, "has_report", template_bool(report != NULL));
	page_put(context, values, "documents", documents(context));
	page_put(context, values, "soa", figure_soa_whole(context));
	page_put(context, values, "soa_entries", template_int((int64_t)site_records(site, KIND_soa)->count));
	page_put(context, values, "controls", template_int((int64_t)site->catalogue->control_count));
	page_put(context, values, "report", href_of(context, "report.html"));
	page_put(context, values, "calendar", href_of(context, "calendar/index.html"));
	page_put(context, values, "soa_href", href_of(context, "soa/index.html"));
	if (report)
		put_report(context, values, report);
	return values;
}
