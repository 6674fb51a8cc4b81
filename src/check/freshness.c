#include "check/freshness.h"

bool
control_expects_evidence(const struct control_state *state)
{
	return state->soa && soa_is_applicable(state->soa) == 1 &&
	       record_choice(state->soa, FIELD_soa_status) == CHOICE_soa_status_implemented &&
	       record_bool(state->soa, FIELD_soa_evidence_expected, true);
}

bool
control_has_evidence(const struct control_state *state)
{
	if (!record_lacks(state->soa, FIELD_soa_evidence) || state->evidence.count)
		return true;
	for (size_t i = 0; i < state->controls.count; i++)
		if (!record_lacks(state->controls.items[i], FIELD_control_evidence))
			return true;
	return false;
}

static const struct record *
fresher(const struct site *site, const struct record *best, const struct record *evidence)
{
	if (!evidence || evidence->kind->index != KIND_evidence)
		return best;
	struct date until = evidence_valid_until(site, evidence);
	if (!date_is_set(until))
		return best;
	return !best || date_compare(until, evidence_valid_until(site, best)) > 0 ? evidence : best;
}

const struct record *
control_freshest_evidence(const struct site *site, const struct control_state *state)
{
	const struct record *best = NULL;
	for (size_t i = 0; i < state->evidence.count; i++)
		best = fresher(site, best, state->evidence.items[i]);
	for (size_t i = 0; i < state->controls.count; i++) {
		const struct value *list = record_value(state->controls.items[i], FIELD_control_evidence);
		for (size_t j = 0; j < value_count(list); j++)
			if (value_item(list, j)->reference.type == REFERENCE_RECORD)
				best = fresher(site, best, value_item(list, j)->reference.record);
	}
	return best;
}

bool
records_hold(const record_vec *records, const struct record *record)
{
	for (size_t i = 0; i < records->count; i++)
		if (records->items[i] == record)
			return true;
	return false;
}

record_vec
evidence_relied_on(const struct site *site, struct arena *arena)
{
	record_vec relied = {0};
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control_state *state = &site->controls[i];
		const struct record *best = control_expects_evidence(state) ? control_freshest_evidence(site, state) : NULL;
		if (best && !records_hold(&relied, best))
			vec_push(arena, &relied, best);
	}
	return relied;
}
