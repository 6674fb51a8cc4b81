/* Conditions of the readiness table about what the ISMS is: context, documents, risks, controls, plans. */
#include "check/corrective.h"
#include "check/document_control.h"
#include "check/duties.h"
#include "check/readiness_site.h"

/* Whether a record counts; most conditions are "every record of a kind". */
typedef bool (*record_test)(const struct readiness_site *ready, const struct record *record);

enum readiness_state
readiness_share_state(size_t good, size_t total)
{
	return good == 0 ? READINESS_NOT_MET : good < total ? READINESS_PARTLY : READINESS_MET;
}

void
readiness_show(const struct readiness_site *ready, record_vec *shown, const struct record *record)
{
	vec_push(ready->arena, shown, record);
}

/* Every record of KIND that APPLIES (NULL: all) passes TEST; those that do are shown. */
static enum readiness_state
every(const struct readiness_site *ready, int kind, record_test applies, record_test test, record_vec *shown)
{
	const record_vec *records = site_records(ready->site, kind);
	size_t good = 0, total = 0;
	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = records->items[i];
		if (applies && !applies(ready, record))
			continue;
		total++;
		if (test(ready, record)) {
			good++;
			readiness_show(ready, shown, record);
		}
	}
	return readiness_share_state(good, total);
}

static bool
any(const struct readiness_site *ready, const struct record *record)
{
	(void)ready, (void)record;
	return true;
}

/* ---- 4 and 5 ---- */

READINESS_CONDITION(issues_known)
{
	enum readiness_state state = every(ready, KIND_issue, NULL, any, shown);
	bool directions[CHOICE_COUNT_direction_of_issue] = {false};
	for (size_t i = 0; i < shown->count; i++) {
		int direction = record_choice(shown->items[i], FIELD_issue_type);
		if (shown->items[i]->kind->index == KIND_issue && direction >= 0)
			directions[direction] = true;
	}
	return state == READINESS_MET && !(directions[0] && directions[1]) ? READINESS_PARTLY : state;
}

static bool
issue_decides_climate(const struct readiness_site *ready, const struct record *issue)
{
	(void)ready;
	return record_value(issue, FIELD_issue_climate) != NULL;
}

READINESS_CONDITION(climate_considered)
{
	enum readiness_state state = every(ready, KIND_issue, NULL, issue_decides_climate, shown);
	return state == READINESS_PARTLY ? READINESS_MET : state;
}

static bool
party_has_requirements(const struct readiness_site *ready, const struct record *party)
{
	(void)ready;
	if (value_count(record_value(party, FIELD_party_requirements)) > 0)
		return true;
	for (size_t i = 0; i < party->backlinks.count; i++)
		if (party->backlinks.items[i].from->kind->index == KIND_requirement)
			return true;
	return false;
}

READINESS_CONDITION(parties_known)
{
	return every(ready, KIND_party, NULL, party_has_requirements, shown);
}

static bool
role_is_top(const struct readiness_site *ready, const struct record *role)
{
	(void)ready;
	return party_is_top_management(role);
}

READINESS_CONDITION(top_management_named)
{
	every(ready, KIND_role, NULL, role_is_top, shown);
	return site_names_top_management(ready->site) ? READINESS_MET : READINESS_NOT_MET;
}

static const struct record *
last_review_held(const struct site *site)
{
	const record_vec *reviews = site_records(site, KIND_review);
	const struct record *last = NULL;
	for (size_t i = 0; i < reviews->count; i++) {
		struct date held = record_date(reviews->items[i], FIELD_review_held_on);
		if (date_is_set(held) && !date_is_future(site, held)
		    && (!last || date_compare(held, record_date(last, FIELD_review_held_on)) > 0))
			last = reviews->items[i];
	}
	return last;
}

READINESS_CONDITION(top_management_reviews)
{
	const struct record *review = last_review_held(ready->site);
	const struct value *attendees = review ? record_value(review, FIELD_review_attendees) : NULL;
	for (size_t i = 0; i < value_count(attendees); i++) {
		const struct record *attendee = value_item(attendees, i)->reference.record;
		if (attendee && party_is_top_management(attendee)) {
			readiness_show(ready, shown, review);
			return READINESS_MET;
		}
	}
	return READINESS_NOT_MET;
}

static bool
role_is_filled(const struct readiness_site *ready, const struct record *role)
{
	(void)ready;
	bool held = value_count(record_value(role, FIELD_role_holder)) > 0;
	for (size_t i = 0; i < role->backlinks.count && !held; i++)
		held = role->backlinks.items[i].from->kind->index == KIND_person;
	return held && value_count(record_value(role, FIELD_role_responsibilities)) > 0;
}

READINESS_CONDITION(roles_filled)
{
	return every(ready, KIND_role, NULL, role_is_filled, shown);
}

/* ---- documents ---- */

/* Every controlled document in force passes; the documents are too many to be shown one by one. */
static enum readiness_state
every_document(const struct readiness_site *ready, record_test test)
{
	size_t good = 0, total = 0;
	for (size_t i = 0; i < ready->site->documents.count; i++) {
		const struct record *self = ready->site->documents.items[i]->self;
		if (!document_is_controlled(self) || document_is_retired(self))
			continue;
		total++;
		good += test(ready, self);
	}
	return readiness_share_state(good, total);
}

static bool
document_is_complete(const struct readiness_site *ready, const struct record *self)
{
	(void)ready;
	bool approval = !document_is_approved(self)
	                || (record_value(self, FIELD_document_approved_by) && record_value(self, FIELD_document_approved_on));
	return record_value(self, FIELD_document_owner) && record_value(self, FIELD_document_version)
	       && record_choice(self, FIELD_document_status) >= 0 && approval;
}

READINESS_CONDITION(documents_controlled)
{
	(void)shown;
	return every_document(ready, document_is_complete);
}

static bool
document_is_classified(const struct readiness_site *ready, const struct record *self)
{
	(void)ready;
	return record_choice(self, FIELD_document_classification) >= 0;
}

READINESS_CONDITION(documents_classified)
{
	(void)shown;
	return every_document(ready, document_is_classified);
}

/* ---- risks ---- */

static bool
risk_is_live(const struct readiness_site *ready, const struct record *risk)
{
	(void)ready;
	return risk->risk->live;
}

static bool
risk_is_rated(const struct readiness_site *ready, const struct record *risk)
{
	(void)ready;
	return risk->risk->inherent.band >= 0 && record_value(risk, FIELD_risk_owner)
	       && date_is_set(record_date(risk, FIELD_risk_assessed_on));
}

READINESS_CONDITION(risks_rated)
{
	return every(ready, KIND_risk, risk_is_live, risk_is_rated, shown);
}

/* Beyond the appetite before treatment, or treated in some way all the same. */
static bool
risk_asks_for_treatment(const struct readiness_site *ready, const struct record *risk)
{
	int treatment = record_choice(risk, FIELD_risk_treatment);
	const struct risk_rating *inherent = &risk->risk->inherent;
	bool beyond = inherent->band >= 0 && !risk_is_accepted_score(&ready->site->config->risk, inherent->score);
	return risk->risk->live && (beyond || risk->risk->above_appetite || (treatment >= 0 && treatment != CHOICE_treatment_retain));
}

static bool
risk_is_treated(const struct readiness_site *ready, const struct record *risk)
{
	(void)ready;
	int treatment = record_choice(risk, FIELD_risk_treatment);
	return treatment >= 0
	       && (treatment != CHOICE_treatment_modify || value_count(record_value(risk, FIELD_risk_controls)) > 0
	           || record_has_actions(risk, FIELD_risk_actions));
}

static enum readiness_state
every_treatment(const struct readiness_site *ready, record_test test, record_vec *shown)
{
	if (site_records(ready->site, KIND_risk)->count == 0)
		return READINESS_NOT_MET;
	const record_vec *risks = site_records(ready->site, KIND_risk);
	for (size_t i = 0; i < risks->count; i++)
		if (risk_asks_for_treatment(ready, risks->items[i]))
			return every(ready, KIND_risk, risk_asks_for_treatment, test, shown);
	return READINESS_NOT_APPLICABLE;
}

READINESS_CONDITION(risks_treated)
{
	return every_treatment(ready, risk_is_treated, shown);
}

static bool
plan_is_approved(const struct readiness_site *ready, const struct record *risk)
{
	(void)ready;
	return record_value(risk, FIELD_risk_plan_approved_by) && record_value(risk, FIELD_risk_plan_approved_on);
}

READINESS_CONDITION(plans_approved)
{
	return every_treatment(ready, plan_is_approved, shown);
}

static bool
risk_is_current(const struct readiness_site *ready, const struct record *risk)
{
	static const int fields[] = {FIELD_risk_assessed_on, FIELD_risk_reviewed_on};
	for (size_t i = 0; i < 2; i++) {
		struct date day = record_date(risk, fields[i]);
		if (date_is_set(day) && !date_is_past(ready->site, date_add(day, ready->site->config->limits.risk_review, 1)))
			return true;
	}
	return false;
}

READINESS_CONDITION(risks_current)
{
	return every(ready, KIND_risk, risk_is_live, risk_is_current, shown);
}

/* ---- controls ---- */

/* Each control of the primary catalogue counts; the registers that state them are shown. */
static enum readiness_state
every_control(const struct readiness_site *ready, bool (*applies)(const struct control_state *state),
              bool (*test)(const struct site *site, const struct control_state *state), record_vec *shown)
{
	const struct site *site = ready->site;
	const struct document *last = NULL;
	size_t good = 0, total = 0;
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control_state *state = &site->controls[i];
		if (applies && !applies(state))
			continue;
		total++;
		good += test(site, state);
		if (state->soa && state->soa->document != last) {
			last = state->soa->document;
			readiness_show(ready, shown, last->form == DOCUMENT_REGISTER ? last->self : state->soa);
		}
	}
	return total == 0 && applies ? READINESS_NOT_MET : readiness_share_state(good, total);
}

static bool
control_has_entry(const struct site *site, const struct control_state *state)
{
	(void)site;
	return state->soa != NULL;
}

READINESS_CONDITION(soa_complete)
{
	return every_control(ready, NULL, control_has_entry, shown);
}

static bool
control_is_listed(const struct control_state *state)
{
	return state->soa != NULL;
}

static bool
control_is_decided(const struct site *site, const struct control_state *state)
{
	(void)site;
	switch (soa_is_applicable(state->soa)) {
	case 1:
		return record_value(state->soa, FIELD_soa_justification) && record_choice(state->soa, FIELD_soa_status) >= 0;
	case 0:
		return record_value(state->soa, FIELD_soa_exclusion_justification) || record_value(state->soa, FIELD_soa_justification);
	default: return false;
	}
}

READINESS_CONDITION(soa_decided)
{
	return every_control(ready, control_is_listed, control_is_decided, shown);
}

READINESS_CONDITION(soa_approved)
{
	const record_vec *entries = site_records(ready->site, KIND_soa);
	size_t good = 0;
	for (size_t i = 0; i < entries->count; i++)
		good += document_is_approved(entries->items[i]->document->self);
	if (good)
		readiness_show(ready, shown, entries->items[0]->document->self);
	return readiness_share_state(good, entries->count);
}

static bool
control_applies(const struct control_state *state)
{
	return soa_is_applicable(state->soa) == 1;
}

static bool
control_is_implemented(const struct site *site, const struct control_state *state)
{
	enum soa_state word = soa_state(site, state);
	return word == SOA_YES || word == SOA_NO_EVIDENCE_EXPECTED;
}

READINESS_CONDITION(controls_implemented)
{
	return every_control(ready, control_applies, control_is_implemented, shown);
}

/* ---- objectives, changes, communication ---- */

static bool
objective_is_live(const struct readiness_site *ready, const struct record *objective)
{
	(void)ready;
	return record_choice(objective, FIELD_objective_status) != CHOICE_objective_status_dropped;
}

static bool
objective_is_measurable(const struct readiness_site *ready, const struct record *objective)
{
	(void)ready;
	return value_count(record_value(objective, FIELD_objective_metric)) > 0 && record_value(objective, FIELD_objective_owner)
	       && date_is_set(record_date(objective, FIELD_objective_due));
}

READINESS_CONDITION(objectives_measurable)
{
	return every(ready, KIND_objective, objective_is_live, objective_is_measurable, shown);
}

static bool
objective_is_resourced(const struct readiness_site *ready, const struct record *objective)
{
	(void)ready;
	return record_value(objective, FIELD_objective_resources) != NULL;
}

READINESS_CONDITION(objectives_resourced)
{
	return every(ready, KIND_objective, objective_is_live, objective_is_resourced, shown);
}

static bool
change_is_planned(const struct readiness_site *ready, const struct record *change)
{
	(void)ready;
	return record_value(change, FIELD_change_owner)
	       && (date_is_set(record_date(change, FIELD_change_planned_on)) || date_is_set(record_date(change, FIELD_change_done_on)));
}

READINESS_CONDITION(changes_planned)
{
	if (site_records(ready->site, KIND_change)->count == 0)
		return READINESS_NOT_APPLICABLE;
	return every(ready, KIND_change, NULL, change_is_planned, shown);
}

static const struct record *
affected_scope(const struct record *change)
{
	const struct value *affects = record_value(change, FIELD_change_affects);
	for (size_t i = 0; i < value_count(affects); i++) {
		const struct record *record = value_item(affects, i)->reference.record;
		if (record && record->kind->index == KIND_scope)
			return record;
	}
	return NULL;
}

static bool
change_is_of_scope(const struct readiness_site *ready, const struct record *change)
{
	struct date done = record_date(change, FIELD_change_done_on);
	return affected_scope(change) && date_is_set(done) && !date_is_future(ready->site, done);
}

/* The scope was looked at again on the day of the change or later, and the change was approved. */
static bool
scope_follows_change(const struct readiness_site *ready, const struct record *change)
{
	static const int fields[] = {FIELD_document_approved_on, FIELD_document_reviewed_on};
	(void)ready;
	const struct record *scope = affected_scope(change);
	struct date done = record_date(change, FIELD_change_done_on);
	for (size_t i = 0; i < 2; i++) {
		struct date day = record_date(scope, fields[i]);
		if (date_is_set(day) && date_compare(day, done) >= 0)
			return record_value(change, FIELD_change_approved_by) != NULL;
	}
	return false;
}

READINESS_CONDITION(scope_changes_documented)
{
	const record_vec *changes = site_records(ready->site, KIND_change);
	for (size_t i = 0; i < changes->count; i++)
		if (change_is_of_scope(ready, changes->items[i]))
			return every(ready, KIND_change, change_is_of_scope, scope_follows_change, shown);
	return READINESS_NOT_APPLICABLE;
}

static bool
communication_is_planned(const struct readiness_site *ready, const struct record *communication)
{
	(void)ready;
	return record_value(communication, FIELD_communication_what) && record_value(communication, FIELD_communication_when)
	       && value_count(record_value(communication, FIELD_communication_with)) > 0
	       && record_value(communication, FIELD_communication_how);
}

READINESS_CONDITION(communications_planned)
{
	return every(ready, KIND_communication, NULL, communication_is_planned, shown);
}
