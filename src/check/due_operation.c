/* Days of evidence, access rights, suppliers, measuring, audits, reviews and trainings. */
#include "check/audit_coverage.h"
#include "check/due_list.h"
#include "check/freshness.h"
#include "model/metric.h"

/* DATE and PERIOD; not set when DATE is not. */
static struct date
date_after(struct date date, struct period period)
{
	return date_is_set(date) ? date_add(date, period, 1) : date;
}

/* The record of KIND whose FIELD is the latest day that has come, or NULL. */
static const struct record *
last_held(const struct due_list *list, int kind, int field)
{
	const record_vec *records = site_records(list->site, kind);
	const struct record *last = NULL;
	for (size_t i = 0; i < records->count; i++) {
		struct date held = record_date(records->items[i], field);
		if (due_has_happened(list, held) && (!last || date_compare(held, record_date(last, field)) > 0))
			last = records->items[i];
	}
	return last;
}

/* True when a record of KIND has a day to come in FIELD: the next one is planned, and is an item of its own. */
static bool
add_planned(struct due_list *list, enum due_type type, int kind, int field, int owner_field)
{
	const record_vec *records = site_records(list->site, kind);
	bool any = false;
	for (size_t i = 0; i < records->count; i++) {
		struct date held = record_date(records->items[i], field);
		if (!date_is_set(held) || due_has_happened(list, held))
			continue;
		due_add(list, type, held, records->items[i], owner_field);
		any = true;
	}
	return any;
}

/* ---- evidence, access, suppliers, exceptions ---- */

static void
add_evidence(struct due_list *list)
{
	record_vec relied = evidence_relied_on(list->site, list->arena);
	for (size_t i = 0; i < relied.count; i++)
		due_add(list, DUE_EVIDENCE, evidence_valid_until(list->site, relied.items[i]), relied.items[i],
		        FIELD_evidence_collected_by);
}

/* The last review of SYSTEM; NULL when there is none or another one is planned. */
static const struct record *
last_access_review(const struct due_list *list, const struct record *system)
{
	const struct record *last = NULL;
	for (size_t i = 0; i < system->backlinks.count; i++) {
		const struct record *review = system->backlinks.items[i].from;
		if (review->kind->index != KIND_access_review || record_reference(review, FIELD_access_review_system) != system)
			continue;
		struct date held = record_date(review, FIELD_access_review_reviewed_on);
		if (!due_has_happened(list, held))
			return NULL;
		if (!last || date_compare(held, record_date(last, FIELD_access_review_reviewed_on)) > 0)
			last = review;
	}
	return last;
}

static void
add_access_reviews(struct due_list *list)
{
	const record_vec *reviews = site_records(list->site, KIND_access_review);
	record_vec systems = {0};
	systems_in_use(list->site, list->arena, &systems);
	for (size_t i = 0; i < reviews->count; i++)
		if (!due_has_happened(list, record_date(reviews->items[i], FIELD_access_review_reviewed_on)))
			due_add(list, DUE_ACCESS_REVIEW, record_date(reviews->items[i], FIELD_access_review_due), reviews->items[i],
			        FIELD_access_review_reviewer);
	for (size_t i = 0; i < systems.count; i++) {
		const struct record *last = last_access_review(list, systems.items[i]);
		if (last)
			due_add_text(list, DUE_ACCESS_REVIEW,
			             date_after(record_date(last, FIELD_access_review_reviewed_on), list->site->config->limits.access_review),
			             last, FIELD_access_review_reviewer, systems.items[i]->title);
	}
}

static void
add_supplier(struct due_list *list, const struct record *supplier)
{
	struct period every = record_period(supplier, FIELD_supplier_assess_every);
	due_add(list, DUE_SUPPLIER,
	        date_after(record_date(supplier, FIELD_supplier_assessed_on),
	                   every.count ? every : list->site->config->limits.supplier_assessment),
	        supplier, FIELD_supplier_owner);
}

static void
add_exception(struct due_list *list, const struct record *exception)
{
	int owner = record_value(exception, FIELD_exception_owner) ? FIELD_exception_owner : FIELD_exception_approved_by;
	due_add(list, DUE_EXCEPTION, record_date(exception, FIELD_exception_expires), exception, owner);
}

/* ---- planning and measuring ---- */

static void
add_requirement(struct due_list *list, const struct record *requirement)
{
	due_add(list, DUE_REQUIREMENT_REVIEW,
	        date_after(record_date(requirement, FIELD_requirement_reviewed_on), list->site->config->limits.requirement_review),
	        requirement, FIELD_requirement_owner);
}

static void
add_objective(struct due_list *list, const struct record *objective)
{
	int status = record_choice(objective, FIELD_objective_status);
	if (status != CHOICE_objective_status_achieved && status != CHOICE_objective_status_missed
	    && status != CHOICE_objective_status_dropped)
		due_add(list, DUE_OBJECTIVE, record_date(objective, FIELD_objective_due), objective, FIELD_objective_owner);
}

static void
add_metric(struct due_list *list, const struct record *metric)
{
	struct metric_state *state = metric_read(list->site, metric, list->arena);
	const struct metric_value *last = metric_last(state);
	if (last && !state->from_records)
		due_add(list, DUE_METRIC, date_after(last->on, state->frequency), metric, FIELD_metric_measured_by);
}

static void
add_change(struct due_list *list, const struct record *change)
{
	if (!due_has_happened(list, record_date(change, FIELD_change_done_on)))
		due_add(list, DUE_CHANGE, record_date(change, FIELD_change_planned_on), change, FIELD_change_owner);
}

/* ---- audits and reviews ---- */

static void
add_audit(struct due_list *list, const struct record *audit)
{
	int status = record_choice(audit, FIELD_audit_status);
	struct audit_dates days;
	if ((status == CHOICE_audit_status_planned || status == CHOICE_audit_status_in_progress) && audit_days(audit, &days))
		due_add(list, DUE_AUDIT, status == CHOICE_audit_status_planned ? days.first : days.last, audit, FIELD_audit_auditor);
}

static void
add_scheduled(struct due_list *list, const struct record *program)
{
	const struct value *schedule = record_value(program, FIELD_audit_program_schedule);
	for (size_t i = 0; i < value_count(schedule); i++) {
		const struct record *part = value_item(schedule, i)->part;
		if (!part || record_value(part, FIELD_scheduled_audit_audit))
			continue;
		due_add_text(list, DUE_AUDIT, record_date(part, FIELD_scheduled_audit_planned_on), program, FIELD_audit_program_owner,
		             program->title);
	}
}

/* The end of the cycle since the last internal audit, unless a later one is planned. */
static void
add_audit_cycle(struct due_list *list)
{
	const record_vec *audits = site_records(list->site, KIND_audit);
	const struct record *last = NULL;
	struct audit_dates days, latest = {0};
	for (size_t i = 0; i < audits->count; i++) {
		if (!audit_is_internal_result(audits->items[i]) || !audit_days(audits->items[i], &days)
		    || (last && date_compare(days.last, latest.last) <= 0))
			continue;
		last = audits->items[i];
		latest = days;
	}
	if (last)
		due_add_event(list, DUE_AUDIT, date_add(latest.last, program_cycle(list->site, current_program(list->site)), 1), last,
		              FIELD_audit_auditor, "next-audit", STR("Next internal audit"));
}

static void
add_management_review(struct due_list *list)
{
	const struct record *last = last_held(list, KIND_review, FIELD_review_held_on);
	if (!add_planned(list, DUE_MANAGEMENT_REVIEW, KIND_review, FIELD_review_held_on, DUE_BY_OWNER) && last)
		due_add_event(list, DUE_MANAGEMENT_REVIEW,
		              date_after(record_date(last, FIELD_review_held_on), list->site->config->limits.management_review), last,
		              DUE_BY_OWNER, "next-review", STR("Next management review"));
}

static void
add_training(struct due_list *list)
{
	const struct record *last = last_held(list, KIND_training, FIELD_training_held_on);
	if (!add_planned(list, DUE_TRAINING, KIND_training, FIELD_training_held_on, DUE_BY_OWNER) && last)
		due_add_event(list, DUE_TRAINING, date_after(record_date(last, FIELD_training_held_on), list->site->config->limits.training),
		              last, DUE_BY_OWNER, "next-training", STR("Next awareness training"));
}

/* ---- exercises ---- */

/* The last exercise of each plan, by the plan's subject. One that is still to be held is later than any that was. */
static struct map
last_exercises(const struct due_list *list)
{
	const record_vec *exercises = site_records(list->site, KIND_exercise);
	struct map last = {0};
	for (size_t i = 0; i < exercises->count; i++) {
		const struct record *exercise = exercises->items[i], *plan = record_reference(exercise, FIELD_exercise_plan);
		const struct record *other = plan ? map_get(&last, plan->subject) : NULL;
		struct date held = record_date(exercise, FIELD_exercise_held_on);
		struct date before = other ? record_date(other, FIELD_exercise_held_on) : (struct date){0};
		if (plan && (!other || !date_is_set(held) || (date_is_set(before) && date_compare(held, before) > 0)))
			map_put(list->arena, &last, plan->subject, (void *)exercise);
	}
	return last;
}

static void
add_exercises(struct due_list *list)
{
	const record_vec *exercises = site_records(list->site, KIND_exercise);
	struct map last = last_exercises(list);
	for (size_t i = 0; i < exercises->count; i++) {
		const struct record *exercise = exercises->items[i], *plan = record_reference(exercise, FIELD_exercise_plan);
		struct date held = record_date(exercise, FIELD_exercise_held_on);
		if (!due_has_happened(list, held))
			due_add(list, DUE_EXERCISE, date_is_set(held) ? held : record_date(exercise, FIELD_exercise_due), exercise,
			        FIELD_exercise_owner);
		else if (plan && map_get(&last, plan->subject) == exercise)
			due_add_text(list, DUE_EXERCISE, date_add(held, list->site->config->limits.exercise, 1), exercise,
			             FIELD_exercise_owner, plan->title);
	}
}

/* ---- the certificate ---- */

void
due_each_step(const struct record *certification, void *context,
              void (*add)(void *context, struct date day, const char *event, const char *title))
{
	const struct value *surveillance = record_value(certification, FIELD_certification_surveillance);
	add(context, record_date(certification, FIELD_certification_stage1_on), "stage1", "Stage 1 audit");
	add(context, record_date(certification, FIELD_certification_stage2_on), "stage2", "Stage 2 audit");
	for (size_t i = 0; i < value_count(surveillance); i++)
		if (value_item(surveillance, i)->state == VALUE_OK)
			add(context, value_item(surveillance, i)->date, "surveillance", "Surveillance audit");
	add(context, record_date(certification, FIELD_certification_recertification_on), "recertification", "Recertification audit");
}

struct steps {
	struct due_list *list;
	const struct record *certification;
};

/* Days of the certification body, which nobody here can miss: they are events, never overdue. */
static void
add_step(void *context, struct date day, const char *event, const char *title)
{
	struct steps *steps = context;
	if (date_is_set(day) && date_compare(day, steps->list->site->today) >= 0)
		due_add_event(steps->list, DUE_CERTIFICATION, day, steps->certification, DUE_BY_OWNER, event, str_from(title));
}

static void
add_certification(struct due_list *list, const struct record *certification)
{
	due_each_step(certification, &(struct steps){list, certification}, add_step);
}

static const struct {
	int kind;
	void (*add)(struct due_list *list, const struct record *record);
} collectors[] = {
	{KIND_supplier, add_supplier},   {KIND_exception, add_exception},        {KIND_requirement, add_requirement},
	{KIND_objective, add_objective}, {KIND_metric, add_metric},              {KIND_change, add_change},
	{KIND_audit, add_audit},         {KIND_audit_program, add_scheduled},    {KIND_certification, add_certification},
};

void
due_add_operation(struct due_list *list)
{
	add_evidence(list);
	add_access_reviews(list);
	add_audit_cycle(list);
	add_management_review(list);
	add_training(list);
	add_exercises(list);
	for (size_t c = 0; c < sizeof collectors / sizeof *collectors; c++) {
		const record_vec *records = site_records(list->site, collectors[c].kind);
		for (size_t i = 0; i < records->count; i++)
			collectors[c].add(list, records->items[i]);
	}
}
