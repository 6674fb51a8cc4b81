/* MET: monitoring and measurement (9.1). That nothing is measured at all is CLS's. */
#include "check/families.h"
#include "check/rule.h"
#include "model/metric.h"

#include <math.h>

static struct str
value_text(const struct check *check, double value)
{
	return number_text(check->arena, round(value * 100) / 100);
}

/* ---- 9.1 a to f: what must be settled before anything is measured ---- */

static void
require_method(const struct check *check, const struct record *metric)
{
	if (record_choice(metric, FIELD_metric_computed) < 0)
		rule_require(check, CODE_MET007, metric, FIELD_metric_method, "does not say how it is measured",
		             "add `method`: the source and the steps, so that another person gets the same value");
}

static void
require_measurer(const struct check *check, const struct record *metric)
{
	if (record_choice(metric, FIELD_metric_computed) < 0)
		rule_require(check, CODE_MET008, metric, FIELD_metric_measured_by, "does not say who measures it",
		             "add `measured_by` with a person or a role");
}

static void
require_analyst(const struct check *check, const struct record *metric)
{
	rule_require(check, CODE_MET009, metric, FIELD_metric_analysed_by, "does not say who analyses its values",
	             "add `analysed_by` with a person or a role");
}

/* True when an objective that is measured by METRIC alone has a target for it, or lacks one: then OBJ007 says so. */
static bool
objective_answers(const struct record *metric)
{
	for (size_t i = 0; i < metric->backlinks.count; i++) {
		const struct record *from = metric->backlinks.items[i].from;
		double target;
		if (from->kind->index != KIND_objective)
			continue;
		if (record_lacks(from, FIELD_objective_target))
			return true;
		if (value_count(record_value(from, FIELD_objective_metric)) == 1 && objective_target(from, &target))
			return true;
	}
	return false;
}

static void
require_target(const struct check *check, const struct record *metric)
{
	if (!objective_answers(metric))
		rule_require(check, CODE_MET004, metric, FIELD_metric_target, "has no target, so nobody can say whether its value is good",
		             "add `target` with the value that counts as reached");
}

static void
require_direction(const struct check *check, const struct record *metric)
{
	int computed = record_choice(metric, FIELD_metric_computed);
	if (!record_value(metric, FIELD_metric_target) || (computed >= 0 && metric_is_share(computed)))
		return;
	struct diag *diag = rule_require(check, CODE_MET005, metric, FIELD_metric_direction,
	                                 "has a target, but does not say whether higher or lower is better",
	                                 "add `direction: up` or `direction: down`");
	if (diag)
		diag_relate(check->diags, diag, record_field_span(metric, FIELD_metric_target), "the target");
}

/* ---- the values ---- */

static bool
is_invalid(const struct record *part, int field)
{
	const struct value *written = record_written(part, field);
	return written && written->state == VALUE_INVALID;
}

/* True when a measurement has a day to come (MET006) or a value that could not be read (FM): it may be the last one. */
static bool
has_doubtful_measurement(const struct check *check, const struct record *metric)
{
	const struct value *list = record_value(metric, FIELD_metric_measurements);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct record *part = value_item(list, i)->part;
		if (rule_is_future(check, record_date(part, FIELD_measurement_on)) || is_invalid(part, FIELD_measurement_on) ||
		    is_invalid(part, FIELD_measurement_value))
			return true;
	}
	return false;
}

/* Placed at the last measurement, else at `measurements`, else at the metric. */
static void
check_frequency(const struct check *check, const struct metric_state *state)
{
	const struct metric_value *last = metric_last(state);
	const struct record *metric = state->metric;
	struct str every = period_text(check->arena, state->frequency);
	if (!last) {
		if (!record_lacks(metric, FIELD_metric_measurements))
			return;
		struct diag *diag = rule_report(check, CODE_MET001, metric, FIELD_metric_measurements, "metric `%.*s` has never been measured",
		                                STR_ARG(record_label(metric)));
		diag_hint(check->diags, diag, "add a measurement with `on` and `value` every %.*s", STR_ARG(every));
		return;
	}
	struct date due = date_add(last->on, state->frequency, 1);
	if (!rule_is_past(check, due) || has_doubtful_measurement(check, metric))
		return;
	struct diag *diag = rule_report_at(check, CODE_MET002, metric, last->span,
	                                   "metric `%.*s` was last measured on %.*s; the next measurement was due on %.*s",
	                                   STR_ARG(record_label(metric)), STR_ARG(date_text(check->arena, last->on)),
	                                   STR_ARG(date_text(check->arena, due)));
	diag_hint(check->diags, diag, "measure it and add the value, or state another `frequency` than %.*s", STR_ARG(every));
	if (record_value(metric, FIELD_metric_frequency))
		diag_relate(check->diags, diag, record_field_span(metric, FIELD_metric_frequency), "how often it is to be measured");
}

static void
check_target(const struct check *check, const struct metric_state *state)
{
	if (state->standing != METRIC_MISSED)
		return;
	const struct metric_value *last = metric_last(state);
	struct diag *diag = rule_report_at(check, CODE_MET003, state->metric, last->span,
	                                   "metric `%.*s` misses its target: %.*s%.*s, not at %s %.*s",
	                                   STR_ARG(record_label(state->metric)), STR_ARG(value_text(check, last->value)),
	                                   STR_ARG(state->from_records ? STR(" by the records") : STR("")),
	                                   state->direction == CHOICE_direction_up ? "least" : "most",
	                                   STR_ARG(value_text(check, state->target)));
	diag_hint(check->diags, diag, "find out why and plan an action, or have the target reconsidered in the management review");
	diag_relate(check->diags, diag, record_field_span(state->metric, FIELD_metric_target), "the target");
}

/* The fields that each computed metric counts by. */
static const struct {
	int computed, kind, field;
} counted[] = {
	{CHOICE_computed_incidents, KIND_incident, FIELD_incident_reported_at},
	{CHOICE_computed_training_completion, KIND_training, FIELD_training_held_on},
	{CHOICE_computed_training_completion, KIND_training, FIELD_training_attended},
	{CHOICE_computed_training_completion, KIND_training, FIELD_training_required},
	{CHOICE_computed_access_review_completion, KIND_access_review, FIELD_access_review_system},
	{CHOICE_computed_access_review_completion, KIND_access_review, FIELD_access_review_reviewed_on},
	{CHOICE_computed_finding_closure, KIND_finding, FIELD_finding_category},
	{CHOICE_computed_finding_closure, KIND_finding, FIELD_finding_status},
	{CHOICE_computed_finding_closure, KIND_finding, FIELD_finding_closed_on},
	{CHOICE_computed_treatment_progress, KIND_action, FIELD_action_for},
	{CHOICE_computed_treatment_progress, KIND_action, FIELD_action_done_on},
};

/* False when the records that the metric is computed from could not be read whole, or hold a value that counts and could
 * not be read: then the number is not theirs. */
static bool
source_is_whole(const struct check *check, const struct record *metric)
{
	int computed = record_choice(metric, FIELD_metric_computed);
	if (computed < 0 || metric_source(computed) < 0)
		return true;
	for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
		if (counted[i].computed == computed && rule_kind_dangles(check, counted[i].kind, counted[i].field))
			return false;
	return rule_kind_is_whole(check, metric_source(computed));
}

static void
report_not_computable(const struct check *check, const struct metric_state *state)
{
	struct diag *diag = rule_report(check, CODE_MET010, state->metric, FIELD_metric_computed,
	                                "metric `%.*s` cannot be computed, because %s", STR_ARG(record_label(state->metric)),
	                                state->not_computable);
	diag_hint(check->diags, diag, "record what it counts, or add `measurements` by hand");
}

/* Measurements stand in for what the records do not give; without them the metric is not overdue, but not computable. */
static void
check_values(const struct check *check, const struct record *metric)
{
	if (!source_is_whole(check, metric))
		return;
	struct metric_state *state = metric_read(check->site, metric, check->arena);
	bool by_hand = record_written(metric, FIELD_metric_measurements) != NULL;
	if (state->not_computable && !by_hand)
		report_not_computable(check, state);
	else if (!state->from_records)
		check_frequency(check, state);
	check_target(check, state);
}

/* A share computed from the records runs from 0 to 100: 0.95 would be reached by anything. */
static void
check_share_target(const struct check *check, const struct record *metric)
{
	int computed = record_choice(metric, FIELD_metric_computed);
	double target;
	if (computed < 0 || !metric_is_share(computed) || !metric_number(metric, FIELD_metric_target, &target) ||
	    (target > 1 && target <= 100) || target == 0)
		return;
	struct diag *diag = rule_report(check, CODE_MET011, metric, FIELD_metric_target,
	                                "the values of `%.*s` are percentages from 0 to 100, so %.*s is no target for them",
	                                STR_ARG(record_label(metric)), STR_ARG(record_text(metric, FIELD_metric_target)));
	if (target > 0 && target <= 1)
		diag_hint(check->diags, diag, "write %.*s", STR_ARG(value_text(check, target * 100)));
	else
		diag_hint(check->diags, diag, "write a number from 0 to 100");
	diag_relate(check->diags, diag, record_field_span(metric, FIELD_metric_computed), "computed from the records");
}

/* ---- the measurements as written ---- */

static void
check_future(const struct check *check, const struct record *metric)
{
	const struct value *list = record_value(metric, FIELD_metric_measurements);
	for (size_t i = 0; i < value_count(list); i++) {
		const struct record *part = value_item(list, i)->part;
		struct date on = record_date(part, FIELD_measurement_on);
		if (!rule_is_future(check, on))
			continue;
		struct diag *diag = rule_report(check, CODE_MET006, part, FIELD_measurement_on,
		                                "metric `%.*s` has a measurement of %.*s, which is still to come",
		                                STR_ARG(record_label(metric)), STR_ARG(date_text(check->arena, on)));
		diag_hint(check->diags, diag, "correct the date, or take the value out until it is measured");
	}
}

static void
check_twice(const struct check *check, const struct record *metric)
{
	const struct value *list = record_value(metric, FIELD_metric_measurements);
	struct map days = {0};
	for (size_t i = 0; i < value_count(list); i++) {
		const struct record *part = value_item(list, i)->part;
		struct date on = record_date(part, FIELD_measurement_on);
		if (!date_is_set(on))
			continue;
		struct str day = date_text(check->arena, on);
		const struct record *first = map_get(&days, day);
		if (!first) {
			map_put(check->arena, &days, day, (void *)part);
			continue;
		}
		struct diag *diag = rule_report(check, CODE_MET012, part, FIELD_measurement_on, "metric `%.*s` has two measurements of %.*s",
		                                STR_ARG(record_label(metric)), STR_ARG(day));
		diag_hint(check->diags, diag, "keep one of them, or correct a date");
		diag_relate(check->diags, diag, record_field_span(first, FIELD_measurement_on), "the first one");
	}
}

static const struct check_rule rules[] = {
	{CODE_MET001, SCOPE_KIND, KIND_metric, check_values}, /* with MET002, MET003 and MET010 */
	{CODE_MET004, SCOPE_KIND, KIND_metric, require_target},
	{CODE_MET005, SCOPE_KIND, KIND_metric, require_direction},
	{CODE_MET006, SCOPE_KIND, KIND_metric, check_future},
	{CODE_MET007, SCOPE_KIND, KIND_metric, require_method},
	{CODE_MET008, SCOPE_KIND, KIND_metric, require_measurer},
	{CODE_MET009, SCOPE_KIND, KIND_metric, require_analyst},
	{CODE_MET011, SCOPE_KIND, KIND_metric, check_share_target},
	{CODE_MET012, SCOPE_KIND, KIND_metric, check_twice},
};

const struct check_family metric_family = {rules, sizeof rules / sizeof *rules};
