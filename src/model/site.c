#include "model/site.h"

#include <string.h>

const record_vec *
site_records(const struct site *site, int kind)
{
	return &site->by_kind[kind];
}

const struct record *
site_find(const struct site *site, struct str id)
{
	return map_get(&site->ids, id);
}

static bool
is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The next word of TEXT at *AT, which moves behind it; empty at the end. */
static struct str
next_word(struct str text, size_t *at)
{
	size_t from = *at, end;
	while (from < text.size && !is_word_byte(text.data[from]))
		from++;
	for (end = from; end < text.size; end++)
		if (!is_word_byte(text.data[end]) && text.data[end] != '.' && text.data[end] != '_' && text.data[end] != '-')
			break;
	*at = end;
	while (end > from && !is_word_byte(text.data[end - 1]))
		end--;
	return str_slice(text, from, end);
}

void
site_collect_words(struct map *words, struct str text, struct arena *arena)
{
	struct str word;
	for (size_t at = 0; (word = next_word(text, &at)).size;)
		if (!map_get(words, word))
			map_put(arena, words, word, words);
}

bool
site_may_hold(const struct site *site, struct str id)
{
	struct str word;
	bool found = false;
	for (size_t at = 0; (word = next_word(id, &at)).size; found = true)
		if (!map_get(&site->broken_words, word))
			return false;
	return found;
}

const struct control_state *
site_control(const struct site *site, const struct control *control)
{
	if (!control || control->catalogue != site->catalogue)
		return NULL;
	return &site->controls[control - site->catalogue->controls];
}

int
soa_is_applicable(const struct record *soa)
{
	if (!soa)
		return -1;
	const struct value *applicable = record_value(soa, FIELD_soa_applicable);
	if (applicable)
		return applicable->boolean;
	int status = record_choice(soa, FIELD_soa_status);
	if (status < 0)
		return -1;
	return status != CHOICE_soa_status_not_applicable;
}

enum soa_state
soa_state(const struct site *site, const struct control_state *state)
{
	(void)site;
	int applicable = soa_is_applicable(state->soa);
	if (applicable < 0)
		return SOA_NOT_CHECKED;
	if (!applicable)
		return SOA_NOT_APPLICABLE;
	switch (record_choice(state->soa, FIELD_soa_status)) {
	case CHOICE_soa_status_implemented:
		return record_bool(state->soa, FIELD_soa_evidence_expected, true) ? SOA_YES : SOA_NO_EVIDENCE_EXPECTED;
	case CHOICE_soa_status_partial: return SOA_PARTIAL;
	case CHOICE_soa_status_planned:
	case CHOICE_soa_status_not_started: return SOA_NO;
	default: return SOA_NOT_CHECKED;
	}
}

const char *
soa_state_name(enum soa_state state)
{
	static const char *const names[] = {
		[SOA_YES] = "yes",
		[SOA_PARTIAL] = "partial",
		[SOA_NO] = "no",
		[SOA_NOT_APPLICABLE] = "not applicable",
		[SOA_NOT_CHECKED] = "not checked",
		[SOA_NO_EVIDENCE_EXPECTED] = "no evidence expected",
	};
	return names[state];
}

struct date
evidence_valid_until(const struct site *site, const struct record *evidence)
{
	struct date collected = record_date(evidence, FIELD_evidence_collected_on);
	struct period valid = record_period(evidence, FIELD_evidence_valid_for);
	if (!date_is_set(collected))
		return collected;
	return date_add(collected, valid.count ? valid : site->config->limits.evidence_validity, 1);
}

struct date
document_next_review(const struct site *site, const struct record *self)
{
	static const int starts[] = {FIELD_document_reviewed_on, FIELD_document_approved_on, FIELD_document_effective_on};
	struct date next = record_date(self, FIELD_document_next_review), start = {0};
	if (date_is_set(next))
		return next;
	for (size_t i = 0; i < sizeof starts / sizeof *starts && !date_is_set(start); i++)
		start = record_date(self, starts[i]);
	if (!date_is_set(start))
		return start;
	struct period every = record_period(self, FIELD_document_review_every);
	return date_add(start, every.count ? every : site->config->limits.document_review, 1);
}

static bool
holds(const struct record *role, const struct record *person)
{
	return (role->kind->index == KIND_role && record_refers_to(role, FIELD_role_holder, person)) ||
	       (person->kind->index == KIND_person && record_refers_to(person, FIELD_person_roles, role));
}

static bool
share_a_holder(const struct record *a, const struct record *b)
{
	if (a->kind->index != KIND_role || b->kind->index != KIND_role)
		return false;
	const struct value *holders = record_value(a, FIELD_role_holder);
	for (size_t i = 0; i < value_count(holders); i++) {
		const struct record *holder = value_item(holders, i)->reference.record;
		if (holder && record_refers_to(b, FIELD_role_holder, holder))
			return true;
	}
	return false;
}

bool
same_party(const struct record *a, const struct record *b)
{
	if (!a || !b)
		return false;
	return a == b || holds(a, b) || holds(b, a) || share_a_holder(a, b);
}

const struct value *
record_owner(const struct record *record)
{
	int field = kind_field(record->kind, STR("owner"));
	if (field < 0 || strcmp(record->kind->fields[field]->name, "owner") != 0)
		return NULL;
	return record_value(record, field);
}
