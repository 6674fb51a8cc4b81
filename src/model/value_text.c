#include "model/value_text.h"

static void
add_value(struct buf *buf, struct arena *arena, const struct value *value);

static void
add_part(struct buf *buf, struct arena *arena, const struct record *part)
{
	bool first = true;
	for (size_t i = 0; i < part->kind->field_count; i++) {
		if (!part->values[i])
			continue;
		buf_printf(buf, "%s%s: ", first ? "" : ", ", part->kind->fields[i]->name);
		add_value(buf, arena, part->values[i]);
		first = false;
	}
}

static void
add_map(struct buf *buf, const struct map *map)
{
	for (size_t i = 0; i < map->entries.count; i++) {
		const value_vec *texts = map->entries.items[i].value;
		buf_printf(buf, "%s%.*s: ", i ? "; " : "", STR_ARG(map->entries.items[i].key));
		for (size_t t = 0; t < texts->count; t++) {
			buf_add_c(buf, t ? ", " : "");
			buf_add_str(buf, texts->items[t].text);
		}
	}
}

static void
add_item(struct buf *buf, struct arena *arena, const struct value *value)
{
	if (value->state != VALUE_OK) {
		buf_add_str(buf, value->text);
		return;
	}
	switch (value->field->type) {
	case FIELD_BOOL: buf_add_c(buf, value->boolean ? "yes" : "no"); break;
	case FIELD_NUMBER:
	case FIELD_LEVEL: buf_add_number(buf, value->number); break;
	case FIELD_DATE: buf_add_date(buf, value->date); break;
	case FIELD_CHOICE: buf_add_c(buf, value->field->choices->choices[value->choice].text); break;
	case FIELD_REF:
	case FIELD_CONTROL:
	case FIELD_CLAUSE: buf_add_str(buf, value->reference.record ? value->reference.record->id : value->reference.id); break;
	case FIELD_PART: add_part(buf, arena, value->part); break;
	case FIELD_MAP: add_map(buf, value->map); break;
	default: buf_add_str(buf, value->text); break;
	}
}

static void
add_value(struct buf *buf, struct arena *arena, const struct value *value)
{
	if (!value->is_list || !value->items.count) {
		if (value->is_list)
			buf_add_str(buf, value->text);
		else
			add_item(buf, arena, value);
		return;
	}
	for (size_t i = 0; i < value->items.count; i++) {
		buf_add_c(buf, i ? "; " : "");
		add_item(buf, arena, &value->items.items[i]);
	}
}

struct str
value_plain_text(struct arena *arena, const struct value *value)
{
	struct buf buf = {0};
	if (value)
		add_value(&buf, arena, value);
	return buf_take(&buf, arena);
}
