#include "model/record.h"

const struct value *
record_written(const struct record *record, int field)
{
	return record && field >= 0 && (size_t)field < record->kind->field_count ? record->values[field] : NULL;
}

const struct value *
record_value(const struct record *record, int field)
{
	const struct value *value = record_written(record, field);
	return value && value->state == VALUE_OK ? value : NULL;
}

bool
record_lacks(const struct record *record, int field)
{
	const struct value *value = record_written(record, field);
	if (value)
		return value->state == VALUE_PLACEHOLDER;
	return !record->document->broken;
}

struct str
record_text(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	return value ? value->text : STR("");
}

int
record_choice(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	return value && !value->is_list ? value->choice : -1;
}

struct date
record_date(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	return value && !value->is_list ? value->date : (struct date){0};
}

bool
record_bool(const struct record *record, int field, bool fallback)
{
	const struct value *value = record_value(record, field);
	return value ? value->boolean : fallback;
}

bool
record_number(const struct record *record, int field, double *number)
{
	const struct value *value = record_value(record, field);
	if (value)
		*number = value->field->type == FIELD_INT ? (double)value->integer : value->number;
	return value != NULL;
}

struct period
record_period(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	return value ? value->period : (struct period){0};
}

const struct record *
record_part(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	return value && !value->is_list ? value->part : NULL;
}

size_t
value_count(const struct value *value)
{
	if (!value)
		return 0;
	return value->is_list ? value->items.count : 1;
}

const struct value *
value_item(const struct value *value, size_t index)
{
	return value->is_list ? &value->items.items[index] : value;
}

const struct record *
record_reference(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->reference.type == REFERENCE_RECORD)
			return value_item(value, i)->reference.record;
	return NULL;
}

bool
record_refers_to(const struct record *record, int field, const struct record *target)
{
	const struct value *value = record_value(record, field);
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->reference.record == target)
			return true;
	return false;
}

bool
record_refers_to_control(const struct record *record, int field, const struct control *control)
{
	const struct value *value = record_value(record, field);
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->reference.control == control)
			return true;
	return false;
}

struct span
record_field_span(const struct record *record, int field)
{
	const struct value *value = record_written(record, field);
	return value ? value->span : record->span;
}
