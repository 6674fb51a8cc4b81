/* SOA: what an entry has in common with risks, requirements, documents, evidence and findings. */
#include "check/soa_rules.h"

/* How many other ends a finding shows. */
enum { SHOWN = 5 };

/* ---- reasons ---- */

static const char *const reason_names[CHOICE_COUNT_reason] = {
	[CHOICE_reason_risk] = "risk",
	[CHOICE_reason_legal] = "legal",
	[CHOICE_reason_contract] = "contract",
	[CHOICE_reason_business] = "business",
	[CHOICE_reason_practice] = "practice",
};

/* The place of REASON in the entry's list, or NULL. */
static const struct value *
stated_reason(const struct record *soa, int reason)
{
	const struct value *reasons = record_value(soa, FIELD_soa_reasons);
	for (size_t i = 0; i < value_count(reasons); i++) {
		const struct value *item = value_item(reasons, i);
		if (item->state == VALUE_OK && item->choice == reason)
			return item;
	}
	return NULL;
}

static bool
reason_needs_requirement(int reason)
{
	return reason == CHOICE_reason_legal || reason == CHOICE_reason_contract;
}

/* True when a reference of FIELD leads nowhere, which the rules about references speak of. */
static bool
has_dangling(const struct record *soa, int field)
{
	const struct value *value = record_written(soa, field);
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->state == VALUE_INVALID
		    || value_item(value, i)->reference.type == REFERENCE_DANGLING)
			return true;
	return false;
}

/* A stated reason that no link supports. Where the site has no records of the kind, their absence is what is wrong. */
static void
check_stated(const struct check *check, const struct record *soa, const struct control_state *state, int reason)
{
	const struct value *stated = stated_reason(soa, reason);
	bool risk = reason == CHOICE_reason_risk;
	if (!stated || state->reasons[reason] || (!risk && !reason_needs_requirement(reason)))
		return;
	if ((risk && site_records(check->site, KIND_risk)->count == 0) || site_may_hold(check->site, state->control->id)
	    || has_dangling(soa, risk ? FIELD_soa_risks : FIELD_soa_requirements))
		return;
	struct diag *diag =
	    risk ? diag_add(check->diags, CODE_SOA014, stated->span, soa->subject,
	                    "`%.*s` is included because of a risk, but no live risk relies on it", STR_ARG(soa->id))
	         : diag_add(check->diags, CODE_SOA016, stated->span, soa->subject,
	                    "`%.*s` is included for the reason `%s`, but no such requirement is linked", STR_ARG(soa->id),
	                    reason_names[reason]);
	if (risk)
		diag_hint(check->diags, diag, "name the risks in `risks`, or the control in a risk's `controls`");
	else
		diag_hint(check->diags, diag, "name it in `requirements`, or the control in a requirement's `controls`");
	for (size_t i = 0; risk && i < state->risks.count && i < SHOWN; i++)
		diag_relate(check->diags, diag, state->risks.items[i]->span, "risk `%.*s` is closed",
		            STR_ARG(state->risks.items[i]->id));
}

/* The first record that gives REASON to include the control. */
static const struct record *
reason_source(const struct control_state *state, int reason)
{
	static const int of_type[] = {
		[CHOICE_requirement_type_legal] = CHOICE_reason_legal,
		[CHOICE_requirement_type_regulatory] = CHOICE_reason_legal,
		[CHOICE_requirement_type_contractual] = CHOICE_reason_contract,
		[CHOICE_requirement_type_business] = CHOICE_reason_business,
	};
	for (size_t i = 0; reason == CHOICE_reason_risk && i < state->risks.count; i++)
		if (state->risks.items[i]->risk->live)
			return state->risks.items[i];
	for (size_t i = 0; reason != CHOICE_reason_risk && i < state->requirements.count; i++) {
		int type = record_choice(state->requirements.items[i], FIELD_requirement_type);
		if (type >= 0 && of_type[type] == reason)
			return state->requirements.items[i];
	}
	return NULL;
}

/* A reason that the links give and the entry, which does state reasons, does not. */
static void
check_derived(const struct check *check, const struct record *soa, const struct control_state *state, int reason)
{
	const struct record *source = state->reasons[reason] ? reason_source(state, reason) : NULL;
	if (!source || stated_reason(soa, reason))
		return;
	struct diag *diag =
	    diag_add(check->diags, CODE_SOA015, record_field_span(soa, FIELD_soa_reasons), soa->subject,
	             "the reasons of `%.*s` do not name `%s`, which %s `%.*s` gives", STR_ARG(soa->id),
	             reason_names[reason], source->kind->name, STR_ARG(source->id));
	diag_hint(check->diags, diag, "add `%s` to `reasons`, or leave `reasons` out: they follow from the links",
	          reason_names[reason]);
	diag_relate(check->diags, diag, source->span, "%s `%.*s` relies on the control", source->kind->name,
	            STR_ARG(source->id));
}

void
soa_reasons(const struct check *check, const struct record *soa)
{
	const struct control_state *state = soa_control_state(check->site, soa);
	if (!state || state->soa != soa || soa_is_applicable(soa) != 1
	    || !value_count(record_value(soa, FIELD_soa_reasons)))
		return;
	for (int reason = 0; reason < CHOICE_COUNT_reason; reason++) {
		check_stated(check, soa, state, reason);
		check_derived(check, soa, state, reason);
	}
}

/* ---- excluded, yet relied on ---- */

/* Whether the finding at the entry speaks for RECORD. Of documents only policies: others have DOC014. */
static bool
relies_on(const struct record *record, const struct control *control)
{
	if (record->kind->index == KIND_risk)
		return record->risk->live;
	if (record->kind->form != FORM_DOCUMENT)
		return true;
	return record->kind->index == KIND_policy && record_refers_to_control(record, FIELD_document_controls, control)
	       && record_choice(record, FIELD_document_status) != CHOICE_document_status_retired;
}

/* Shows those of RECORDS that rely on the entry's control; gives how many they are. */
static size_t
relate_users(const struct check *check, struct diag **diag, const struct record *soa, const record_vec *records)
{
	size_t count = 0;
	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = records->items[i];
		if (!relies_on(record, soa->control))
			continue;
		if (!*diag)
			*diag = diag_add(check->diags, CODE_SOA017, record_field_span(soa, FIELD_soa_applicable), soa->subject,
			                 "`%.*s` is excluded, but %s `%.*s` relies on it", STR_ARG(soa->id), record->kind->name,
			                 STR_ARG(record->id));
		if (count++ < SHOWN)
			diag_relate(check->diags, *diag, record->span, "%s `%.*s` relies on it", record->kind->name,
			            STR_ARG(record->id));
	}
	return count;
}

void
soa_relied_on(const struct check *check, const struct record *soa)
{
	const struct control_state *state = soa_control_state(check->site, soa);
	struct diag *diag = NULL;
	if (!state || state->soa != soa || soa_is_applicable(soa) != 0)
		return;
	size_t count = relate_users(check, &diag, soa, &state->risks);
	count += relate_users(check, &diag, soa, &state->existing_risks);
	count += relate_users(check, &diag, soa, &state->requirements);
	count += relate_users(check, &diag, soa, &state->controls);
	count += relate_users(check, &diag, soa, &state->documents);
	if (diag)
		diag_hint(check->diags, diag, "include the control, or correct what relies on it%s",
		          count > SHOWN ? " (only some are shown)" : "");
}

/* ---- implementation ---- */

/* Documents or evidence, of the entry, its control, or an own control that implements it. */
static bool
has_proof(const struct record *soa, const struct control_state *state)
{
	if (!record_lacks(soa, FIELD_soa_documents) || !record_lacks(soa, FIELD_soa_evidence))
		return true;
	if (!state)
		return false;
	if (state->documents.count || state->evidence.count)
		return true;
	for (size_t i = 0; i < state->controls.count; i++)
		if (!record_lacks(state->controls.items[i], FIELD_control_documents)
		    || !record_lacks(state->controls.items[i], FIELD_control_evidence))
			return true;
	return false;
}

void
soa_no_proof(const struct check *check, const struct record *soa)
{
	if (!soa_is_implemented(soa) || has_proof(soa, soa_control_state(check->site, soa)))
		return;
	struct diag *diag = diag_add(check->diags, CODE_SOA018, record_field_span(soa, FIELD_soa_status), soa->subject,
	                             "`%.*s` is implemented, but no document or evidence shows it", STR_ARG(soa->id));
	diag_hint(check->diags, diag, "link what describes it in `documents` and what shows it working in `evidence`");
}

/* A risk that the control treats may say until when. */
static bool
is_planned_by_risk(const struct control_state *state)
{
	for (size_t i = 0; state && i < state->risks.count; i++) {
		const struct record *risk = state->risks.items[i];
		if (risk->risk->live
		    && (record_value(risk, FIELD_risk_due) || record_value(risk, FIELD_risk_actions)))
			return true;
	}
	return false;
}

void
soa_no_plan(const struct check *check, const struct record *soa)
{
	if (!soa_is_open(soa) || !record_lacks(soa, FIELD_soa_not_implemented_justification)
	    || !record_lacks(soa, FIELD_soa_planned_for) || is_planned_by_risk(soa_control_state(check->site, soa)))
		return;
	struct diag *diag = diag_add(check->diags, CODE_SOA019, record_field_span(soa, FIELD_soa_status), soa->subject,
	                             "`%.*s` is not implemented, and neither a reason nor a day is given",
	                             STR_ARG(soa->id));
	diag_hint(check->diags, diag, "write `planned_for`, or the reason in `not_implemented_justification`");
}

void
soa_nonconformity(const struct check *check, const struct record *soa)
{
	const struct control_state *state = soa_control_state(check->site, soa);
	for (size_t i = 0; state && state->soa == soa && soa_is_implemented(soa) && i < state->findings.count; i++) {
		const struct record *finding = state->findings.items[i];
		if (record_choice(finding, FIELD_finding_category) != CHOICE_finding_category_major
		    || record_choice(finding, FIELD_finding_status) == CHOICE_work_status_closed)
			continue;
		struct diag *diag =
		    diag_add(check->diags, CODE_SOA030, record_field_span(soa, FIELD_soa_status), soa->subject,
		             "`%.*s` is said to be implemented, but a major nonconformity about it is open", STR_ARG(soa->id));
		diag_hint(check->diags, diag, "state it as partial until the nonconformity is closed");
		diag_relate(check->diags, diag, finding->span, "finding `%.*s`", STR_ARG(finding->id));
		return;
	}
}
