/* Findings of audits, actions and management reviews with their age (9.2, 9.3, 10.2). */
#include "check/corrective.h"
#include "check/report_part.h"

#include <stdlib.h>

static bool
action_is_done(const struct report *report, const struct record *action)
{
	struct date done = record_date(action, FIELD_action_done_on);
	return date_is_set(done) && !date_is_future(report->site, done);
}

/* Days from SINCE to UNTIL, or to today when that is not set; -1 when SINCE is not. */
static int
age_of(const struct report *report, struct date since, struct date until)
{
	if (!date_is_set(since))
		return -1;
	int32_t days = date_difference(since, date_is_set(until) ? until : report->site->today);
	return days < 0 ? -1 : days;
}

static record_vec
only_actions(const struct report *report, record_vec all, size_t *done, struct arena *arena)
{
	record_vec actions = {0};
	for (size_t i = 0; i < all.count; i++) {
		if (all.items[i]->kind->index != KIND_action)
			continue;
		vec_push(arena, &actions, all.items[i]);
		*done += action_is_done(report, all.items[i]);
	}
	return actions;
}

/* ---- findings ---- */

static int
by_weight(const void *a, const void *b)
{
	const struct report_finding *x = a, *y = b;
	if (x->open != y->open)
		return x->open ? -1 : 1;
	int order = record_choice(x->finding, FIELD_finding_category) - record_choice(y->finding, FIELD_finding_category);
	if (!order)
		order = report_compare_dates(record_date(x->finding, FIELD_finding_raised_on), record_date(y->finding, FIELD_finding_raised_on));
	return order ? order : str_compare_natural(x->finding->subject, y->finding->subject);
}

static bool
is_late(const struct report *report, const struct report_finding *line)
{
	const struct site *site = report->site;
	if (record_lacks(line->finding, FIELD_finding_root_cause) && date_is_past(site, line->cause_by))
		return true;
	for (size_t i = 0; i < line->actions.count; i++)
		if (!action_is_done(report, line->actions.items[i])
		    && date_is_past(site, record_date(line->actions.items[i], FIELD_action_due)))
			return true;
	return !record_has_actions(line->finding, FIELD_finding_actions) && date_is_past(site, line->action_by);
}

static void
add_finding(struct report *report, const struct record *finding, struct arena *arena)
{
	const struct site *site = report->site;
	struct report_finding line = {.finding = finding, .open = !finding_is_closed(finding)};
	line.age = age_of(report, record_date(finding, FIELD_finding_raised_on),
	                  line.open ? (struct date){0} : record_date(finding, FIELD_finding_closed_on));
	line.cause_by = finding_cause_limit(site, finding);
	line.action_by = finding_action_limit(site, finding);
	line.actions = only_actions(report, actions_of(finding, FIELD_finding_actions, arena), &line.actions_done, arena);
	line.overdue = line.open && is_late(report, &line);
	due_owner(finding, FIELD_finding_owner, &line.owner, &line.owner_record);
	vec_push(arena, &report->findings, line);
}

/* ---- actions ---- */

/* The day on which RECORD gave rise to an action. */
static struct date
cause_day(const struct record *record)
{
	switch (record->kind->index) {
	case KIND_finding: return record_date(record, FIELD_finding_raised_on);
	case KIND_review: return record_date(record, FIELD_review_held_on);
	case KIND_risk: return record_date(record, FIELD_risk_assessed_on);
	case KIND_exercise: return record_date(record, FIELD_exercise_held_on);
	case KIND_incident: {
		const struct value *reported = record_value(record, FIELD_incident_reported_at);
		return reported ? reported->datetime.date : (struct date){0};
	}
	default: return (struct date){0};
	}
}

static int
by_due_day(const void *a, const void *b)
{
	const struct report_action *x = a, *y = b;
	if (x->done != y->done)
		return x->done ? 1 : -1;
	int order = report_compare_dates(x->due, y->due);
	return order ? order : str_compare_natural(x->action->subject, y->action->subject);
}

static void
add_action(struct report *report, const struct record *action, struct arena *arena)
{
	struct report_action line = {.action = action, .done = action_is_done(report, action)};
	line.causes = action_causes(action, arena);
	for (size_t i = 0; i < line.causes.count; i++)
		if (report_compare_dates(cause_day(line.causes.items[i]), line.since) < 0)
			line.since = cause_day(line.causes.items[i]);
	line.age = age_of(report, line.since, line.done ? record_date(action, FIELD_action_done_on) : (struct date){0});
	line.due = record_date(action, FIELD_action_due);
	line.overdue = !line.done && date_is_past(report->site, line.due);
	due_owner(action, FIELD_action_owner, &line.owner, &line.owner_record);
	vec_push(arena, &report->actions, line);
}

/* ---- management reviews ---- */

static int
by_day_newest_first(const void *a, const void *b)
{
	const struct report_review *x = a, *y = b;
	int order = report_compare_dates(record_date(y->review, FIELD_review_held_on), record_date(x->review, FIELD_review_held_on));
	return order ? order : str_compare_natural(x->review->subject, y->review->subject);
}

static void
add_review(struct report *report, const struct record *review, struct arena *arena)
{
	struct report_review line = {.review = review};
	const struct record *inputs = record_part(review, FIELD_review_inputs);
	struct date held = record_date(review, FIELD_review_held_on);
	line.held = date_is_set(held) && !date_is_future(report->site, held);
	for (int i = 0; i < REPORT_INPUTS; i++)
		line.inputs[i] = inputs && record_value(inputs, FIELD_review_inputs_a + i);
	line.outputs = value_count(record_value(review, FIELD_review_outputs));
	line.decisions = value_count(record_value(review, FIELD_review_decisions));
	line.actions = only_actions(report, actions_of(review, FIELD_review_actions, arena), &line.actions_done, arena).count;
	vec_push(arena, &report->reviews, line);
}

static void
sort_and_choose(struct report *report)
{
	if (report->findings.count)
		qsort(report->findings.items, report->findings.count, sizeof *report->findings.items, by_weight);
	if (report->actions.count)
		qsort(report->actions.items, report->actions.count, sizeof *report->actions.items, by_due_day);
	if (report->reviews.count)
		qsort(report->reviews.items, report->reviews.count, sizeof *report->reviews.items, by_day_newest_first);
	for (size_t i = report->reviews.count; i-- > 0;)
		if (report->reviews.items[i].held)
			report->last_review = &report->reviews.items[i];
}

void
report_fill_improvement(struct report *report, struct arena *arena)
{
	static const struct {
		int kind;
		void (*add)(struct report *report, const struct record *record, struct arena *arena);
	} collectors[] = {{KIND_finding, add_finding}, {KIND_action, add_action}, {KIND_review, add_review}};
	for (size_t c = 0; c < sizeof collectors / sizeof *collectors; c++) {
		const record_vec *records = site_records(report->site, collectors[c].kind);
		for (size_t i = 0; i < records->count; i++)
			collectors[c].add(report, records->items[i], arena);
	}
	sort_and_choose(report);
}
