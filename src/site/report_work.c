/* Statement of Applicability, due days, findings, actions, reviews, metrics and evidence on the report's page. */
#include "site/figure.h"
#include "site/page_terms.h"
#include "site/report_page.h"
#include "site/soa_page.h"

#include <math.h>

/* ---- Statement of Applicability ---- */

static struct template_value
gap_links(const struct page_context *context, const report_gap_vec *gaps)
{
	struct template_value links = template_list(context->arena);
	for (size_t i = 0; i < gaps->count; i++)
		template_push(context->arena, links, page_control_link(context, gaps->items[i].control));
	return links;
}

static struct template_value
theme_values(const struct page_context *context, const struct report_theme *theme)
{
	struct template_value values = template_map(context->arena), counts = template_list(context->arena);
	page_put(context, values, "id", template_string(theme->theme ? theme->theme->id : STR("")));
	page_put(context, values, "title", template_string(theme->theme ? theme->theme->title : STR("")));
	for (int state = 0; state < SOA_STATE_COUNT; state++)
		template_push(context->arena, counts, template_int((int64_t)theme->counts[state]));
	page_put(context, values, "counts", counts);
	report_put_count(context, values, "total", theme->total);
	return values;
}

void
report_put_soa(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value soa = template_map(context->arena), themes = template_list(context->arena), gaps = template_list(context->arena);
	const struct {
		const char *name;
		const report_gap_vec *list;
	} lists[] = {
		{"no_entry", &report->soa.no_entry},
		{"no_inclusion", &report->soa.no_inclusion_reason},
		{"no_exclusion", &report->soa.no_exclusion_reason},
		{"not_implemented", &report->soa.not_implemented},
	};
	for (size_t i = 0; i < report->soa.themes.count; i++)
		template_push(context->arena, themes, theme_values(context, &report->soa.themes.items[i]));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "name", page_text(lists[i].name));
		page_put(context, entry, "links", gap_links(context, lists[i].list));
		template_push(context->arena, gaps, entry);
	}
	page_put(context, soa, "legend", soa_legend(context, NULL));
	page_put(context, soa, "themes", themes);
	page_put(context, soa, "all", theme_values(context, &report->soa.all));
	page_put(context, soa, "gaps", gaps);
	page_put(context, soa, "figure", figure_soa(context));
	page_put(context, values, "soa", soa);
}

/* ---- due days ---- */

struct template_value
report_due(const struct page_context *context, const struct due_item *item)
{
	struct template_value values = template_map(context->arena);
	page_put(context, values, "date", page_date(context, item->date));
	page_put(context, values, "days", template_int(item->days));
	page_put(context, values, "late", template_int(-(int64_t)item->days));
	page_put(context, values, "title", template_string(page_phrase(context, str_from(due_type_title(item->type)))));
	page_put(context, values, "what", template_string(page_phrase(context, item->what)));
	page_put(context, values, "record", page_record_link(context, item->record));
	page_put(context, values, "owner", report_party(context, item->owner, item->owner_record));
	return values;
}

static void
put_due(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value owners = template_list(context->arena), windows = template_list(context->arena);
	size_t shown = report_cut(context, values, "overdue_more", report->overdue.count, REPORT_LISTED_INSIDE);
	for (size_t i = 0; i < shown; i++) {
		const struct report_owner *owner = &report->overdue.items[i];
		struct template_value entry = template_map(context->arena), items = template_list(context->arena);
		size_t items_shown = report_cut(context, entry, "more", owner->items.count, REPORT_LISTED_INSIDE);
		for (size_t j = 0; j < items_shown; j++)
			template_push(context->arena, items, report_due(context, owner->items.items[j]));
		report_put_count(context, entry, "count", owner->items.count);
		page_put(context, entry, "owner", report_party(context, owner->name, owner->record));
		page_put(context, entry, "rows", items);
		template_push(context->arena, owners, entry);
	}
	for (size_t w = 0; w < REPORT_WINDOWS; w++) {
		struct template_value entry = template_map(context->arena), items = template_list(context->arena);
		size_t items_shown = report_cut(context, entry, "more", report->windows[w].items.count, REPORT_LISTED);
		report_put_count(context, entry, "count", report->windows[w].items.count);
		for (size_t i = 0; i < items_shown; i++)
			template_push(context->arena, items, report_due(context, report->windows[w].items.items[i]));
		page_put(context, entry, "from", template_int(w ? report->windows[w - 1].days + 1 : 0));
		page_put(context, entry, "days", template_int(report->windows[w].days));
		page_put(context, entry, "rows", items);
		template_push(context->arena, windows, entry);
	}
	report_put_count(context, values, "overdue_count", report->overdue_count);
	page_put(context, values, "overdue", owners);
	page_put(context, values, "windows", windows);
}

/* ---- findings and actions ---- */

static struct template_value
age_value(int age)
{
	return age >= 0 ? template_int(age) : template_none();
}

static struct template_value
choice_value(const struct page_context *context, const struct record *record, int field)
{
	int choice = record_choice(record, field);
	const struct choice_list *choices = record->kind->fields[field]->choices;
	return template_string(choice >= 0 ? page_choice(context, choices->choices[choice].text) : STR(""));
}

static void
put_findings(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value rows = template_list(context->arena);
	size_t shown = report_cut(context, values, "findings_more", report->findings.count, REPORT_LISTED);
	for (size_t i = 0; i < shown; i++) {
		const struct report_finding *line = &report->findings.items[i];
		struct template_value row = page_record_link(context, line->finding);
		page_put(context, row, "category", choice_value(context, line->finding, FIELD_finding_category));
		page_put(context, row, "open", template_bool(line->open));
		page_put(context, row, "overdue", template_bool(line->overdue));
		page_put(context, row, "raised_on", page_date(context, record_date(line->finding, FIELD_finding_raised_on)));
		page_put(context, row, "age", age_value(line->age));
		page_put(context, row, "action_by", page_date(context, line->action_by));
		page_put(context, row, "actions", report_links(context, row, "actions_more", &line->actions));
		report_put_count(context, row, "actions_done", line->actions_done);
		page_put(context, row, "owner", report_party(context, line->owner, line->owner_record));
		template_push(context->arena, rows, row);
	}
	page_put(context, values, "findings", rows);
	page_put(context, values, "findings_figure", figure_findings(context, report));
}

static void
put_actions(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value rows = template_list(context->arena);
	size_t shown = report_cut(context, values, "actions_more", report->actions.count, REPORT_LISTED);
	for (size_t i = 0; i < shown; i++) {
		const struct report_action *line = &report->actions.items[i];
		struct template_value row = page_record_link(context, line->action);
		page_put(context, row, "done", template_bool(line->done));
		page_put(context, row, "overdue", template_bool(line->overdue));
		page_put(context, row, "age", age_value(line->age));
		page_put(context, row, "due", page_date(context, line->due));
		page_put(context, row, "done_on", page_date(context, record_date(line->action, FIELD_action_done_on)));
		page_put(context, row, "causes", report_links(context, row, "causes_more", &line->causes));
		page_put(context, row, "owner", report_party(context, line->owner, line->owner_record));
		template_push(context->arena, rows, row);
	}
	page_put(context, values, "actions", rows);
}

/* ---- management reviews ---- */

static void
put_reviews(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value rows = template_list(context->arena), letters = template_list(context->arena);
	size_t count;
	const struct review_input *inputs = review_input_all(&count);
	for (size_t i = 0; i < count; i++) {
		struct template_value letter = template_map(context->arena);
		page_put(context, letter, "item", template_string(str_printf(context->arena, "%c", inputs[i].item)));
		page_put(context, letter, "title", template_string(page_phrase(context, inputs[i].title)));
		template_push(context->arena, letters, letter);
	}
	size_t shown = report_cut(context, values, "reviews_more", report->reviews.count, REPORT_LISTED);
	for (size_t i = 0; i < shown; i++) {
		const struct report_review *line = &report->reviews.items[i];
		struct template_value row = page_record_link(context, line->review), marks = template_list(context->arena);
		for (int j = 0; j < REPORT_INPUTS; j++)
			template_push(context->arena, marks, template_bool(line->inputs[j]));
		page_put(context, row, "held_on", page_date(context, record_date(line->review, FIELD_review_held_on)));
		page_put(context, row, "held", template_bool(line->held));
		page_put(context, row, "inputs", marks);
		report_put_count(context, row, "outputs", line->outputs);
		report_put_count(context, row, "decisions", line->decisions);
		report_put_count(context, row, "actions", line->actions);
		report_put_count(context, row, "actions_done", line->actions_done);
		template_push(context->arena, rows, row);
	}
	page_put(context, values, "review_inputs", letters);
	page_put(context, values, "reviews", rows);
}

/* ---- measuring ---- */

static void
put_metrics(const struct page_context *context, struct template_value values, const struct report *report)
{
	static const char *const standings[] = {[METRIC_UNKNOWN] = "unknown", [METRIC_REACHED] = "reached", [METRIC_MISSED] = "missed"};
	struct template_value rows = template_list(context->arena);
	size_t shown = report_cut(context, values, "metrics_more", report->metrics.count, REPORT_LISTED);
	for (size_t i = 0; i < shown; i++) {
		const struct report_metric *line = &report->metrics.items[i];
		const struct metric_state *state = line->state;
		const struct metric_value *last = metric_last(state);
		struct template_value row = page_record_link(context, state->metric);
		page_put(context, row, "unit", template_string(record_text(state->metric, FIELD_metric_unit)));
		page_put(context, row, "value", last ? report_number(context, round(last->value * 100) / 100) : page_text(""));
		page_put(context, row, "on", page_date(context, last ? last->on : (struct date){0}));
		page_put(context, row, "target", state->has_target ? report_number(context, state->target) : page_text(""));
		page_put(context, row, "direction",
		         page_text(state->direction < 0 ? "none" : state->direction == CHOICE_direction_up ? "up" : "down"));
		page_put(context, row, "standing", page_text(standings[state->standing]));
		page_put(context, row, "computed", template_bool(state->from_records));
		page_put(context, row, "next", page_date(context, line->next));
		page_put(context, row, "overdue", template_bool(line->overdue));
		template_push(context->arena, rows, row);
	}
	page_put(context, values, "metrics", rows);
	page_put(context, values, "metric_figures", figure_metrics(context, site_records(report->site, KIND_metric)));
}

static void
put_evidence(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value evidence = template_map(context->arena), rows = template_list(context->arena),
	                      states = template_list(context->arena);
	for (int state = 0; state < EVIDENCE_STATE_COUNT; state++) {
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "name", page_text(report_freshness_name((enum report_freshness)state)));
		report_put_count(context, entry, "controls", report->controls_by_freshness[state]);
		report_put_count(context, entry, "evidence", report->evidence_counts[state]);
		template_push(context->arena, states, entry);
	}
	size_t shown = report_cut(context, evidence, "more", report->evidence.count, REPORT_LISTED);
	for (size_t i = 0; i < shown; i++) {
		const struct report_evidence *line = &report->evidence.items[i];
		struct template_value row = page_record_link(context, line->evidence);
		page_put(context, row, "collected_on", page_date(context, record_date(line->evidence, FIELD_evidence_collected_on)));
		page_put(context, row, "until", page_date(context, line->until));
		page_put(context, row, "state", page_text(report_freshness_name(line->state)));
		page_put(context, row, "relied_on", template_bool(line->relied_on));
		template_push(context->arena, rows, row);
	}
	report_put_count(context, evidence, "controls_expecting", report->controls_expecting);
	page_put(context, evidence, "without", gap_links(context, &report->controls_without_evidence));
	page_put(context, evidence, "states", states);
	page_put(context, evidence, "rows", rows);
	page_put(context, values, "evidence", evidence);
}

void
report_put_work(const struct page_context *context, struct template_value values, const struct report *report)
{
	put_due(context, values, report);
	put_findings(context, values, report);
	put_actions(context, values, report);
	put_reviews(context, values, report);
	put_metrics(context, values, report);
	put_evidence(context, values, report);
}
