#include "model/join.h"

struct control_state *
join_state_of(struct join *join, const struct control *control)
{
	if (!control || control->catalogue != join->site->catalogue)
		return NULL;
	return &join->site->controls[control - join->site->catalogue->controls];
}

/* Adds RECORD to RECORDS unless it is there. A control may be named by every record of the site, many times each. */
static void
add_record(struct join *join, record_vec *records, const struct record *record)
{
	struct { const record_vec *records; const struct record *record; } membership = {records, record};
	struct str key = {(const char *)&membership, sizeof membership};
	if (map_get(&join->listed, key))
		return;
	map_put(join->site->arena, &join->listed, str_copy(join->site->arena, key), records);
	vec_push(join->site->arena, records, record);
}

/* Which list of a control's state a record goes to that names the control in FIELD; NULL for none. */
static record_vec *
list_for(struct control_state *state, const struct record *root, const struct field *field)
{
	if (root->kind->form == FORM_DOCUMENT)
		return field == root->kind->fields[FIELD_document_controls] ? &state->documents : NULL;
	switch (root->kind->index) {
	case KIND_risk:
		return field == root->kind->fields[FIELD_risk_existing_controls] ? &state->existing_risks : &state->risks;
	case KIND_requirement: return &state->requirements;
	case KIND_control: return &state->controls;
	case KIND_evidence: return &state->evidence;
	case KIND_finding: return &state->findings;
	case KIND_exception: return &state->exceptions;
	case KIND_audit: return &state->audits;
	case KIND_supplier: return &state->suppliers;
	default: return NULL;
	}
}

static void
join_control_fields(struct join *join, const struct record *root, const struct record *record);

static void
join_control_value(struct join *join, const struct record *root, const struct value *value)
{
	if (value->field->type == FIELD_PART) {
		join_control_fields(join, root, value->part);
		return;
	}
	if ((value->field->type != FIELD_CONTROL && value->field->type != FIELD_REF) || value->reference.type != REFERENCE_CONTROL)
		return;
	struct control_state *state = join_state_of(join, value->reference.control);
	if (!state)
		return;
	vec_push(join->site->arena, &state->backlinks, ((struct backlink){root, value->field, value->span}));
	record_vec *list = list_for(state, root, value->field);
	if (list)
		add_record(join, list, root);
}

static void
join_control_fields(struct join *join, const struct record *root, const struct record *record)
{
	for (size_t i = 0; i < record->kind->field_count; i++) {
		const struct value *value = record_value(record, (int)i);
		for (size_t item = 0; item < value_count(value); item++)
			join_control_value(join, root, value_item(value, item));
	}
}

static void
add_references(struct join *join, record_vec *list, const struct record *soa, int field)
{
	const struct value *value = record_value(soa, field);
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->reference.type == REFERENCE_RECORD)
			add_record(join, list, value_item(value, i)->reference.record);
}

/* A retired statement says what was decided once. */
static void
join_soa_entry(struct join *join, const struct record *soa)
{
	struct control_state *state = join_state_of(join, soa->control);
	bool retired = record_choice(soa->document->self, FIELD_document_status) == CHOICE_document_status_retired;
	if (!state || retired)
		return;
	if (state->soa)
		vec_push(join->site->arena, &state->soa_duplicates, soa);
	else
		state->soa = soa;
	add_references(join, &state->risks, soa, FIELD_soa_risks);
	add_references(join, &state->requirements, soa, FIELD_soa_requirements);
	add_references(join, &state->documents, soa, FIELD_soa_documents);
	add_references(join, &state->evidence, soa, FIELD_soa_evidence);
}

static void
join_subject(struct join *join, const struct record *exception)
{
	const struct record *from = record_part(exception, FIELD_exception_from);
	struct str subject = from ? record_text(from, FIELD_exception_subject_subject) : STR("");
	struct control_ref ref = control_ref_parse(join->site->arena, &join->scope, subject, 0);
	struct control_state *state = ref.kind == CONTROL_REF_CONTROL && ref.count == 1 ? join_state_of(join, ref.control) : NULL;
	if (state)
		add_record(join, &state->exceptions, exception);
}

void
join_controls(struct join *join, struct record *record)
{
	if (record->kind->index == KIND_soa)
		join_soa_entry(join, record);
	if (record->kind->index == KIND_exception)
		join_subject(join, record);
	join_control_fields(join, record, record);
}

void
join_reasons(struct control_state *state)
{
	static const int reason_of_requirement[] = {
		[CHOICE_requirement_type_legal] = CHOICE_reason_legal,
		[CHOICE_requirement_type_regulatory] = CHOICE_reason_legal,
		[CHOICE_requirement_type_contractual] = CHOICE_reason_contract,
		[CHOICE_requirement_type_business] = CHOICE_reason_business,
	};
	for (size_t i = 0; i < state->risks.count; i++)
		state->reasons[CHOICE_reason_risk] |= state->risks.items[i]->risk->live;
	for (size_t i = 0; i < state->requirements.count; i++) {
		int type = record_choice(state->requirements.items[i], FIELD_requirement_type);
		if (type >= 0)
			state->reasons[reason_of_requirement[type]] = true;
	}
}
