#include "check/corrective.h"

struct record_set {
	struct arena *arena;
	record_vec records;
	struct map seen; /* by address: never printed, never an order */
};

static void
record_set_add(struct record_set *set, const struct record *record)
{
	struct str key = str_printf(set->arena, "%p", (const void *)record);
	if (!map_put(set->arena, &set->seen, key, (void *)record))
		vec_push(set->arena, &set->records, record);
}

static void
add_referenced(struct record_set *set, const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->state == VALUE_OK && value_item(value, i)->reference.record)
			record_set_add(set, value_item(value, i)->reference.record);
}

record_vec
actions_of(const struct record *record, int actions, struct arena *arena)
{
	struct record_set set = {.arena = arena};
	add_referenced(&set, record, actions);
	for (size_t i = 0; i < record->backlinks.count; i++) {
		const struct backlink *backlink = &record->backlinks.items[i];
		if (backlink->from->kind->index == KIND_action
		    && backlink->field == backlink->from->kind->fields[FIELD_action_for])
			record_set_add(&set, backlink->from);
	}
	return set.records;
}

bool
record_has_actions(const struct record *record, int actions)
{
	if (value_count(record_value(record, actions)) > 0)
		return true;
	for (size_t i = 0; i < record->backlinks.count; i++) {
		const struct backlink *backlink = &record->backlinks.items[i];
		if (backlink->from->kind->index == KIND_action
		    && backlink->field == backlink->from->kind->fields[FIELD_action_for])
			return true;
	}
	return false;
}

record_vec
action_causes(const struct record *action, struct arena *arena)
{
	struct record_set set = {.arena = arena};
	add_referenced(&set, action, FIELD_action_for);
	for (size_t i = 0; i < action->backlinks.count; i++) {
		const struct backlink *backlink = &action->backlinks.items[i];
		if (backlink->field && str_equal(str_from(backlink->field->name), STR("actions")))
			record_set_add(&set, backlink->from);
	}
	return set.records;
}

bool
finding_is_nonconformity(const struct record *finding)
{
	int category = record_choice(finding, FIELD_finding_category);
	return category == CHOICE_finding_category_major || category == CHOICE_finding_category_minor;
}

bool
finding_is_closed(const struct record *finding)
{
	return record_choice(finding, FIELD_finding_status) == CHOICE_work_status_closed;
}

static struct date
raised_plus(const struct record *finding, struct period major, struct period minor)
{
	struct date raised = record_date(finding, FIELD_finding_raised_on);
	if (!date_is_set(raised) || !finding_is_nonconformity(finding))
		return (struct date){0};
	bool is_major = record_choice(finding, FIELD_finding_category) == CHOICE_finding_category_major;
	return date_add(raised, is_major ? major : minor, 1);
}

struct date
finding_action_limit(const struct site *site, const struct record *finding)
{
	return raised_plus(finding, site->config->limits.major_action, site->config->limits.minor_action);
}

struct date
finding_cause_limit(const struct site *site, const struct record *finding)
{
	return raised_plus(finding, site->config->limits.major_root_cause, site->config->limits.minor_action);
}

bool
date_is_past(const struct site *site, struct date date)
{
	return date_is_set(date) && date_compare(date, site->today) < 0;
}

bool
date_is_future(const struct site *site, struct date date)
{
	return date_is_set(date) && date_compare(date, site->today) > 0;
}
