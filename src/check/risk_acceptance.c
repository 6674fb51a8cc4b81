/* RSK: who approved the plan and accepted the residual risk (6.1.3 f). */
#include "check/risk_rules.h"

/* ---- who is who ---- */

enum answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN };

static bool
names_record(struct str text, const struct record *record)
{
	return str_equal_ignore_case(text, record->id) || str_equal_ignore_case(text, record->title);
}

/* Whether two values name one person or role. Unknown where one of them leads nowhere. */
static enum answer
same_person(const struct value *a, const struct value *b)
{
	const struct reference *left = &a->reference, *right = &b->reference;
	if (left->type == REFERENCE_DANGLING || right->type == REFERENCE_DANGLING)
		return ANSWER_UNKNOWN;
	if (left->type == REFERENCE_RECORD && right->type == REFERENCE_RECORD)
		return same_party(left->record, right->record);
	if (left->type == REFERENCE_RECORD)
		return names_record(str_trim(right->id), left->record);
	if (right->type == REFERENCE_RECORD)
		return names_record(str_trim(left->id), right->record);
	return str_equal_ignore_case(str_trim(left->id), str_trim(right->id));
}

/* Whether site.yaml lets PERSON accept risks beside their owners. */
static bool
is_authority(const struct check *check, const struct value *person)
{
	const str_vec *authorities = &check->site->config->risk.authorities;
	const struct reference *reference = &person->reference;
	for (size_t i = 0; i < authorities->count; i++) {
		struct str name = authorities->items[i];
		if (str_equal_ignore_case(name, str_trim(reference->id)))
			return true;
		if (reference->type != REFERENCE_RECORD)
			continue;
		const struct record *record = site_find(check->site, name);
		if (names_record(name, reference->record) || (record && same_party(record, reference->record)))
			return true;
	}
	return false;
}

/* The first of the persons in FIELD, or NULL when there is none that is usable. */
static const struct value *
person_of(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	const struct value *person = value_count(value) ? value_item(value, 0) : NULL;
	return person && person->state == VALUE_OK ? person : NULL;
}

/* Whether PERSON may decide about RISK. Without an owner, RSK009 speaks. */
static enum answer
may_decide(const struct check *check, const struct record *risk, const struct value *person)
{
	const struct value *owner = person_of(risk, FIELD_risk_owner);
	if (is_authority(check, person))
		return ANSWER_YES;
	if (!owner)
		return ANSWER_UNKNOWN;
	return same_person(owner, person);
}

static void
relate_owner(const struct check *check, const struct record *risk, struct diag *diag)
{
	const struct value *owner = person_of(risk, FIELD_risk_owner);
	if (owner)
		diag_relate(check->diags, diag, owner->span, "`%.*s` owns the risk", STR_ARG(owner->text));
}

/* ---- the plan ---- */

/* The register that holds the risk may be what the owner approved. */
static bool
owner_approved_register(const struct record *risk)
{
	const struct record *self = risk->document->self;
	const struct value *owner = person_of(risk, FIELD_risk_owner);
	const struct value *approver = person_of(self, FIELD_document_approved_by);
	return owner && approver && date_is_set(record_date(self, FIELD_document_approved_on))
	       && same_person(owner, approver) == ANSWER_YES;
}

static bool
has_plan(const struct check *check, const struct record *risk)
{
	int treatment = record_choice(risk, FIELD_risk_treatment);
	return risk->risk->live && risk_needs_treatment(check, risk)
	       && (treatment == CHOICE_treatment_modify || treatment == CHOICE_treatment_avoid
	           || treatment == CHOICE_treatment_share);
}

static void
report_unapproved_plan(const struct check *check, const struct record *risk, int lacking)
{
	bool nobody = lacking == FIELD_risk_plan_approved_by;
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK021, record_field_span(risk, nobody ? lacking : FIELD_risk_plan_approved_by),
	             risk->subject,
	             nobody ? "the treatment plan of risk `%.*s` is not approved by the risk owner%.*s"
	                    : "the approval of the treatment plan of risk `%.*s` has no date%.*s",
	             STR_ARG(risk->id), STR_ARG(placeholder_text(check->arena, risk, lacking)));
	if (nobody) {
		diag_hint(check->diags, diag, "obtain the approval and write `plan_approved_by` and `plan_approved_on`");
		relate_owner(check, risk, diag);
	} else {
		diag_hint(check->diags, diag, "write the day of the approval in `plan_approved_on`");
	}
}

void
risk_plan_approval(const struct check *check, const struct record *risk)
{
	const struct value *approver = person_of(risk, FIELD_risk_plan_approved_by);
	if (!has_plan(check, risk))
		return;
	if (record_lacks(risk, FIELD_risk_plan_approved_by)) {
		if (!owner_approved_register(risk))
			report_unapproved_plan(check, risk, FIELD_risk_plan_approved_by);
		return;
	}
	if (record_lacks(risk, FIELD_risk_plan_approved_on))
		report_unapproved_plan(check, risk, FIELD_risk_plan_approved_on);
	if (!approver || may_decide(check, risk, approver) != ANSWER_NO)
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK022, approver->span, risk->subject,
	                             "`%.*s` approved the treatment plan of risk `%.*s`, but does not own it",
	                             STR_ARG(approver->text), STR_ARG(risk->id));
	diag_hint(check->diags, diag, "obtain the approval of the risk owner");
	relate_owner(check, risk, diag);
}

/* ---- acceptance ---- */

/* The upper bound of what is accepted without asking: "`low` (1 to 4)", or nothing. */
static struct str
appetite_text(const struct check *check)
{
	const struct risk_method *method = &check->site->config->risk;
	const struct risk_band *accepted = NULL;
	for (size_t i = 0; i < method->bands.count; i++)
		if (method->bands.items[i].accepted)
			accepted = &method->bands.items[i];
	if (!accepted)
		return STR("the risk appetite");
	return str_printf(check->arena, "the accepted band `%.*s`, which ends at %.*s", STR_ARG(accepted->name),
	                  STR_ARG(number_text(check->arena, accepted->to)));
}

/* A closed risk must not stay above the appetite either, unless what gave rise to it is gone. */
static bool
asks_for_acceptance(const struct record *risk, const struct risk_rating *deciding)
{
	const struct risk_state *state = risk->risk;
	int treatment = record_choice(risk, FIELD_risk_treatment);
	bool residual = deciding == &state->residual;
	if (!deciding || !state->above_appetite)
		return false;
	if (!state->live)
		return residual && treatment != CHOICE_treatment_avoid;
	/* Before a treatment is chosen RSK010 speaks, without a residual level RSK038, unless the risk is kept as it is. */
	if (state->residual_from_effectiveness && record_lacks(risk, FIELD_risk_treatment))
		return record_choice(risk, FIELD_risk_status) == CHOICE_risk_status_accepted;
	return residual || treatment == CHOICE_treatment_retain
	       || record_choice(risk, FIELD_risk_status) == CHOICE_risk_status_accepted;
}

static void
report_not_accepted(const struct check *check, const struct record *risk, const struct risk_rating *deciding)
{
	const char *which = deciding == &risk->risk->residual ? "residual" : "retained";
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK015, rating_span(risk, deciding), risk->subject,
	             "the %s risk of `%.*s`, %.*s, is above %.*s, and nobody has accepted it%.*s", which,
	             STR_ARG(risk->id), STR_ARG(rating_text(check, deciding)), STR_ARG(appetite_text(check)),
	             STR_ARG(placeholder_text(check->arena, risk, FIELD_risk_accepted_by)));
	diag_hint(check->diags, diag,
	          "treat it further, or have its owner accept it: `accepted_by`, `accepted_on`, `accepted_until`");
	if (risk->risk->live)
		relate_owner(check, risk, diag);
	else
		diag_relate(check->diags, diag, record_field_span(risk, FIELD_risk_status), "the risk is closed here");
}

static void
report_incomplete_acceptance(const struct check *check, const struct record *risk, int field, int lacking)
{
	struct diag *diag =
	    diag_add(check->diags, CODE_RSK016, record_field_span(risk, field), risk->subject,
	             lacking == FIELD_risk_accepted_by ? "risk `%.*s` is accepted, but it is not said by whom%.*s"
	                                               : "risk `%.*s` is accepted, but it is not said when%.*s",
	             STR_ARG(risk->id), STR_ARG(placeholder_text(check->arena, risk, lacking)));
	diag_hint(check->diags, diag,
	          lacking == FIELD_risk_accepted_by ? "name the risk owner, or who else may accept it, in `accepted_by`"
	                                            : "write the day in `accepted_on`");
}

static void
check_authority(const struct check *check, const struct record *risk)
{
	const struct value *person = person_of(risk, FIELD_risk_accepted_by);
	if (!person || may_decide(check, risk, person) != ANSWER_NO)
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK017, person->span, risk->subject,
	                             "`%.*s` accepted risk `%.*s`, but neither owns it nor may accept risks",
	                             STR_ARG(person->text), STR_ARG(risk->id));
	diag_hint(check->diags, diag,
	          "obtain the acceptance of the risk owner, or list who else may accept in `risk.may_accept` of site.yaml");
	relate_owner(check, risk, diag);
}

void
risk_acceptance(const struct check *check, const struct record *risk)
{
	const struct risk_rating *deciding = risk_deciding(risk);
	bool by = !record_lacks(risk, FIELD_risk_accepted_by), on = !record_lacks(risk, FIELD_risk_accepted_on);
	bool stated = record_choice(risk, FIELD_risk_status) == CHOICE_risk_status_accepted;
	if (!by && !on && asks_for_acceptance(risk, deciding))
		report_not_accepted(check, risk, deciding);
	else if (!by && (on || stated))
		report_incomplete_acceptance(check, risk, on ? FIELD_risk_accepted_on : FIELD_risk_status,
		                             FIELD_risk_accepted_by);
	else if (by && !on)
		report_incomplete_acceptance(check, risk, FIELD_risk_accepted_by, FIELD_risk_accepted_on);
	check_authority(check, risk);
}

/* ---- its end ---- */

static bool
is_accepted(const struct record *risk)
{
	return record_value(risk, FIELD_risk_accepted_by) && record_value(risk, FIELD_risk_accepted_on);
}

static void
check_end(const struct check *check, const struct record *risk, struct date end)
{
	const struct limits *limits = &check->site->config->limits;
	struct span span = record_field_span(risk, FIELD_risk_accepted_until);
	struct str day = date_text(check->arena, end);
	struct diag *diag;
	if (date_compare(end, check->site->today) < 0) {
		diag = diag_add(check->diags, CODE_RSK019, span, risk->subject, "the acceptance of risk `%.*s` ended on %.*s",
		                STR_ARG(risk->id), STR_ARG(day));
		diag_hint(check->diags, diag, "have it accepted anew, or treat the risk");
	} else if (date_compare(end, date_add(check->site->today, limits->notice, 1)) <= 0) {
		diag = diag_add(check->diags, CODE_RSK040, span, risk->subject, "the acceptance of risk `%.*s` ends on %.*s",
		                STR_ARG(risk->id), STR_ARG(day));
		diag_hint(check->diags, diag, "decide before then whether the risk is accepted further");
	}
}

void
risk_acceptance_end(const struct check *check, const struct record *risk)
{
	struct date end = record_date(risk, FIELD_risk_accepted_until);
	if (!risk->risk->live || !is_accepted(risk))
		return;
	if (date_is_set(end)) {
		if (date_compare(end, record_date(risk, FIELD_risk_accepted_on)) >= 0) /* else RSK039 */
			check_end(check, risk, end);
		return;
	}
	if (!risk->risk->above_appetite || !record_lacks(risk, FIELD_risk_accepted_until))
		return;
	struct diag *diag = diag_add(check->diags, CODE_RSK018, record_field_span(risk, FIELD_risk_accepted_on),
	                             risk->subject, "the acceptance of risk `%.*s` has no end%.*s", STR_ARG(risk->id),
	                             STR_ARG(placeholder_text(check->arena, risk, FIELD_risk_accepted_until)));
	diag_hint(check->diags, diag, "write in `accepted_until` when it is to be decided anew");
}

void
risk_acceptance_outdated(const struct check *check, const struct record *risk)
{
	static const int fields[] = {FIELD_risk_changed_on, FIELD_risk_assessed_on};
	static const char *const events[] = {"changed", "assessed anew"};
	struct date accepted = record_date(risk, FIELD_risk_accepted_on);
	for (size_t i = 0; risk->risk->live && date_is_set(accepted) && i < 2; i++) {
		struct date date = record_date(risk, fields[i]);
		if (!date_is_set(date) || date_compare(accepted, date) >= 0)
			continue;
		struct diag *diag = diag_add(check->diags, CODE_RSK020, record_field_span(risk, FIELD_risk_accepted_on),
		                             risk->subject, "risk `%.*s` was accepted on %.*s, before it was %s on %.*s",
		                             STR_ARG(risk->id), STR_ARG(date_text(check->arena, accepted)), events[i],
		                             STR_ARG(date_text(check->arena, date)));
		diag_hint(check->diags, diag, "have the risk accepted as it is now");
		diag_relate(check->diags, diag, record_field_span(risk, fields[i]), "%s here", events[i]);
		return;
	}
}
