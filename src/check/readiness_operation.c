/* Conditions of the readiness table about what shows the ISMS working: evidence, training, audits, reviews, improvement. */
#include "check/audit_coverage.h"
#include "check/corrective.h"
#include "check/document_control.h"
#include "check/readiness_site.h"
#include "model/metric.h"

static bool
happened(const struct readiness_site *ready, struct date day)
{
	return date_is_set(day) && !date_is_future(ready->site, day);
}

/* On DAY or later, counted back from today by PERIOD. */
static bool
is_recent(const struct readiness_site *ready, struct date day, struct period period)
{
	return happened(ready, day) && !date_is_past(ready->site, date_add(day, period, 1));
}

/* ---- controls and their evidence ---- */

static const struct record *
current_evidence(const struct readiness_site *ready, const struct control_state *state)
{
	for (size_t i = 0; i < state->evidence.count; i++)
		if (!date_is_past(ready->site, evidence_valid_until(ready->site, state->evidence.items[i])))
			return state->evidence.items[i];
	return NULL;
}

READINESS_CONDITION(evidence_kept)
{
	size_t good = 0, total = 0;
	for (size_t i = 0; i < ready->site->catalogue->control_count; i++) {
		const struct control_state *state = &ready->site->controls[i];
		if (soa_state(ready->site, state) != SOA_YES)
			continue;
		const struct record *evidence = current_evidence(ready, state);
		total++;
		if (evidence) {
			good++;
			readiness_show(ready, shown, evidence);
		}
	}
	return readiness_share_state(good, total);
}

static const struct record *
certification_of(const struct site *site)
{
	const record_vec *records = site_records(site, KIND_certification);
	return records->count ? records->items[0] : NULL;
}

/* Operation begins with the first evidence; it must be old enough on the day of stage 2, or today when none is set. */
READINESS_CONDITION(operation_long_enough)
{
	const struct site *site = ready->site;
	const record_vec *records = site_records(site, KIND_evidence);
	const struct record *first = NULL, *certification = certification_of(site);
	for (size_t i = 0; i < records->count; i++) {
		struct date day = record_date(records->items[i], FIELD_evidence_collected_on);
		if (happened(ready, day) && (!first || date_compare(day, record_date(first, FIELD_evidence_collected_on)) < 0))
			first = records->items[i];
	}
	if (!first)
		return READINESS_NOT_MET;
	struct date stage2 = certification ? record_date(certification, FIELD_certification_stage2_on) : (struct date){0};
	struct date enough = date_add(record_date(first, FIELD_evidence_collected_on), site->config->limits.operation_before_stage2, 1);
	readiness_show(ready, shown, first);
	return date_compare(enough, date_is_set(stage2) ? stage2 : site->today) <= 0 ? READINESS_MET : READINESS_NOT_MET;
}

/* ---- people ---- */

static bool
training_is_recent(const struct readiness_site *ready, const struct record *training)
{
	return is_recent(ready, record_date(training, FIELD_training_held_on), ready->site->config->limits.training);
}

READINESS_CONDITION(training_held)
{
	const record_vec *trainings = site_records(ready->site, KIND_training);
	enum readiness_state state = READINESS_NOT_MET;
	for (size_t i = 0; i < trainings->count; i++) {
		if (!training_is_recent(ready, trainings->items[i]))
			continue;
		readiness_show(ready, shown, trainings->items[i]);
		state = READINESS_MET;
	}
	return state;
}

READINESS_CONDITION(training_attended)
{
	(void)shown;
	const record_vec *trainings = site_records(ready->site, KIND_training);
	double attended = 0, required = 0;
	for (size_t i = 0; i < trainings->count; i++) {
		double came, had_to;
		if (!training_is_recent(ready, trainings->items[i])
		    || !record_number(trainings->items[i], FIELD_training_attended, &came)
		    || !record_number(trainings->items[i], FIELD_training_required, &had_to))
			continue;
		attended += came, required += had_to;
	}
	if (required <= 0)
		return READINESS_NOT_MET;
	return attended / required >= ready->site->config->limits.training_target ? READINESS_MET : READINESS_PARTLY;
}

static bool
has_acknowledged(const struct record *person, const struct record *policy, const record_vec *acknowledgements)
{
	for (size_t i = 0; i < acknowledgements->count; i++) {
		const struct record *record = acknowledgements->items[i];
		const struct value *by = record_value(record, FIELD_acknowledgement_by);
		if (record_reference(record, FIELD_acknowledgement_document) != policy)
			continue;
		for (size_t j = 0; j < value_count(by); j++)
			if (value_item(by, j)->reference.record && same_party(value_item(by, j)->reference.record, person))
				return true;
	}
	return false;
}

/* Of a register of thousands the first ones tell enough; it bounds the work. */
enum { PEOPLE_MAX = 2000 };

static size_t
count_acknowledged(const struct readiness_site *ready, const struct record *policy, const record_vec *people)
{
	record_vec acknowledgements = {0};
	for (size_t i = 0; i < policy->backlinks.count; i++)
		if (policy->backlinks.items[i].from->kind->index == KIND_acknowledgement)
			vec_push(ready->arena, &acknowledgements, policy->backlinks.items[i].from);
	size_t count = 0;
	for (size_t i = 0; i < people->count && i < PEOPLE_MAX; i++)
		count += has_acknowledged(people->items[i], policy, &acknowledgements);
	return count;
}

READINESS_CONDITION(policy_acknowledged)
{
	const record_vec *people = site_records(ready->site, KIND_person);
	const record_vec *policies = site_records(ready->site, KIND_policy);
	size_t total = people->count < PEOPLE_MAX ? people->count : PEOPLE_MAX;
	enum readiness_state best = READINESS_NOT_MET;
	for (size_t i = 0; i < policies->count && best != READINESS_MET; i++) {
		const struct record *policy = policies->items[i];
		if (!document_is_information_security_policy(policy) || document_is_retired(policy))
			continue;
		enum readiness_state state = readiness_share_state(count_acknowledged(ready, policy, people), total);
		if (state != READINESS_NOT_MET) {
			readiness_show(ready, shown, policy);
			best = state;
		}
	}
	return best;
}

/* ---- incidents, suppliers, continuity ---- */

/* Controls of ISO/IEC 27001:2022 that a topic stands on; ends with NULL. */
static const char *const incident_controls[] = {"A.5.24", "A.5.26", NULL};
static const char *const supplier_controls[] = {"A.5.19", "A.5.20", "A.5.21", "A.5.22", "A.5.23", NULL};
static const char *const continuity_controls[] = {"A.5.29", "A.5.30", NULL};

static const struct control_state *
state_of(const struct readiness_site *ready, const char *id)
{
	const struct control *control = catalogue_control(ready->site->catalogue, str_from(id));
	return control ? site_control(ready->site, control) : NULL;
}

/* True when the site decided that none of the controls applies, or its catalogue has none of them. */
static bool
topic_is_excluded(const struct readiness_site *ready, const char *const *ids)
{
	for (size_t i = 0; ids[i]; i++) {
		const struct control_state *state = state_of(ready, ids[i]);
		if (state && soa_is_applicable(state->soa) != 0)
			return false;
	}
	return true;
}

static enum readiness_state
topic_is_described(const struct readiness_site *ready, const char *const *ids, record_vec *shown)
{
	enum readiness_state state = READINESS_NOT_MET;
	if (topic_is_excluded(ready, ids))
		return READINESS_NOT_APPLICABLE;
	for (size_t i = 0; ids[i]; i++) {
		const struct control_state *control = state_of(ready, ids[i]);
		for (size_t j = 0; control && j < control->documents.count; j++) {
			const struct record *document = control->documents.items[j];
			if (document_is_retired(document) || document->kind->index == KIND_policy)
				continue;
			readiness_show(ready, shown, document);
			if (document_is_approved(document))
				state = READINESS_MET;
			else if (state != READINESS_MET)
				state = READINESS_PARTLY;
		}
	}
	return state;
}

READINESS_CONDITION(incidents_described)
{
	return topic_is_described(ready, incident_controls, shown);
}

static bool
plan_serves(const struct readiness_site *ready, const struct record *plan, const char *const *ids)
{
	for (size_t i = 0; plan && ids[i]; i++) {
		const struct control_state *state = state_of(ready, ids[i]);
		for (size_t j = 0; state && j < state->documents.count; j++)
			if (state->documents.items[j] == plan)
				return true;
	}
	return false;
}

/* Exercises of a plan for the topic that were held within the period. */
static size_t
show_exercises(const struct readiness_site *ready, const char *const *ids, record_vec *shown)
{
	const record_vec *exercises = site_records(ready->site, KIND_exercise);
	size_t count = 0;
	for (size_t i = 0; i < exercises->count; i++) {
		const struct record *exercise = exercises->items[i];
		if (!is_recent(ready, record_date(exercise, FIELD_exercise_held_on), ready->site->config->limits.exercise)
		    || !plan_serves(ready, record_reference(exercise, FIELD_exercise_plan), ids))
			continue;
		readiness_show(ready, shown, exercise);
		count++;
	}
	return count;
}

READINESS_CONDITION(incidents_recorded)
{
	if (topic_is_excluded(ready, incident_controls))
		return READINESS_NOT_APPLICABLE;
	const record_vec *incidents = site_records(ready->site, KIND_incident);
	for (size_t i = 0; i < incidents->count; i++)
		readiness_show(ready, shown, incidents->items[i]);
	return incidents->count + show_exercises(ready, incident_controls, shown) > 0 ? READINESS_MET : READINESS_NOT_MET;
}

static bool
no_suppliers_needed(const struct readiness_site *ready)
{
	return site_records(ready->site, KIND_supplier)->count == 0 && topic_is_excluded(ready, supplier_controls);
}

READINESS_CONDITION(suppliers_assessed)
{
	const record_vec *suppliers = site_records(ready->site, KIND_supplier);
	size_t good = 0;
	if (no_suppliers_needed(ready))
		return READINESS_NOT_APPLICABLE;
	for (size_t i = 0; i < suppliers->count; i++) {
		if (!happened(ready, record_date(suppliers->items[i], FIELD_supplier_assessed_on)))
			continue;
		readiness_show(ready, shown, suppliers->items[i]);
		good++;
	}
	return readiness_share_state(good, suppliers->count);
}

READINESS_CONDITION(suppliers_current)
{
	(void)shown;
	const record_vec *suppliers = site_records(ready->site, KIND_supplier);
	size_t good = 0;
	if (no_suppliers_needed(ready))
		return READINESS_NOT_APPLICABLE;
	for (size_t i = 0; i < suppliers->count; i++) {
		struct period period = record_period(suppliers->items[i], FIELD_supplier_assess_every);
		if (!period.count)
			period = ready->site->config->limits.supplier_assessment;
		good += is_recent(ready, record_date(suppliers->items[i], FIELD_supplier_assessed_on), period)
		        && record_value(suppliers->items[i], FIELD_supplier_agreement);
	}
	return readiness_share_state(good, suppliers->count);
}

READINESS_CONDITION(continuity_planned)
{
	return topic_is_described(ready, continuity_controls, shown);
}

READINESS_CONDITION(continuity_exercised)
{
	if (topic_is_excluded(ready, continuity_controls))
		return READINESS_NOT_APPLICABLE;
	size_t before = shown->count, count = show_exercises(ready, continuity_controls, shown), passed = 0;
	for (size_t i = before; i < shown->count; i++) {
		int result = record_choice(shown->items[i], FIELD_exercise_result);
		passed += result == CHOICE_exercise_result_passed || result == CHOICE_exercise_result_partial;
	}
	return count == 0 ? READINESS_NOT_MET : passed > 0 ? READINESS_MET : READINESS_PARTLY;
}

/* ---- metrics ---- */

static bool
metric_is_current(const struct readiness_site *ready, const struct metric_state *state)
{
	const struct metric_value *last = metric_last(state);
	return last && (state->from_records || !date_is_past(ready->site, date_add(last->on, state->frequency, 1)));
}

READINESS_CONDITION(metrics_current)
{
	const record_vec *metrics = site_records(ready->site, KIND_metric);
	size_t good = 0;
	for (size_t i = 0; i < metrics->count; i++) {
		if (!metric_is_current(ready, metric_read(ready->site, metrics->items[i], ready->arena)))
			continue;
		readiness_show(ready, shown, metrics->items[i]);
		good++;
	}
	return readiness_share_state(good, metrics->count);
}

READINESS_CONDITION(metrics_reached)
{
	(void)shown;
	const record_vec *metrics = site_records(ready->site, KIND_metric);
	size_t good = 0, total = 0;
	for (size_t i = 0; i < metrics->count; i++) {
		enum metric_standing standing = metric_read(ready->site, metrics->items[i], ready->arena)->standing;
		good += standing == METRIC_REACHED;
		total += standing != METRIC_UNKNOWN;
	}
	return readiness_share_state(good, total);
}

/* ---- audits ---- */

READINESS_CONDITION(program_in_force)
{
	const struct record *program = current_program(ready->site);
	if (!program)
		return READINESS_NOT_MET;
	readiness_show(ready, shown, program);
	return READINESS_MET;
}

static enum readiness_state
coverage_state(const struct readiness_site *ready, const struct audit_coverage *coverage)
{
	size_t clauses, controls = 0;
	clause_all(&clauses);
	size_t covered = 0;
	for (size_t i = 0; i < clauses; i++)
		covered += coverage->clauses[i];
	for (size_t i = 0; i < ready->site->catalogue->control_count; i++)
		controls += coverage->controls[i];
	bool whole = audit_coverage_missing_clauses(coverage, ready->arena).count == 0
	             && audit_coverage_missing_controls(coverage, ready->arena).count == 0;
	return whole ? READINESS_MET : covered + controls > 0 ? READINESS_PARTLY : READINESS_NOT_MET;
}

READINESS_CONDITION(program_complete)
{
	(void)shown;
	struct audit_coverage coverage = audit_coverage_new(ready->site, ready->arena);
	const record_vec *programs = site_records(ready->site, KIND_audit_program);
	for (size_t i = 0; i < programs->count; i++)
		if (program_is_in_force(ready->site, programs->items[i]))
			audit_coverage_add_program(&coverage, programs->items[i]);
	return coverage_state(ready, &coverage);
}

READINESS_CONDITION(cycle_audited)
{
	(void)shown;
	struct audit_coverage coverage = audit_coverage_of_cycle(ready->site, ready->arena);
	return coverage_state(ready, &coverage);
}

/* No audit that was planned for a day before today is left open. */
READINESS_CONDITION(schedule_kept)
{
	(void)shown;
	const struct record *program = current_program(ready->site);
	const struct value *schedule = program ? record_value(program, FIELD_audit_program_schedule) : NULL;
	size_t good = 0, due = 0;
	for (size_t i = 0; i < value_count(schedule); i++) {
		const struct record *planned = value_item(schedule, i)->part;
		if (!planned || !date_is_past(ready->site, record_date(planned, FIELD_scheduled_audit_planned_on)))
			continue;
		due++;
		good += record_reference(planned, FIELD_scheduled_audit_audit) != NULL;
	}
	return value_count(schedule) == 0 ? READINESS_NOT_MET : due == 0 ? READINESS_MET : readiness_share_state(good, due);
}

/* ---- management reviews ---- */

static const struct record *
newest_review(const struct readiness_site *ready)
{
	const record_vec *reviews = site_records(ready->site, KIND_review);
	const struct record *newest = NULL;
	for (size_t i = 0; i < reviews->count; i++) {
		struct date held = record_date(reviews->items[i], FIELD_review_held_on);
		if (happened(ready, held) && (!newest || date_compare(held, record_date(newest, FIELD_review_held_on)) > 0))
			newest = reviews->items[i];
	}
	return newest;
}

READINESS_CONDITION(review_recent)
{
	const struct record *review = newest_review(ready);
	if (!review)
		return READINESS_NOT_MET;
	readiness_show(ready, shown, review);
	return is_recent(ready, record_date(review, FIELD_review_held_on), ready->site->config->limits.management_review)
	       ? READINESS_MET : READINESS_PARTLY;
}

READINESS_CONDITION(review_inputs)
{
	(void)shown;
	const struct record *review = newest_review(ready);
	const struct record *inputs = review ? record_part(review, FIELD_review_inputs) : NULL;
	size_t count, good = 0;
	review_input_all(&count);
	for (size_t i = 0; inputs && i < count; i++)
		good += record_value(inputs, FIELD_review_inputs_a + (int)i) != NULL;
	return readiness_share_state(good, count);
}

READINESS_CONDITION(review_decided)
{
	(void)shown;
	const struct record *review = newest_review(ready);
	bool decided = review && (value_count(record_value(review, FIELD_review_decisions)) > 0
	                          || value_count(record_value(review, FIELD_review_outputs)) > 0);
	return decided ? READINESS_MET : READINESS_NOT_MET;
}

/* ---- nonconformities ---- */

typedef bool (*finding_test)(const struct readiness_site *ready, const struct record *finding);

static bool
is_of_audit(const struct record *finding, bool internal)
{
	const struct record *audit = record_reference(finding, FIELD_finding_audit);
	int type = audit && audit->kind->index == KIND_audit ? record_choice(audit, FIELD_audit_type) : -1;
	if (internal)
		return type == CHOICE_audit_type_internal;
	return type == CHOICE_audit_type_stage1 || type == CHOICE_audit_type_stage2 || type == CHOICE_audit_type_surveillance
	       || type == CHOICE_audit_type_recertification;
}

static bool
is_internal(const struct readiness_site *ready, const struct record *finding)
{
	(void)ready;
	return is_of_audit(finding, true);
}

static bool
is_external(const struct readiness_site *ready, const struct record *finding)
{
	(void)ready;
	return is_of_audit(finding, false);
}

static bool
is_any(const struct readiness_site *ready, const struct record *finding)
{
	(void)ready, (void)finding;
	return true;
}

static bool
is_answered(const struct readiness_site *ready, const struct record *finding)
{
	(void)ready;
	return record_has_actions(finding, FIELD_finding_actions);
}

static bool
is_closed_and_verified(const struct readiness_site *ready, const struct record *finding)
{
	if (!finding_is_closed(finding))
		return false;
	if (record_value(finding, FIELD_finding_verified_by))
		return true;
	record_vec actions = actions_of(finding, FIELD_finding_actions, ready->arena);
	for (size_t i = 0; i < actions.count; i++)
		if (actions.items[i]->kind->index == KIND_action && record_bool(actions.items[i], FIELD_action_effective, false))
			return true;
	return false;
}

/* Every nonconformity that APPLIES passes; NONE when there is none. Open ones are shown too: they are what is tracked. */
static enum readiness_state
every_nonconformity(const struct readiness_site *ready, finding_test applies, finding_test test, enum readiness_state none,
                    record_vec *shown)
{
	const record_vec *findings = site_records(ready->site, KIND_finding);
	size_t good = 0, total = 0;
	for (size_t i = 0; i < findings->count; i++) {
		const struct record *finding = findings->items[i];
		if (!finding_is_nonconformity(finding) || !applies(ready, finding))
			continue;
		total++;
		good += test(ready, finding);
		readiness_show(ready, shown, finding);
	}
	return total == 0 ? none : readiness_share_state(good, total);
}

static bool
an_audit_is_completed(const struct readiness_site *ready, bool internal)
{
	const record_vec *audits = site_records(ready->site, KIND_audit);
	for (size_t i = 0; i < audits->count; i++) {
		int type = record_choice(audits->items[i], FIELD_audit_type);
		bool is_internal_audit = type == CHOICE_audit_type_internal;
		if (type >= 0 && type != CHOICE_audit_type_supplier && is_internal_audit == internal
		    && record_choice(audits->items[i], FIELD_audit_status) == CHOICE_audit_status_completed)
			return true;
	}
	return false;
}

READINESS_CONDITION(internal_findings_answered)
{
	enum readiness_state none = an_audit_is_completed(ready, true) ? READINESS_NOT_APPLICABLE : READINESS_NOT_MET;
	return every_nonconformity(ready, is_internal, is_answered, none, shown);
}

READINESS_CONDITION(internal_findings_closed)
{
	enum readiness_state none = an_audit_is_completed(ready, true) ? READINESS_NOT_APPLICABLE : READINESS_NOT_MET;
	return every_nonconformity(ready, is_internal, is_closed_and_verified, none, shown);
}

READINESS_CONDITION(certification_findings_closed)
{
	enum readiness_state none = an_audit_is_completed(ready, false) ? READINESS_MET : READINESS_NOT_APPLICABLE;
	return every_nonconformity(ready, is_external, is_closed_and_verified, none, shown);
}

static bool
is_handled(const struct readiness_site *ready, const struct record *finding)
{
	return is_closed_and_verified(ready, finding)
	       || (is_answered(ready, finding) && !date_is_past(ready->site, finding_action_limit(ready->site, finding)));
}

READINESS_CONDITION(nonconformities_handled)
{
	return every_nonconformity(ready, is_any, is_handled, READINESS_NOT_APPLICABLE, shown);
}

/* Something was improved, or is being improved. */
READINESS_CONDITION(improvement_shown)
{
	const record_vec *actions = site_records(ready->site, KIND_action);
	size_t done = 0, count = 0;
	for (size_t i = 0; i < actions->count; i++) {
		if (record_choice(actions->items[i], FIELD_action_type) == CHOICE_action_type_treatment)
			continue;
		count++;
		if (!happened(ready, record_date(actions->items[i], FIELD_action_done_on)))
			continue;
		readiness_show(ready, shown, actions->items[i]);
		done++;
	}
	return done ? READINESS_MET : count ? READINESS_PARTLY : READINESS_NOT_MET;
}

/* ---- documented information ---- */

READINESS_CONDITION(all_information)
{
	size_t good = 0, total = 0;
	for (size_t i = 0; i < INFORMATION_COUNT; i++) {
		const struct information_status *status = &ready->information[i];
		if (status->state == INFORMATION_NOT_NEEDED || code_text(status->code)->severity < SEVERITY_WARNING)
			continue;
		total++;
		good += status->state == INFORMATION_COMPLETE;
		if (status->state == INFORMATION_COMPLETE && status->shown.count)
			readiness_show(ready, shown, status->shown.items[0]);
	}
	return readiness_share_state(good, total);
}

enum readiness_state
readiness_information(const struct readiness_site *ready, const char *name, record_vec *shown)
{
	static const enum readiness_state states[] = {
		[INFORMATION_MISSING] = READINESS_NOT_MET, [INFORMATION_INCOMPLETE] = READINESS_PARTLY,
		[INFORMATION_COMPLETE] = READINESS_MET, [INFORMATION_NOT_NEEDED] = READINESS_NOT_APPLICABLE,
	};
	for (size_t i = 0; i < INFORMATION_COUNT; i++) {
		const struct information_status *status = &ready->information[i];
		if (!str_equal(status->item->name, str_from(name)))
			continue;
		for (size_t j = 0; j < status->shown.count; j++)
			readiness_show(ready, shown, status->shown.items[j]);
		return states[status->state];
	}
	return READINESS_NOT_MET;
}
