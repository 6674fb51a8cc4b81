#include "check/wording.h"

struct str
number_text(struct arena *arena, double number)
{
	struct buf buf = {0};
	buf_add_number(&buf, number);
	return buf_take(&buf, arena);
}

struct str
date_text(struct arena *arena, struct date date)
{
	struct buf buf = {0};
	buf_add_date(&buf, date);
	return buf_take(&buf, arena);
}

struct str
period_text(struct arena *arena, struct period period)
{
	struct buf buf = {0};
	buf_add_period(&buf, period);
	return buf_take(&buf, arena);
}

struct str
placeholder_text(struct arena *arena, const struct record *record, int field)
{
	const struct value *written = record_written(record, field);
	if (written == NULL || written->state != VALUE_PLACEHOLDER)
		return STR("");
	return str_printf(arena, " (only the placeholder `%.*s`)", STR_ARG(written->text));
}

struct str
list_text(struct arena *arena, const str_vec *words)
{
	struct buf buf = {0};
	for (size_t i = 0; i < words->count; i++) {
		if (i > 0)
			buf_add_c(&buf, i + 1 == words->count ? " and " : ", ");
		buf_add_str(&buf, words->items[i]);
	}
	return buf_take(&buf, arena);
}
