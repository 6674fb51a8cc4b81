#include "site/template_value.h"

struct template_value
template_none(void)
{
	return (struct template_value){.type = TEMPLATE_NONE};
}

struct template_value
template_bool(bool boolean)
{
	return (struct template_value){.type = TEMPLATE_BOOL, .as.boolean = boolean};
}

struct template_value
template_int(int64_t integer)
{
	return (struct template_value){.type = TEMPLATE_INT, .as.integer = integer};
}

struct template_value
template_number(double number)
{
	return (struct template_value){.type = TEMPLATE_NUMBER, .as.number = number};
}

struct template_value
template_string(struct str text)
{
	return (struct template_value){.type = TEMPLATE_STRING, .as.text = text};
}

struct template_value
template_html(struct str html)
{
	return (struct template_value){.type = TEMPLATE_HTML, .as.text = html};
}

struct template_value
template_list_of(struct arena *arena, enum list_kind kind)
{
	struct template_list *list = arena_new(arena, struct template_list);
	list->kind = kind;
	return (struct template_value){.type = TEMPLATE_LIST, .as.list = list};
}

struct template_value
template_list(struct arena *arena)
{
	return template_list_of(arena, LIST_PLAIN);
}

void
template_push(struct arena *arena, struct template_value list, struct template_value item)
{
	vec_push(arena, &list.as.list->items, item);
}

struct template_value
template_pair(struct arena *arena, struct template_value a, struct template_value b)
{
	struct template_value pair = template_list_of(arena, LIST_TUPLE);
	struct template_list *list = pair.as.list;
	list->items.items = arena_array(arena, struct template_value, 2);
	list->items.capacity = list->items.count = 2;
	list->items.items[0] = a;
	list->items.items[1] = b;
	return pair;
}

struct template_value
template_map(struct arena *arena)
{
	return (struct template_value){.type = TEMPLATE_MAP, .as.map = arena_new(arena, struct template_map)};
}

void
template_put(struct arena *arena, struct template_value map, const char *key, struct template_value value)
{
	template_put_str(arena, map, str_from(key), value);
}

void
template_put_str(struct arena *arena, struct template_value map, struct str key, struct template_value value)
{
	struct template_value *stored = arena_new(arena, struct template_value);
	*stored = value;
	map_put(arena, &map.as.map->entries, key, stored);
}

struct template_value
template_get(struct template_value map, struct str key)
{
	const struct template_value *found = map.type == TEMPLATE_MAP || map.type == TEMPLATE_NAMESPACE ? map_get(&map.as.map->entries, key) : NULL;
	return found ? *found : (struct template_value){0};
}

size_t
template_count(struct template_value value)
{
	if (value.type == TEMPLATE_LIST)
		return value.as.list->items.count;
	return value.type == TEMPLATE_MAP ? value.as.map->entries.entries.count : 0;
}

struct template_value
template_at(struct template_value list, size_t index)
{
	if (list.type != TEMPLATE_LIST || index >= list.as.list->items.count)
		return (struct template_value){.type = TEMPLATE_UNDEFINED};
	return list.as.list->items.items[index];
}

bool
template_is_text(struct template_value value)
{
	return value.type == TEMPLATE_STRING || value.type == TEMPLATE_HTML;
}

bool
template_is_nothing(struct template_value value)
{
	const struct undefined *undefined = value.type == TEMPLATE_UNDEFINED ? value.as.internal : NULL;
	return undefined && undefined->kind == UNDEFINED_NOTHING;
}

bool
template_is_number(struct template_value value)
{
	return value.type == TEMPLATE_BOOL || value.type == TEMPLATE_INT || value.type == TEMPLATE_NUMBER;
}

double
template_as_number(struct template_value value)
{
	if (value.type == TEMPLATE_NUMBER)
		return value.as.number;
	return value.type == TEMPLATE_INT ? (double)value.as.integer : (double)value.as.boolean;
}

static const char *const list_names[] = {
	[LIST_PLAIN] = "a list",
	[LIST_TUPLE] = "a tuple",
	[LIST_GROUP] = "a group",
	[LIST_RANGE] = "a range",
	[LIST_VIEW] = "a view of a map",
	[LIST_ITERATOR] = "an iterator",
};

static const char *const type_names[] = {
	[TEMPLATE_UNDEFINED] = "undefined",
	[TEMPLATE_NONE] = "none",
	[TEMPLATE_BOOL] = "a truth value",
	[TEMPLATE_INT] = "an integer",
	[TEMPLATE_NUMBER] = "a number",
	[TEMPLATE_STRING] = "a string",
	[TEMPLATE_HTML] = "HTML",
	[TEMPLATE_MAP] = "a map",
	[TEMPLATE_NAMESPACE] = "a namespace",
	[TEMPLATE_MACRO] = "a macro",
	[TEMPLATE_MODULE] = "an imported template",
	[TEMPLATE_LOOP] = "the loop",
	[TEMPLATE_FUNCTION] = "a function",
};

const char *
template_type_name(struct template_value value)
{
	return value.type == TEMPLATE_LIST ? list_names[value.as.list->kind] : type_names[value.type];
}
