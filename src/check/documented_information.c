#include "check/documented_information.h"

#include "check/corrective.h"
#include "check/document_control.h"
#include "check/wording.h"

enum { NO_KIND = -1, KINDS_MAX = 7 };

/* One item: what satisfies it. COUNTS says which records of the kinds do (NULL: all). With BY_CLAUSE a document whose
 * `clauses` names the clause does too: any prose for what is to be described (APPROVED), but only a page or a plan for
 * what is to be shown, since a procedure that speaks of audits is no audit. */
struct information_rule {
	const char *name;       /* in the catalogue */
	enum code code;
	int kinds[KINDS_MAX];   /* ends with NO_KIND */
	bool (*counts)(const struct site *site, const struct record *record);
	const char *lacking;    /* what is wrong when there are records and none counts */
	bool by_clause, approved;
	const char *other_items; /* items of the clause that other rows own */
	int newest_field[2];    /* with PERIOD: dates of a record, the newest of which must not be older */
	size_t period;          /* offset of a period in struct limits, 0: no limit */
	bool (*needed)(const struct site *site, struct arena *arena);
	bool (*told_elsewhere)(const struct site *site, struct arena *arena);
	const char *hint;
};

#define PERIOD_OF(member) offsetof(struct limits, member)

static bool
policy_counts(const struct site *site, const struct record *record)
{
	(void)site;
	return document_is_information_security_policy(record);
}

/* A methodology that names no part of 6.1 speaks of both assessment and treatment. */
static bool
methodology_covers(const struct record *record, const char *clause, const char *other)
{
	return document_names_clause(record, clause_find(str_from(clause)), 0, "de")
	       || !document_names_clause(record, clause_find(str_from(other)), 0, "");
}

static bool
methodology_assesses(const struct site *site, const struct record *record)
{
	(void)site;
	return methodology_covers(record, "6.1.2", "6.1.3");
}

static bool
methodology_treats(const struct site *site, const struct record *record)
{
	(void)site;
	return methodology_covers(record, "6.1.3", "6.1.2");
}

static bool
policy_is_topical(const struct site *site, const struct record *record)
{
	(void)site;
	return record->kind->index != KIND_policy || !document_is_information_security_policy(record);
}

static bool
risk_needs_treatment(const struct record *risk)
{
	int treatment = record_choice(risk, FIELD_risk_treatment);
	return risk->risk->live && (risk->risk->above_appetite || (treatment >= 0 && treatment != CHOICE_treatment_retain));
}

static bool
risk_has_plan(const struct site *site, const struct record *risk)
{
	(void)site;
	return risk_needs_treatment(risk)
	       && (record_has_actions(risk, FIELD_risk_actions) || date_is_set(record_date(risk, FIELD_risk_due)));
}

static bool
risks_need_treatment(const struct site *site, struct arena *arena)
{
	(void)arena;
	const record_vec *risks = site_records(site, KIND_risk);
	for (size_t i = 0; i < risks->count; i++)
		if (risk_needs_treatment(risks->items[i]))
			return true;
	return risks->count == 0;
}

/* No risk at all is told once, with the assessment; one that is being treated without a plan by the risks' own rules. */
static bool
plans_are_told(const struct site *site, struct arena *arena)
{
	(void)arena;
	const record_vec *risks = site_records(site, KIND_risk);
	for (size_t i = 0; i < risks->count; i++) {
		int status = record_choice(risks->items[i], FIELD_risk_status);
		if (risk_needs_treatment(risks->items[i])
		    && (status == CHOICE_risk_status_open || status == CHOICE_risk_status_in_treatment))
			return true;
	}
	return risks->count == 0;
}

static bool
risk_is_dated(const struct record *risk)
{
	return date_is_set(record_date(risk, FIELD_risk_assessed_on)) || date_is_set(record_date(risk, FIELD_risk_reviewed_on));
}

/* Risks without a level or without a day are told one by one. */
static bool
assessments_are_told(const struct site *site, struct arena *arena)
{
	(void)arena;
	const record_vec *risks = site_records(site, KIND_risk);
	for (size_t i = 0; i < risks->count; i++)
		if (risks->items[i]->risk->inherent.band >= 0 && risk_is_dated(risks->items[i]))
			return false;
	return risks->count > 0;
}

/* So are modified and shared risks without a residual level. */
static bool
treatments_are_told(const struct site *site, struct arena *arena)
{
	(void)arena;
	const record_vec *risks = site_records(site, KIND_risk);
	for (size_t i = 0; i < risks->count; i++) {
		int treatment = record_choice(risks->items[i], FIELD_risk_treatment);
		if (risks->items[i]->risk->live && (treatment == CHOICE_treatment_modify || treatment == CHOICE_treatment_share))
			return true;
	}
	return risks->count == 0;
}

/* The SoA's own rules speak of its absence. */
static bool
always(const struct site *site, struct arena *arena)
{
	(void)site, (void)arena;
	return true;
}

/* A role that names competences lacks its evidence by a rule of its own. */
static bool
roles_ask_for_competence(const struct site *site, struct arena *arena)
{
	(void)arena;
	const record_vec *roles = site_records(site, KIND_role);
	for (size_t i = 0; i < roles->count; i++)
		if (value_count(record_value(roles->items[i], FIELD_role_competences)) > 0)
			return true;
	return false;
}

/* So does an implemented control that is to have evidence. */
static bool
controls_ask_for_evidence(const struct site *site, struct arena *arena)
{
	(void)arena;
	for (size_t i = 0; i < site->catalogue->control_count; i++)
		if (soa_state(site, &site->controls[i]) == SOA_YES)
			return true;
	return false;
}

/* And a metric that was never measured. */
static bool
metrics_exist(const struct site *site, struct arena *arena)
{
	(void)arena;
	return site_records(site, KIND_metric)->count > 0;
}

static bool
risk_is_assessed(const struct site *site, const struct record *risk)
{
	(void)site;
	return risk->risk->inherent.band >= 0 || risk->risk->residual.band >= 0;
}

static bool
risk_has_result(const struct site *site, const struct record *risk)
{
	(void)site;
	int status = record_choice(risk, FIELD_risk_status);
	return risk->risk->residual.band >= 0 || status == CHOICE_risk_status_closed || status == CHOICE_risk_status_accepted;
}

static bool
operation_counts(const struct site *site, const struct record *record)
{
	switch (record->kind->index) {
	case KIND_exercise: return date_is_set(record_date(record, FIELD_exercise_held_on));
	case KIND_access_review: return date_is_set(record_date(record, FIELD_access_review_reviewed_on));
	case KIND_supplier: return date_is_set(record_date(record, FIELD_supplier_assessed_on));
	case KIND_training: return !date_is_future(site, record_date(record, FIELD_training_held_on));
	default: return true;
	}
}

static bool
metric_counts(const struct site *site, const struct record *metric)
{
	(void)site;
	return record_choice(metric, FIELD_metric_computed) >= 0
	       || value_count(record_value(metric, FIELD_metric_measurements)) > 0;
}

static bool
audit_counts(const struct site *site, const struct record *audit)
{
	(void)site;
	return record_choice(audit, FIELD_audit_type) == CHOICE_audit_type_internal
	       && record_choice(audit, FIELD_audit_status) == CHOICE_audit_status_completed;
}

static bool
review_counts(const struct site *site, const struct record *review)
{
	struct date held = record_date(review, FIELD_review_held_on);
	return date_is_set(held) && !date_is_future(site, held);
}

static bool
nonconformity_counts(const struct site *site, const struct record *finding)
{
	(void)site;
	return finding_is_nonconformity(finding);
}

static bool
action_has_result(const struct site *site, const struct record *action)
{
	(void)site;
	if (!date_is_set(record_date(action, FIELD_action_done_on)))
		return false;
	struct arena scratch;
	arena_init(&scratch);
	record_vec causes = action_causes(action, &scratch);
	bool found = false;
	for (size_t i = 0; i < causes.count && !found; i++)
		found = causes.items[i]->kind->index == KIND_finding && finding_is_nonconformity(causes.items[i]);
	arena_release(&scratch);
	return found;
}

static bool
any_nonconformity(const struct site *site, struct arena *arena)
{
	(void)arena;
	const record_vec *findings = site_records(site, KIND_finding);
	for (size_t i = 0; i < findings->count; i++)
		if (finding_is_nonconformity(findings->items[i]))
			return true;
	return false;
}

/* A nonconformity that is late or closed has findings of its own about its actions. */
static bool
nonconformities_are_told(const struct site *site, struct arena *arena)
{
	(void)arena;
	const record_vec *findings = site_records(site, KIND_finding);
	for (size_t i = 0; i < findings->count; i++)
		if (finding_is_nonconformity(findings->items[i])
		    && (finding_is_closed(findings->items[i])
		        || date_is_past(site, finding_action_limit(site, findings->items[i]))))
			return true;
	return false;
}

/* 18 rows, in the catalogue's order. */
static const struct information_rule rules[] = {
	{"isms-scope", CODE_CLS001, {KIND_scope, NO_KIND}, .by_clause = true, .approved = true,
	 .hint = "write it with `ismark new scope`, and have it approved"},
	{"infosec-policy", CODE_CLS002, {KIND_policy, NO_KIND}, policy_counts,
	 "no policy says that it is the information security policy", .by_clause = true, .approved = true,
	 .hint = "write it with `ismark new policy` and name `clauses: [5.2]` in it"},
	{"risk-assessment-process", CODE_CLS003, {KIND_methodology, NO_KIND}, methodology_assesses,
	 "the methodology names 6.1.3 only", .by_clause = true, .approved = true,
	 .hint = "write it with `ismark new methodology`, or name `clauses: [6.1.2]` in the document that describes it"},
	{"risk-treatment-process", CODE_CLS004, {KIND_methodology, NO_KIND}, methodology_treats,
	 "the methodology names 6.1.2 only", .by_clause = true, .approved = true, .other_items = "de",
	 .hint = "name `clauses: [6.1.3]` in the document that describes it"},
	{"statement-of-applicability", CODE_SOA002, {KIND_soa, NO_KIND}, .told_elsewhere = always,
	 .hint = "start it with `ismark new soa`: one entry for each control of the catalogue"},
	{"risk-treatment-plan", CODE_CLS005, {KIND_risk, NO_KIND}, risk_has_plan,
	 "no risk that is to be treated has `actions` or a `due` day", .by_clause = true,
	 .needed = risks_need_treatment, .told_elsewhere = plans_are_told,
	 .hint = "give the risks `actions` (with `ismark new action`) and `due`, or name `clauses: [6.1.3 e]` in the plan"},
	{"infosec-objectives", CODE_CLS006, {KIND_objective, NO_KIND}, .by_clause = true,
	 .hint = "write them with `ismark new objective`"},
	{"competence-evidence", CODE_CLS007, {KIND_competence, NO_KIND}, .by_clause = true,
	 .told_elsewhere = roles_ask_for_competence,
	 .hint = "record who is competent for which role with `ismark new competence`"},
	{"own-documented-information", CODE_CLS008,
	 {KIND_procedure, KIND_standard, KIND_guideline, KIND_plan, KIND_policy, NO_KIND}, policy_is_topical,
	 "the information security policy is the only document of how security is run", .by_clause = true, .approved = true,
	 .hint = "write the procedures that the organisation needs with `ismark new procedure`"},
	{"operation-evidence", CODE_CLS009,
	 {KIND_evidence, KIND_access_review, KIND_exercise, KIND_training, KIND_incident, KIND_supplier, NO_KIND}, operation_counts,
	 "what is planned has no day on which it was carried out", .by_clause = true, .told_elsewhere = controls_ask_for_evidence,
	 .hint = "keep what shows the processes running with `ismark new evidence`"},
	{"risk-assessment-results", CODE_CLS010, {KIND_risk, NO_KIND}, risk_is_assessed,
	 "no risk has a likelihood and an impact on the scales", .by_clause = true,
	 .newest_field = {FIELD_risk_assessed_on, FIELD_risk_reviewed_on}, .period = PERIOD_OF(risk_assessment),
	 .told_elsewhere = assessments_are_told,
	 .hint = "assess the risks and say so in `assessed_on`; `ismark new risk` starts a record"},
	{"risk-treatment-results", CODE_CLS011, {KIND_risk, NO_KIND}, risk_has_result,
	 "no risk says what its treatment came to", .by_clause = true, .told_elsewhere = treatments_are_told,
	 .hint = "give the risks `residual_likelihood` and `residual_impact`"},
	{"monitoring-results", CODE_CLS012, {KIND_metric, NO_KIND}, metric_counts,
	 "no metric has a measurement", .by_clause = true, .told_elsewhere = metrics_exist,
	 .hint = "measure, and record it under `measurements` of a metric; `ismark new metric` starts one"},
	{"audit-programme-evidence", CODE_CLS013, {KIND_audit_program, NO_KIND}, .by_clause = true,
	 .hint = "plan the audits of a cycle with `ismark new audit-program`"},
	{"audit-results", CODE_CLS014, {KIND_audit, NO_KIND}, audit_counts,
	 "no internal audit is completed", .by_clause = true,
	 .hint = "record the audit with `ismark new audit`, with `type: internal` and `status: completed`"},
	{"management-review-results", CODE_CLS015, {KIND_review, NO_KIND}, review_counts,
	 "no management review has been held yet", .by_clause = true,
	 .hint = "record the meeting with `ismark new review`"},
	{"nonconformity-record", CODE_CLS016, {KIND_finding, NO_KIND}, nonconformity_counts,
	 "no finding is a nonconformity", .by_clause = true,
	 .hint = "record nonconformities with `ismark new finding`; an ISMS that never had one is rare"},
	{"corrective-action-results", CODE_CLS017, {KIND_action, NO_KIND}, action_has_result,
	 "no action for a nonconformity is done yet", .by_clause = true,
	 .needed = any_nonconformity, .told_elsewhere = nonconformities_are_told,
	 .hint = "record what was done and whether it was effective in the actions' `done_on` and `effective`"},
};

_Static_assert(sizeof rules / sizeof *rules == INFORMATION_COUNT, "one row for each item");

static const struct information_rule *
rule_of(const struct documented_information *item)
{
	for (size_t i = 0; i < INFORMATION_COUNT; i++)
		if (str_equal(item->name, str_from(rules[i].name)))
			return &rules[i];
	return NULL;
}

struct str
documented_information_place(const struct documented_information *item, struct arena *arena)
{
	return item->item ? str_printf(arena, "%.*s %c", STR_ARG(item->clause->id), item->item) : item->clause->id;
}

static bool
record_is_retired(const struct record *record)
{
	return record->kind->form == FORM_DOCUMENT && document_is_retired(record);
}

/* What was found: records that count, and any of the kinds at all. */
struct found {
	record_vec counting, others;
};

static void
find_records(const struct site *site, const struct information_rule *rule, struct arena *arena, struct found *found)
{
	for (size_t k = 0; rule->kinds[k] != NO_KIND; k++) {
		const record_vec *records = site_records(site, rule->kinds[k]);
		for (size_t i = 0; i < records->count; i++) {
			const struct record *record = records->items[i];
			if (record_is_retired(record))
				continue;
			if (!rule->counts || rule->counts(site, record))
				vec_push(arena, &found->counting, record);
			else
				vec_push(arena, &found->others, record);
		}
	}
}

static bool
is_of_kinds(const struct information_rule *rule, const struct record *record)
{
	for (size_t k = 0; rule->kinds[k] != NO_KIND; k++)
		if (record->kind->index == (size_t)rule->kinds[k])
			return true;
	return false;
}

static bool
may_be_item(const struct information_rule *rule, const struct record *self)
{
	if (self->document->form != DOCUMENT_PROSE)
		return false;
	return rule->approved || self->kind->index == KIND_page || self->kind->index == KIND_plan;
}

/* Documents that name the clause. 9.2 and 9.3 stand for their parts, of which one holds the item. */
static bool
names_item(const struct record *self, const struct documented_information *item, const struct information_rule *rule)
{
	const struct clause *clause = item->clause;
	const char *others = rule->other_items ? rule->other_items : "";
	bool parent = str_starts_with(clause->id, STR("9.")) && clause->parent->level == 2;
	return document_names_clause(self, clause, item->item, others)
	       || (parent && document_names_clause(self, clause->parent, 0, ""));
}

static void
find_documents(const struct site *site, const struct documented_information *item, const struct information_rule *rule,
               struct arena *arena, struct found *found)
{
	for (size_t i = 0; rule->by_clause && i < site->documents.count; i++) {
		const struct record *self = site->documents.items[i]->self;
		if (document_is_retired(self) || is_of_kinds(rule, self) || !may_be_item(rule, self) || !names_item(self, item, rule))
			continue;
		if (document_has_content(self))
			vec_push(arena, &found->counting, self);
	}
}

static bool
is_ready(const struct record *record)
{
	return record->kind->form != FORM_DOCUMENT || (document_is_approved(record) && document_has_content(record));
}

/* Documents must be approved and say something: one that is and does is enough. */
static bool
judge_approval(const struct information_rule *rule, struct information_status *status, struct arena *arena)
{
	for (size_t i = 0; i < status->shown.count; i++)
		if (!rule->approved || is_ready(status->shown.items[i]))
			return true;
	const struct record *first = status->shown.items[0];
	bool empty = document_is_approved(first);
	status->told_elsewhere = empty; /* DOC019 */
	status->problem = str_printf(arena, "`%.*s` %s", STR_ARG(first->subject),
	                             empty ? "is approved, but holds nothing" : "is not approved");
	status->hint = empty ? "write what it is to say" : "have it approved, and set `status: approved`, `approved_by` and `approved_on`";
	return false;
}

static struct date
newest_day(const struct information_rule *rule, const record_vec *records)
{
	struct date newest = {0};
	for (size_t i = 0; i < records->count; i++) {
		for (size_t f = 0; f < 2 && records->items[i]->kind->form == FORM_RECORD; f++) {
			struct date day = record_date(records->items[i], rule->newest_field[f]);
			if (date_is_set(day) && (!date_is_set(newest) || date_compare(day, newest) > 0))
				newest = day;
		}
		if (records->items[i]->kind->form == FORM_DOCUMENT)
			return (struct date){.year = 9999, .month = 12, .day = 31};
	}
	return newest;
}

static bool
judge_age(const struct site *site, const struct information_rule *rule, struct information_status *status, struct arena *arena)
{
	if (!rule->period)
		return true;
	struct period period = *(const struct period *)((const char *)&site->config->limits + rule->period);
	struct date newest = newest_day(rule, &status->shown);
	if (date_is_set(newest) && !date_is_past(site, date_add(newest, period, 1)))
		return true;
	status->problem = date_is_set(newest)
		? str_printf(arena, "the last one is of %.*s, longer ago than %.*s", STR_ARG(date_text(arena, newest)),
		             STR_ARG(period_text(arena, period)))
		: STR("none says on which day it was made");
	return false;
}

static void
judge(const struct site *site, const struct information_rule *rule, struct found *found, struct information_status *status,
      struct arena *arena)
{
	status->hint = rule->hint;
	status->found = found->counting.count > 0;
	status->shown = status->found ? found->counting : found->others;
	if (status->found) {
		bool complete = judge_approval(rule, status, arena) && judge_age(site, rule, status, arena);
		status->state = complete ? INFORMATION_COMPLETE : INFORMATION_INCOMPLETE;
	} else if (rule->needed && !rule->needed(site, arena)) {
		status->state = INFORMATION_NOT_NEEDED;
	} else if (found->others.count) {
		status->state = INFORMATION_INCOMPLETE;
		status->problem = str_from(rule->lacking);
	} else {
		status->state = INFORMATION_MISSING;
		status->problem = STR("nothing on the site is it");
	}
	if (rule->told_elsewhere && rule->told_elsewhere(site, arena))
		status->told_elsewhere = true;
}

const struct information_status *
documented_information_assess(const struct site *site, struct arena *arena)
{
	size_t count;
	const struct documented_information *items = documented_information_all(&count);
	struct information_status *statuses = arena_array(arena, struct information_status, INFORMATION_COUNT);
	for (size_t i = 0; i < count && i < INFORMATION_COUNT; i++) {
		const struct information_rule *rule = rule_of(&items[i]);
		struct found found = {0};
		statuses[i].item = &items[i];
		statuses[i].code = rule->code;
		find_records(site, rule, arena, &found);
		find_documents(site, &items[i], rule, arena, &found);
		judge(site, rule, &found, &statuses[i], arena);
	}
	return statuses;
}
