#include "check/due_list.h"

#include <stdlib.h>

static const struct {
	const char *name, *title;
} types[] = {
	[DUE_DOCUMENT_REVIEW] = {"document-review", "Review of a document"},
	[DUE_SOA_REVIEW] = {"soa-review", "Review of an applicability decision"},
	[DUE_IMPLEMENTATION] = {"implementation", "Implementation of a control"},
	[DUE_RISK_TREATMENT] = {"risk-treatment", "Treatment of a risk"},
	[DUE_RISK_REVIEW] = {"risk-review", "Review of a risk"},
	[DUE_ACCEPTANCE] = {"acceptance", "End of a risk's acceptance"},
	[DUE_ACTION] = {"action", "Action"},
	[DUE_ROOT_CAUSE] = {"root-cause", "Root cause of a finding"},
	[DUE_CORRECTIVE_ACTION] = {"corrective-action", "Corrective action on a finding"},
	[DUE_EVIDENCE] = {"evidence", "New evidence"},
	[DUE_ACCESS_REVIEW] = {"access-review", "Review of access rights"},
	[DUE_SUPPLIER] = {"supplier", "Assessment of a supplier"},
	[DUE_EXCEPTION] = {"exception", "End of an exception"},
	[DUE_OBJECTIVE] = {"objective", "Objective"},
	[DUE_METRIC] = {"metric", "Measurement"},
	[DUE_AUDIT] = {"audit", "Audit"},
	[DUE_MANAGEMENT_REVIEW] = {"management-review", "Management review"},
	[DUE_TRAINING] = {"training", "Awareness training"},
	[DUE_EXERCISE] = {"exercise", "Exercise of a plan"},
	[DUE_REQUIREMENT_REVIEW] = {"requirement-review", "Review of a requirement"},
	[DUE_CHANGE] = {"change", "Planned change"},
	[DUE_CERTIFICATION] = {"certification", "Step to the certificate"},
};

const char *
due_type_name(enum due_type type)
{
	return types[type].name;
}

const char *
due_type_title(enum due_type type)
{
	return types[type].title;
}

/* The first of several: one is enough to ask. False when nobody is named. */
static bool
take_party(const struct value *value, struct str *name, const struct record **owner)
{
	const struct value *first = value_count(value) ? value_item(value, 0) : NULL;
	if (!first || first->state != VALUE_OK || first->field->type != FIELD_REF)
		return false;
	*owner = first->reference.record;
	*name = *owner ? (*owner)->title : first->text;
	return name->size > 0;
}

void
due_owner(const struct record *record, int field, struct str *name, const struct record **owner)
{
	*name = STR("");
	*owner = NULL;
	const struct value *value = field >= 0 ? record_value(record, field) : record_owner(record);
	if (!take_party(value, name, owner))
		take_party(record_owner(record->document->self), name, owner);
}

void
due_add_event(struct due_list *list, enum due_type type, struct date date, const struct record *record, int owner_field,
              const char *event, struct str what)
{
	if (!date_is_set(date))
		return;
	struct due_item *item = vec_add(list->arena, &list->items);
	*item = (struct due_item){
		.date = date,
		.days = date_difference(list->site->today, date),
		.type = type,
		.what = what,
		.event = event,
		.record = record,
	};
	due_owner(record, owner_field, &item->owner, &item->owner_record);
}

void
due_add_text(struct due_list *list, enum due_type type, struct date date, const struct record *record, int owner_field,
             struct str what)
{
	due_add_event(list, type, date, record, owner_field, NULL, what);
}

void
due_add(struct due_list *list, enum due_type type, struct date date, const struct record *record, int owner_field)
{
	due_add_text(list, type, date, record, owner_field, record->title);
}

bool
due_has_happened(const struct due_list *list, struct date date)
{
	return date_is_set(date) && date_compare(date, list->site->today) <= 0;
}

int
due_compare(const struct due_item *x, const struct due_item *y)
{
	int order = date_compare(x->date, y->date);
	if (!order)
		order = (int)x->type - (int)y->type;
	if (!order)
		order = str_compare_natural(x->record->subject, y->record->subject);
	return order ? order : str_compare_natural(x->what, y->what);
}

static int
by_date(const void *a, const void *b)
{
	return due_compare(a, b);
}

due_item_vec
due_items(const struct site *site, struct arena *arena)
{
	struct due_list list = {.site = site, .arena = arena};
	due_add_planning(&list);
	due_add_operation(&list);
	if (list.items.count)
		qsort(list.items.items, list.items.count, sizeof *list.items.items, by_date);
	return list.items;
}
