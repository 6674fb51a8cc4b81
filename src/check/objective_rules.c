/* OBJ: information security objectives and how they are to be reached (6.2). That there is none is CLS's. */
#include "check/families.h"
#include "check/rule.h"
#include "model/metric.h"

#include <math.h>

static bool
is_dropped(const struct record *objective)
{
	return record_choice(objective, FIELD_objective_status) == CHOICE_objective_status_dropped;
}

static bool
is_finished(const struct record *objective)
{
	int status = record_choice(objective, FIELD_objective_status);
	return status == CHOICE_objective_status_achieved || status == CHOICE_objective_status_missed ||
	       status == CHOICE_objective_status_dropped;
}

/* What 6.2 asks of each objective's planning, in its order. */
static const struct {
	enum code code;
	int field;
	const char *what, *hint;
} requirements[] = {
	{CODE_OBJ001, FIELD_objective_metric, "is not measured: it names no metric", "add `metric` with the id of a metric that shows whether it is reached"},
	{CODE_OBJ002, FIELD_objective_what, "does not say what will be done", "add `what`: the steps that lead to it"},
	{CODE_OBJ003, FIELD_objective_resources, "does not say what resources it takes", "add `resources`: people, time, money, tools"},
	{CODE_OBJ004, FIELD_objective_owner, "has nobody who is responsible for it", "add `owner` with a person or a role"},
	{CODE_OBJ005, FIELD_objective_due, "does not say when it will be completed", "add `due` with a date"},
	{CODE_OBJ006, FIELD_objective_evaluation, "does not say how its result will be evaluated", "add `evaluation`: who compares what with what, and when"},
};

static void
check_planning(const struct check *check, const struct record *objective)
{
	if (is_dropped(objective))
		return;
	for (size_t i = 0; i < sizeof requirements / sizeof *requirements; i++)
		rule_require(check, requirements[i].code, objective, requirements[i].field, requirements[i].what, requirements[i].hint);
}

/* The metric at INDEX of the objective, or NULL. */
static const struct record *
metric_at(const struct value *metrics, size_t index)
{
	const struct record *metric = value_item(metrics, index)->reference.record;
	return metric && metric->kind->index == KIND_metric ? metric : NULL;
}

static void
check_target(const struct check *check, const struct record *objective)
{
	const struct value *metrics = record_value(objective, FIELD_objective_metric);
	const struct record *first = NULL;
	for (size_t i = 0; i < value_count(metrics); i++) {
		const struct record *metric = metric_at(metrics, i);
		if (metric && !record_lacks(metric, FIELD_metric_target))
			return;
		first = first ? first : metric;
	}
	if (is_dropped(objective))
		return;
	struct diag *diag = rule_require(check, CODE_OBJ007, objective, FIELD_objective_target,
	                                 first ? "has no target, and neither has its metric" : "has no target",
	                                 "add `target` with the value to be reached");
	if (diag && first)
		diag_relate(check->diags, diag, first->span, "the metric");
}

static void
check_due(const struct check *check, const struct record *objective)
{
	struct date due = record_date(objective, FIELD_objective_due);
	if (is_finished(objective) || !rule_is_past(check, due))
		return;
	struct diag *diag = rule_report(check, CODE_OBJ008, objective, FIELD_objective_due,
	                                "objective `%.*s` was due on %.*s and is not said to be achieved",
	                                STR_ARG(record_label(objective)), STR_ARG(date_text(check->arena, due)));
	diag_hint(check->diags, diag, "set `status` to achieved, missed or dropped, or agree on a new date in the management review");
}

static struct str
value_text(const struct check *check, double value)
{
	return number_text(check->arena, round(value * 100) / 100);
}

/* The target that METRIC must reach for OBJECTIVE: the objective's own when it has one metric and one number. */
static bool
target_for(const struct record *objective, const struct metric_state *state, double *target)
{
	if (value_count(record_value(objective, FIELD_objective_metric)) == 1 && objective_target(objective, target))
		return true;
	*target = state->target;
	return state->has_target;
}

static void
compare_with_metric(const struct check *check, const struct record *objective, const struct record *metric)
{
	struct metric_state *state = metric_read(check->site, metric, check->arena);
	const struct metric_value *last = metric_last(state);
	double target;
	if (!last || !target_for(objective, state, &target) ||
	    metric_compare(last->value, target, state->direction) != METRIC_MISSED)
		return;
	struct diag *diag = rule_report(check, CODE_OBJ009, objective, FIELD_objective_status,
	                                "objective `%.*s` is said to be achieved, but metric `%.*s` is %.*s, not at %s %.*s",
	                                STR_ARG(record_label(objective)), STR_ARG(record_label(metric)),
	                                STR_ARG(value_text(check, last->value)),
	                                state->direction == CHOICE_direction_up ? "least" : "most",
	                                STR_ARG(value_text(check, target)));
	diag_hint(check->diags, diag, "set `status` to missed or in-progress, or correct the measurement");
	diag_relate(check->diags, diag, last->span, "the last value");
}

static void
check_achieved(const struct check *check, const struct record *objective)
{
	const struct value *metrics = record_value(objective, FIELD_objective_metric);
	if (record_choice(objective, FIELD_objective_status) != CHOICE_objective_status_achieved)
		return;
	for (size_t i = 0; i < value_count(metrics); i++)
		if (metric_at(metrics, i))
			compare_with_metric(check, objective, metric_at(metrics, i));
}

/* Two targets for one metric: the metric may report "reached" while the objective is not. */
static void
check_same_target(const struct check *check, const struct record *objective)
{
	const struct value *metrics = record_value(objective, FIELD_objective_metric);
	double own, other;
	if (is_finished(objective) || value_count(metrics) != 1 || !metric_at(metrics, 0))
		return;
	const struct record *metric = metric_at(metrics, 0);
	if (!objective_target(objective, &own) || !metric_number(metric, FIELD_metric_target, &other) || fabs(own - other) < 1e-9)
		return;
	struct diag *diag = rule_report(check, CODE_OBJ010, objective, FIELD_objective_target,
	                                "objective `%.*s` aims at %.*s, its metric `%.*s` at %.*s", STR_ARG(record_label(objective)),
	                                STR_ARG(value_text(check, own)), STR_ARG(record_label(metric)),
	                                STR_ARG(value_text(check, other)));
	diag_hint(check->diags, diag, "write one target in both places, or leave it to the metric");
	diag_relate(check->diags, diag, record_field_span(metric, FIELD_metric_target), "the metric's target");
}

static const struct check_rule rules[] = {
	{CODE_OBJ001, SCOPE_KIND, KIND_objective, check_planning}, /* with OBJ002 to OBJ006 */
	{CODE_OBJ007, SCOPE_KIND, KIND_objective, check_target},
	{CODE_OBJ008, SCOPE_KIND, KIND_objective, check_due},
	{CODE_OBJ009, SCOPE_KIND, KIND_objective, check_achieved},
	{CODE_OBJ010, SCOPE_KIND, KIND_objective, check_same_target},
};

const struct check_family objective_family = {rules, sizeof rules / sizeof *rules};
