#include "check/duties.h"

static const int party_kinds[] = {KIND_person, KIND_role};

static bool
marked_as_top(const struct record *party)
{
	return party->kind->index == KIND_person ? record_bool(party, FIELD_person_top_management, false)
	       : party->kind->index == KIND_role && record_bool(party, FIELD_role_top_management, false);
}

static bool
is_party(const struct record *record)
{
	return record && (record->kind->index == KIND_person || record->kind->index == KIND_role);
}

bool
party_is_top_management(const struct record *party)
{
	if (marked_as_top(party))
		return true;
	int field = party->kind->index == KIND_role ? FIELD_role_holder : FIELD_person_roles;
	const struct value *holds = is_party(party) ? record_value(party, field) : NULL;
	for (size_t i = 0; i < value_count(holds); i++)
		if (is_party(value_item(holds, i)->reference.record) && marked_as_top(value_item(holds, i)->reference.record))
			return true;
	for (size_t i = 0; i < party->backlinks.count; i++) {
		const struct record *from = party->backlinks.items[i].from;
		if (is_party(from) && marked_as_top(from) && same_party(party, from))
			return true;
	}
	return false;
}

bool
site_names_top_management(const struct site *site)
{
	for (size_t k = 0; k < 2; k++) {
		const record_vec *parties = site_records(site, party_kinds[k]);
		for (size_t i = 0; i < parties->count; i++)
			if (marked_as_top(parties->items[i]))
				return true;
	}
	return false;
}

bool
same_party_value(const struct value *a, const struct value *b)
{
	if (a->state != VALUE_OK || b->state != VALUE_OK)
		return false;
	if (a->reference.record && b->reference.record)
		return same_party(a->reference.record, b->reference.record);
	return a->reference.id.size > 0 && str_equal_ignore_case(a->reference.id, b->reference.id);
}

const struct value *
field_shares_party(const struct record *record, int field, const struct value *other)
{
	const struct value *value = record_value(record, field);
	for (size_t i = 0; i < value_count(value); i++)
		for (size_t j = 0; j < value_count(other); j++)
			if (same_party_value(value_item(value, i), value_item(other, j)))
				return value_item(value, i);
	return NULL;
}
