#include "check/rule.h"

static const struct record *
whole(const struct record *record)
{
	while (record->parent)
		record = record->parent;
	return record;
}

static struct diag *
report(const struct check *check, enum code code, const struct record *record, struct span span, const char *message,
       va_list arguments)
{
	struct str text = str_vprintf(check->arena, message, arguments);
	return diag_add(check->diags, code, span, whole(record)->subject, "%.*s", STR_ARG(text));
}

struct diag *
rule_report(const struct check *check, enum code code, const struct record *record, int field, const char *message, ...)
{
	va_list arguments;
	va_start(arguments, message);
	struct span span = field == RULE_RECORD ? record->span : record_field_span(record, field);
	struct diag *diag = report(check, code, record, span, message, arguments);
	va_end(arguments);
	return diag;
}

struct diag *
rule_report_at(const struct check *check, enum code code, const struct record *record, struct span span,
               const char *message, ...)
{
	va_list arguments;
	va_start(arguments, message);
	struct diag *diag = report(check, code, record, span, message, arguments);
	va_end(arguments);
	return diag;
}

/* "access-review" as people say it. */
static struct str
kind_words(const struct check *check, const struct kind *kind)
{
	struct str name = str_from(kind->name);
	char *words = arena_copy(check->arena, name.data, name.size);
	for (size_t i = 0; i < name.size; i++)
		if (words[i] == '-')
			words[i] = ' ';
	return (struct str){words, name.size};
}

struct diag *
rule_require(const struct check *check, enum code code, const struct record *record, int field, const char *what,
             const char *hint)
{
	if (!record_lacks(record, field))
		return NULL;
	struct diag *diag =
		rule_report(check, code, record, field, "%.*s `%.*s` %s%.*s", STR_ARG(kind_words(check, whole(record)->kind)),
	                STR_ARG(record_label(record)), what, STR_ARG(placeholder_text(check->arena, record, field)));
	diag_hint(check->diags, diag, "%s", hint);
	return diag;
}

struct str
record_label(const struct record *record)
{
	record = whole(record);
	return record->has_id ? record->id : record->title;
}

bool
rule_is_past(const struct check *check, struct date day)
{
	return date_is_set(day) && date_compare(day, check->site->today) < 0;
}

bool
rule_is_future(const struct check *check, struct date day)
{
	return date_is_set(day) && date_compare(day, check->site->today) > 0;
}

bool
rule_kind_is_whole(const struct check *check, int kind)
{
	const struct site *site = check->site;
	for (size_t i = 0; i < site->documents.count; i++) {
		const struct document *document = site->documents.items[i];
		if (!document->broken)
			continue;
		int held = document->records_kind ? (int)document->records_kind->index : (int)document->self->kind->index;
		if (kind == RULE_ANY || held == kind || held == KIND_page)
			return false;
	}
	return true;
}

static bool
dangles(const struct value *value)
{
	if (value->field->type != FIELD_REF && value->field->type != FIELD_CONTROL)
		return false;
	for (size_t i = 0; i < value_count(value); i++)
		if (value_item(value, i)->reference.type == REFERENCE_DANGLING)
			return true;
	return false;
}

bool
rule_kind_dangles(const struct check *check, int kind, int field)
{
	const record_vec *records = site_records(check->site, kind);
	for (size_t i = 0; i < records->count; i++) {
		const struct value *written = record_written(records->items[i], field);
		if (written && (written->state == VALUE_INVALID || dangles(written)))
			return true;
	}
	return false;
}

const struct datetime *
record_datetime(const struct record *record, int field)
{
	const struct value *value = record_value(record, field);
	return value ? &value->datetime : NULL;
}

void
rule_quote(const struct check *check, str_vec *words, struct str name)
{
	vec_push(check->arena, words, str_printf(check->arena, "`%.*s`", STR_ARG(name)));
}

struct str
rule_some(const struct check *check, const str_vec *words)
{
	enum { SHOWN = 4 };
	if (words->count <= SHOWN + 1)
		return list_text(check->arena, words);
	struct str first = str_join(check->arena, words->items, SHOWN, STR(", "));
	return str_printf(check->arena, "%.*s and %zu others", STR_ARG(first), words->count - SHOWN);
}
