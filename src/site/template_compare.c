/* Truth, equality, order, containment and iteration, as Python has them. */
#include "base/utf8.h"
#include "site/template_render.h"

bool
value_is_true(struct render *render, struct template_value value)
{
	switch (value.type) {
	case TEMPLATE_UNDEFINED:
		return !template_is_nothing(value) && render_fail_undefined(render, render->expression, value);
	case TEMPLATE_NONE: return false;
	case TEMPLATE_BOOL: return value.as.boolean;
	case TEMPLATE_INT: return value.as.integer != 0;
	case TEMPLATE_NUMBER: return value.as.number != 0;
	case TEMPLATE_STRING:
	case TEMPLATE_HTML: return value.as.text.size > 0;
	case TEMPLATE_MAP: return template_count(value) > 0;
	case TEMPLATE_LIST: break;
	default: return true;
	}
	if (value.as.list->kind == LIST_ITERATOR)
		return render_fail(render, CODE_THM005, render->expression,
		                   "an iterator is always true; add `| list` to ask whether it holds something");
	return value.as.list->items.count > 0;
}

static int
compare_numbers(struct template_value a, struct template_value b)
{
	/* long double holds every int64_t and every double */
	long double x = a.type == TEMPLATE_INT ? (long double)a.as.integer : (long double)template_as_number(a);
	long double y = b.type == TEMPLATE_INT ? (long double)b.as.integer : (long double)template_as_number(b);
	return (x > y) - (x < y);
}

static bool
equal_at(struct render *render, struct template_value a, struct template_value b, size_t depth);

static bool
lists_equal(struct render *render, const struct template_list *a, const struct template_list *b, size_t depth)
{
	bool same_kind = (a->kind == LIST_PLAIN) == (b->kind == LIST_PLAIN);
	if (!same_kind || a->items.count != b->items.count)
		return false;
	for (size_t i = 0; i < a->items.count; i++)
		if (!equal_at(render, a->items.items[i], b->items.items[i], depth + 1))
			return false;
	return true;
}

static bool
maps_equal(struct render *render, const struct template_map *a, const struct template_map *b, size_t depth)
{
	if (a->entries.entries.count != b->entries.entries.count)
		return false;
	for (size_t i = 0; i < a->entries.entries.count; i++) {
		const struct template_value *x = a->entries.entries.items[i].value;
		const struct template_value *y = map_get(&b->entries, a->entries.entries.items[i].key);
		if (!y || !equal_at(render, *x, *y, depth + 1))
			return false;
	}
	return true;
}

static bool
fail_undefined_part(struct render *render, struct template_value a, struct template_value b)
{
	return render_fail_undefined(render, render->expression, a.type == TEMPLATE_UNDEFINED ? a : b);
}

static bool
fail_depth(struct render *render)
{
	return render_fail(render, CODE_THM004, render->expression, "value is nested more than %d deep",
	                   TEMPLATE_VALUE_DEPTH_MAX);
}

static bool
equal_at(struct render *render, struct template_value a, struct template_value b, size_t depth)
{
	if (!render_step(render, 1))
		return false;
	if (depth > TEMPLATE_VALUE_DEPTH_MAX)
		return fail_depth(render);
	if (a.type == TEMPLATE_UNDEFINED || b.type == TEMPLATE_UNDEFINED)
		return fail_undefined_part(render, a, b);
	if (template_is_text(a) && template_is_text(b))
		return render_step(render, a.as.text.size / 16) && str_equal(a.as.text, b.as.text);
	if (template_is_number(a) && template_is_number(b))
		return template_as_number(a) == template_as_number(b) && compare_numbers(a, b) == 0;
	if (a.type != b.type)
		return false;
	switch (a.type) {
	case TEMPLATE_NONE: return true;
	case TEMPLATE_LIST: return lists_equal(render, a.as.list, b.as.list, depth);
	case TEMPLATE_MAP: return maps_equal(render, a.as.map, b.as.map, depth);
	default: return a.as.internal == b.as.internal;
	}
}

bool
value_equal(struct render *render, struct template_value a, struct template_value b)
{
	return equal_at(render, a, b, 0);
}

static int
compare_at(struct render *render, struct template_value a, struct template_value b, size_t depth);

static int
compare_lists(struct render *render, const struct template_list *a, const struct template_list *b, size_t depth)
{
	for (size_t i = 0; i < a->items.count && i < b->items.count && !render->failed; i++)
		if (!equal_at(render, a->items.items[i], b->items.items[i], depth + 1))
			return compare_at(render, a->items.items[i], b->items.items[i], depth + 1);
	return (a->items.count > b->items.count) - (a->items.count < b->items.count);
}

static int
compare_at(struct render *render, struct template_value a, struct template_value b, size_t depth)
{
	if (!render_step(render, 1))
		return 0;
	if (depth > TEMPLATE_VALUE_DEPTH_MAX)
		return fail_depth(render);
	if (a.type == TEMPLATE_UNDEFINED || b.type == TEMPLATE_UNDEFINED)
		return fail_undefined_part(render, a, b);
	if (template_is_text(a) && template_is_text(b))
		return str_compare(a.as.text, b.as.text);
	if (template_is_number(a) && template_is_number(b))
		return compare_numbers(a, b);
	bool are_lists = a.type == TEMPLATE_LIST && b.type == TEMPLATE_LIST && a.as.list->kind <= LIST_GROUP &&
	                 b.as.list->kind <= LIST_GROUP && (a.as.list->kind == LIST_PLAIN) == (b.as.list->kind == LIST_PLAIN);
	if (are_lists)
		return compare_lists(render, a.as.list, b.as.list, depth);
	render_fail(render, CODE_THM005, render->expression, "%s and %s have no order", template_type_name(a),
	            template_type_name(b));
	return 0;
}

int
value_compare(struct render *render, struct template_value a, struct template_value b)
{
	return compare_at(render, a, b, 0);
}

bool
value_contains(struct render *render, struct template_value container, struct template_value item)
{
	if (template_is_text(container)) {
		if (!template_is_text(item))
			return render_fail(render, CODE_THM005, render->expression, "%s cannot be part of a string",
			                   template_type_name(item));
		return render_step(render, container.as.text.size / 16) && str_contains(container.as.text, item.as.text);
	}
	if (container.type == TEMPLATE_MAP) {
		bool is_key = item.type < TEMPLATE_LIST;
		if (!is_key)
			return render_fail(render, CODE_THM005, render->expression, "%s cannot be the key of a map",
			                   template_type_name(item));
		return template_is_text(item) && map_get(&container.as.map->entries, item.as.text);
	}
	const struct template_list *list = value_items(render, container);
	for (size_t i = 0; list && i < list->items.count && !render->failed; i++)
		if (value_equal(render, list->items.items[i], item))
			return !render->failed;
	return false;
}

static struct template_list *
characters_of(struct render *render, struct str text)
{
	struct template_list *list = arena_new(render->arena, struct template_list);
	for (size_t i = 0; i < text.size && render_step(render, 1);) {
		size_t start = i;
		utf8_next(text, &i);
		vec_push(render->arena, &list->items, template_string(str_slice(text, start, i)));
	}
	return list;
}

static struct template_list *
keys_of(struct render *render, const struct template_map *map)
{
	struct template_list *list = arena_new(render->arena, struct template_list);
	for (size_t i = 0; i < map->entries.entries.count; i++)
		vec_push(render->arena, &list->items, template_string(map->entries.entries.items[i].key));
	return list;
}

struct template_list *
value_items(struct render *render, struct template_value value)
{
	if (template_is_text(value))
		return characters_of(render, value.as.text);
	if (value.type == TEMPLATE_MAP)
		return keys_of(render, value.as.map);
	if (template_is_nothing(value))
		return arena_new(render->arena, struct template_list);
	if (value.type == TEMPLATE_UNDEFINED) {
		render_fail_undefined(render, render->expression, value);
		return NULL;
	}
	if (value.type != TEMPLATE_LIST) {
		render_fail(render, CODE_THM005, render->expression, "%s has no items to walk over", template_type_name(value));
		return NULL;
	}
	struct template_list *list = value.as.list;
	if (list->kind != LIST_ITERATOR)
		return list;
	if (list->is_used) {
		render_fail(render, CODE_THM005, render->expression,
		            "an iterator can be walked over once; add `| list` where it is made");
		return NULL;
	}
	list->is_used = true;
	return list;
}

bool
value_length(struct render *render, struct template_value value, size_t *length)
{
	*length = 0;
	if (value.type == TEMPLATE_LIST && value.as.list->kind == LIST_ITERATOR)
		return render_fail(render, CODE_THM005, render->expression, "an iterator has no length; add `| list`");
	if (value.type == TEMPLATE_LIST || value.type == TEMPLATE_MAP)
		*length = template_count(value);
	else if (template_is_text(value))
		*length = utf8_length(value.as.text);
	else if (value.type == TEMPLATE_UNDEFINED && !template_is_nothing(value))
		return render_fail_undefined(render, render->expression, value);
	else if (value.type != TEMPLATE_UNDEFINED)
		return render_fail(render, CODE_THM005, render->expression, "%s has no length", template_type_name(value));
	return render_step(render, template_is_text(value) ? *length / 16 : 0);
}
