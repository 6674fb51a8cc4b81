/* Filters of lists: order, choice, groups, joining. Those that Jinja2 computes lazily give
 * an iterator. */
#include <stdlib.h>

#include "base/utf8.h"
#include "site/template_filter.h"

static struct template_value
new_list(struct render *render, enum list_kind kind)
{
	return template_list_of(render->arena, kind);
}

static struct template_value
nothing(struct render *render, struct str why)
{
	return eval_undefined(render, UNDEFINED_OTHER, why, (struct template_value){0});
}

static struct template_value
length(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	size_t count;
	value_length(render, input, &count);
	return template_int((int64_t)count);
}

static struct template_value
first(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	const struct template_list *items = value_items(render, input);
	bool has_items = items && items->items.count;
	return has_items ? items->items.items[0] : nothing(render, STR("there is no first item, the list is empty"));
}

static struct template_value
last(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	if (input.type == TEMPLATE_LIST && input.as.list->kind == LIST_ITERATOR)
		render_fail(render, CODE_THM005, render->expression, "an iterator has no last item; add `| list`");
	const struct template_list *items = render->failed ? NULL : value_items(render, input);
	if (!items || !items->items.count)
		return nothing(render, STR("there is no last item, the list is empty"));
	struct template_value item = items->items.items[items->items.count - 1];
	return input.type == TEMPLATE_HTML ? template_html(item.as.text) : item;
}

static struct template_value
list(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	const struct template_list *items = value_items(render, input);
	struct template_value copy = new_list(render, LIST_PLAIN);
	for (size_t i = 0; items && i < items->items.count && render_step(render, 1); i++)
		template_push(render->arena, copy, items->items.items[i]);
	return copy;
}

static struct template_value
reverse(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	const struct template_list *items = value_items(render, input);
	struct template_value reversed = new_list(render, LIST_ITERATOR);
	for (size_t i = items ? items->items.count : 0; i-- > 0 && render_step(render, 1);)
		template_push(render->arena, reversed, items->items.items[i]);
	if (!template_is_text(input))
		return reversed;
	struct buf buf = {0};
	for (size_t i = 0; i < template_count(reversed); i++)
		buf_add_str(&buf, reversed.as.list->items.items[i].as.text);
	struct str text = render_take(render, &buf);
	return input.type == TEMPLATE_HTML ? template_html(text) : template_string(text);
}

/* The items of INPUT, or what they have under the attribute in argument I. */
static struct template_value
attributes_of(struct render *render, struct template_value input, const struct bound *bound, size_t i)
{
	const struct template_list *items = value_items(render, input);
	struct template_value path = bound_value(bound, i, template_none()), values = new_list(render, LIST_PLAIN);
	for (size_t n = 0; items && n < items->items.count && render_step(render, 1); n++)
		template_push(render->arena, values,
		              filter_attribute(render, items->items.items[n], path, template_none()));
	return values;
}

static struct template_value
join(struct render *render, struct template_value input, const struct bound *bound)
{
	const struct template_list *items = attributes_of(render, input, bound, 1).as.list;
	struct template_value separator = bound_value(bound, 0, template_string(STR("")));
	bool is_html = separator.type == TEMPLATE_HTML;
	for (size_t i = 0; i < items->items.count; i++)
		is_html |= items->items.items[i].type == TEMPLATE_HTML;
	struct buf buf = {0};
	for (size_t i = 0; i < items->items.count && buf.size <= TEMPLATE_TEXT_MAX && render_step(render, 1); i++) {
		const struct template_value parts[] = {separator, items->items.items[i]};
		for (size_t part = i ? 0 : 1; part < 2; part++) {
			if (is_html)
				value_print(render, &buf, parts[part]);
			else
				buf_add_str(&buf, value_text(render, parts[part]));
		}
	}
	struct str text = render_take(render, &buf);
	return is_html ? template_html(text) : template_string(text);
}

struct sorted {
	struct template_value key, item;
	size_t index; /* before sorting */
};

struct order {
	struct render *render;
	bool is_reverse;
	bool equal_first; /* equal keys are never asked for their order, so none and none may meet */
};

static int
compare_sorted(const void *x, const void *y, void *context)
{
	const struct sorted *a = x, *b = y;
	const struct order *order = context;
	int result = 0;
	if (!order->render->failed && !(order->equal_first && value_equal(order->render, a->key, b->key)))
		result = value_compare(order->render, a->key, b->key);
	if (order->render->failed)
		result = 0;
	if (order->is_reverse)
		result = -result;
	return result ? result : (a->index > b->index) - (a->index < b->index);
}

static struct template_value
without_case(struct render *render, struct template_value value, bool case_sensitive)
{
	if (case_sensitive || !template_is_text(value))
		return value;
	render_step(render, value.as.text.size / 16);
	return template_string(utf8_lower(render->arena, value.as.text));
}

/* One value, or with commas in PATH the list of several. */
static struct template_value
sort_key(struct render *render, struct template_value item, struct template_value path, bool case_sensitive)
{
	bool is_several = template_is_text(path) && str_find_char(path.as.text, ',', 0) != STR_NONE;
	if (!is_several)
		return without_case(render, filter_attribute(render, item, path, template_none()), case_sensitive);
	struct template_value keys = new_list(render, LIST_PLAIN);
	struct str rest = path.as.text, part;
	while (!render->failed && str_split(&rest, ',', &part)) {
		struct template_value key = filter_attribute(render, item, template_string(part), template_none());
		template_push(render->arena, keys, without_case(render, key, case_sensitive));
	}
	return keys;
}

static void
sort_items(struct order order, struct sorted *items, size_t count)
{
	if (count > 1 && !order.render->failed)
		qsort_r(items, count, sizeof *items, compare_sorted, &order);
}

static struct template_value
sort(struct render *render, struct template_value input, const struct bound *bound)
{
	struct order order = {render, bound_bool(render, bound, 0), true};
	bool case_sensitive = bound_bool(render, bound, 1);
	struct template_value path = bound_value(bound, 2, template_none()), result = new_list(render, LIST_PLAIN);
	const struct template_list *items = render->failed ? NULL : value_items(render, input);
	if (!items)
		return result;
	struct sorted *sorted = arena_array(render->arena, struct sorted, items->items.count + 1);
	for (size_t i = 0; i < items->items.count && !render->failed; i++)
		sorted[i] = (struct sorted){sort_key(render, items->items.items[i], path, case_sensitive),
		                            items->items.items[i], i};
	sort_items(order, sorted, items->items.count);
	for (size_t i = 0; i < items->items.count && !render->failed; i++)
		template_push(render->arena, result, sorted[i].item);
	return result;
}

static struct template_value
dictsort(struct render *render, struct template_value input, const struct bound *bound)
{
	bool case_sensitive = bound_bool(render, bound, 0);
	struct str by = bound_text(render, bound, 1, "key");
	struct order order = {render, bound_bool(render, bound, 2), false};
	bool is_value = str_equal(by, STR("value"));
	if (!render->failed && (input.type != TEMPLATE_MAP || (!is_value && !str_equal(by, STR("key")))))
		render_fail(render, CODE_THM005, render->expression, "`dictsort` sorts a map by \"key\" or \"value\"");
	struct template_value result = new_list(render, LIST_PLAIN);
	if (render->failed)
		return result;
	size_t count = template_count(input);
	struct sorted *sorted = arena_array(render->arena, struct sorted, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct map_entry *entry = &input.as.map->entries.entries.items[i];
		struct template_value key = template_string(entry->key);
		struct template_value value = *(const struct template_value *)entry->value;
		sorted[i] = (struct sorted){without_case(render, is_value ? value : key, case_sensitive),
		                            template_pair(render->arena, key, value), i};
	}
	sort_items(order, sorted, count);
	for (size_t i = 0; i < count; i++)
		template_push(render->arena, result, sorted[i].item);
	return result;
}

static void
add_group(struct render *render, struct template_value groups, struct template_value grouper)
{
	struct template_value group = template_pair(render->arena, grouper, new_list(render, LIST_PLAIN));
	group.as.list->kind = LIST_GROUP;
	template_push(render->arena, groups, group);
}

static struct template_value
groupby(struct render *render, struct template_value input, const struct bound *bound)
{
	struct template_value path = bound->values[0], fallback = bound_value(bound, 1, template_none());
	bool case_sensitive = bound_bool(render, bound, 2);
	const struct template_list *items = render->failed ? NULL : value_items(render, input);
	struct template_value groups = new_list(render, LIST_PLAIN);
	if (!items)
		return groups;
	size_t count = items->items.count;
	struct sorted *sorted = arena_array(render->arena, struct sorted, count + 1);
	for (size_t i = 0; i < count && !render->failed; i++) {
		struct template_value key = filter_attribute(render, items->items.items[i], path, fallback);
		sorted[i] = (struct sorted){without_case(render, key, case_sensitive), items->items.items[i], i};
	}
	sort_items((struct order){render, false, false}, sorted, count);
	for (size_t i = 0; i < count && !render->failed; i++) {
		if (!i || !value_equal(render, sorted[i].key, sorted[i - 1].key))
			add_group(render, groups, filter_attribute(render, sorted[i].item, path, fallback));
		const struct template_list *group = groups.as.list->items.items[template_count(groups) - 1].as.list;
		template_push(render->arena, group->items.items[1], sorted[i].item);
	}
	return groups;
}

/* A text that is the same for equal values only; fails for what Python cannot hash. */
static struct str
identity(struct render *render, struct template_value value)
{
	struct buf buf = {0};
	if (template_is_text(value) || template_is_number(value)) {
		buf_add_char(&buf, template_is_text(value) ? 's' : 'n');
		if (template_is_text(value))
			buf_add_str(&buf, value.as.text);
		else if (value.type == TEMPLATE_INT)
			buf_printf(&buf, "%lld", (long long)value.as.integer);
		else
			buf_add_number(&buf, template_as_number(value));
		return buf_take(&buf, render->arena);
	}
	if (value.type == TEMPLATE_UNDEFINED)
		render_fail_undefined(render, render->expression, value);
	else if (value.type != TEMPLATE_NONE)
		render_fail(render, CODE_THM005, render->expression, "`unique` cannot tell %s from another",
		            template_type_name(value));
	return STR("z");
}

static struct template_value
unique(struct render *render, struct template_value input, const struct bound *bound)
{
	bool case_sensitive = bound_bool(render, bound, 0);
	struct template_value path = bound_value(bound, 1, template_none()), result = new_list(render, LIST_ITERATOR);
	const struct template_list *items = render->failed ? NULL : value_items(render, input);
	struct map seen = {0};
	for (size_t i = 0; items && i < items->items.count && render_step(render, 1); i++) {
		struct template_value key = filter_attribute(render, items->items.items[i], path, template_none());
		struct str id = identity(render, without_case(render, key, case_sensitive));
		if (!render->failed && !map_put(render->arena, &seen, id, &items->items.items[i]))
			template_push(render->arena, result, items->items.items[i]);
	}
	return result;
}

static struct template_value
extreme(struct render *render, struct template_value input, const struct bound *bound, int sign)
{
	bool case_sensitive = bound_bool(render, bound, 0);
	struct template_value path = bound_value(bound, 1, template_none());
	const struct template_list *items = render->failed ? NULL : value_items(render, input);
	if (!items || !items->items.count)
		return nothing(render, STR("there is no smallest or largest item, the list is empty"));
	size_t best = 0;
	struct template_value best_key = sort_key(render, items->items.items[0], path, case_sensitive);
	for (size_t i = 1; i < items->items.count && render_step(render, 1); i++) {
		struct template_value key = sort_key(render, items->items.items[i], path, case_sensitive);
		if (!render->failed && value_compare(render, key, best_key) * sign > 0) {
			best = i;
			best_key = key;
		}
	}
	return items->items.items[best];
}

static struct template_value
smallest(struct render *render, struct template_value input, const struct bound *bound)
{
	return extreme(render, input, bound, -1);
}

static struct template_value
largest(struct render *render, struct template_value input, const struct bound *bound)
{
	return extreme(render, input, bound, 1);
}

static struct template_value
sum(struct render *render, struct template_value input, const struct bound *bound)
{
	const struct template_list *items = attributes_of(render, input, bound, 0).as.list;
	struct template_value total = bound_value(bound, 1, template_int(0));
	for (size_t i = 0; i < items->items.count && render_step(render, 1); i++) {
		if (items->items.items[i].type == TEMPLATE_UNDEFINED)
			render_fail_undefined(render, render->expression, items->items.items[i]);
		else
			total = eval_arithmetic(render, OPERATOR_ADD, total, items->items.items[i]);
	}
	return total;
}

static int64_t
positive(struct render *render, const struct bound *bound, size_t i)
{
	int64_t number = bound_int(render, bound, i, 0);
	if (!render->failed && (number < 1 || number > TEMPLATE_LIST_MAX))
		render_fail(render, CODE_THM005, render->expression, "number of items or lists is below 1 or too large");
	return render->failed ? 1 : number;
}

static bool
fills(const struct bound *bound)
{
	return bound->is_given[1] && bound->values[1].type != TEMPLATE_NONE;
}

static struct template_value
batch(struct render *render, struct template_value input, const struct bound *bound)
{
	size_t size = (size_t)positive(render, bound, 0);
	struct template_value result = new_list(render, LIST_ITERATOR), row = {0};
	const struct template_list *items = render->failed ? NULL : value_items(render, input);
	for (size_t i = 0; items && i < items->items.count && render_step(render, 1); i++) {
		if (i % size == 0)
			template_push(render->arena, result, row = new_list(render, LIST_PLAIN));
		template_push(render->arena, row, items->items.items[i]);
	}
	while (row.type && fills(bound) && template_count(row) < size && render_step(render, 1))
		template_push(render->arena, row, bound->values[1]);
	return result;
}

static struct template_value
slice(struct render *render, struct template_value input, const struct bound *bound)
{
	size_t count = (size_t)positive(render, bound, 0);
	struct template_value result = new_list(render, LIST_ITERATOR);
	const struct template_list *items = render->failed ? NULL : value_items(render, input);
	if (!items)
		return result;
	size_t each = items->items.count / count, longer = items->items.count % count, at = 0;
	for (size_t i = 0; i < count && render_step(render, 1); i++) {
		struct template_value column = new_list(render, LIST_PLAIN);
		for (size_t end = at + each + (i < longer); at < end; at++)
			template_push(render->arena, column, items->items.items[at]);
		if (fills(bound) && i >= longer)
			template_push(render->arena, column, bound->values[1]);
		template_push(render->arena, result, column);
	}
	return result;
}

static struct template_value
items_of(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	struct template_value result = new_list(render, LIST_ITERATOR);
	if (input.type == TEMPLATE_UNDEFINED)
		return result;
	if (input.type != TEMPLATE_MAP)
		render_fail(render, CODE_THM005, render->expression, "%s is no map", template_type_name(input));
	for (size_t i = 0; !render->failed && i < template_count(input); i++) {
		const struct map_entry *entry = &input.as.map->entries.entries.items[i];
		template_push(render->arena, result,
		              template_pair(render->arena, template_string(entry->key),
		                            *(const struct template_value *)entry->value));
	}
	return result;
}

static const struct variable *
named(const struct arguments *arguments, struct str name)
{
	for (size_t i = 0; i < arguments->named_count; i++)
		if (str_equal(arguments->named[i].name, name))
			return &arguments->named[i];
	return NULL;
}

static struct template_value
map_attribute(struct render *render, const struct template_list *items, const struct arguments *arguments)
{
	const struct variable *path = named(arguments, STR("attribute")), *fallback = named(arguments, STR("default"));
	struct template_value result = new_list(render, LIST_ITERATOR);
	if (arguments->named_count != 1u + (fallback != NULL))
		render_fail(render, CODE_THM005, render->expression, "`map` takes `attribute` and `default`, or a filter");
	for (size_t i = 0; i < items->items.count && render_step(render, 1); i++)
		template_push(render->arena, result,
		              filter_attribute(render, items->items.items[i], path->value,
		                               fallback ? fallback->value : template_none()));
	return result;
}

static const struct filter *
filter_by_name(struct render *render, const struct arguments *arguments)
{
	struct str name = arguments->count && template_is_text(arguments->items[0]) ? arguments->items[0].as.text : STR("");
	const struct filter *filter = filter_find(name);
	if (!filter)
		render_fail(render, CODE_THM003, render->expression, "there is no filter `%.*s`", STR_ARG(name));
	return filter;
}

static struct template_value
map(struct render *render, struct template_value input, const struct bound *bound)
{
	struct arguments arguments = *bound->all;
	struct template_value result = new_list(render, LIST_ITERATOR);
	const struct template_list *items = value_items(render, input);
	if (items && !arguments.count && named(&arguments, STR("attribute")))
		return map_attribute(render, items, &arguments);
	const struct filter *filter = items ? filter_by_name(render, &arguments) : NULL;
	if (!filter)
		return result;
	arguments.items++;
	arguments.count--;
	for (size_t i = 0; i < items->items.count && render_step(render, 1); i++)
		template_push(render->arena, result, filter_apply(render, filter, items->items.items[i], &arguments));
	return result;
}

static bool
has_argument(struct render *render, const struct arguments *arguments, size_t count)
{
	return arguments->count >= count ||
	       render_fail(render, CODE_THM005, render->expression, "filter needs the name of an attribute");
}

/* The items for which the test in the arguments, or their truth, is WANTED; with WITH_ATTRIBUTE that of the
 * attribute in the first argument. */
static struct template_value
choose(struct render *render, struct template_value input, const struct bound *bound, bool with_attribute, bool wanted)
{
	struct arguments arguments = *bound->all;
	struct template_value result = new_list(render, LIST_ITERATOR), path = template_none();
	const struct template_list *items = value_items(render, input);
	if (!items || !has_argument(render, &arguments, with_attribute))
		return result;
	if (with_attribute) {
		path = *arguments.items++;
		arguments.count--;
	}
	const struct test *test = NULL;
	if (arguments.count) {
		struct str name = template_is_text(arguments.items[0]) ? arguments.items[0].as.text : STR("");
		test = test_find(name);
		if (!test)
			render_fail(render, CODE_THM003, render->expression, "there is no test `%.*s`", STR_ARG(name));
		arguments.items++;
		arguments.count--;
	}
	for (size_t i = 0; i < items->items.count && render_step(render, 1); i++) {
		struct template_value value = filter_attribute(render, items->items.items[i], path, template_none());
		if (!test && value.type == TEMPLATE_UNDEFINED)
			render_fail_undefined(render, render->expression, value);
		if (render->failed)
			break;
		bool holds = test ? test_apply(render, test, value, &arguments) : value_is_true(render, value);
		if (holds == wanted)
			template_push(render->arena, result, items->items.items[i]);
	}
	return result;
}

static struct template_value
select_items(struct render *render, struct template_value input, const struct bound *bound)
{
	return choose(render, input, bound, false, true);
}

static struct template_value
reject(struct render *render, struct template_value input, const struct bound *bound)
{
	return choose(render, input, bound, false, false);
}

static struct template_value
selectattr(struct render *render, struct template_value input, const struct bound *bound)
{
	return choose(render, input, bound, true, true);
}

static struct template_value
rejectattr(struct render *render, struct template_value input, const struct bound *bound)
{
	return choose(render, input, bound, true, false);
}

const struct filter filters_of_lists[] = {
	{"batch", batch, "linecount fill_with", 1, false},
	{"count", length, "", 0, false},
	{"dictsort", dictsort, "case_sensitive by reverse", 0, false},
	{"first", first, "", 0, false},
	{"groupby", groupby, "attribute default case_sensitive", 1, false},
	{"items", items_of, "", 0, true},
	{"join", join, "d attribute", 0, false},
	{"last", last, "", 0, false},
	{"length", length, "", 0, false},
	{"list", list, "", 0, false},
	{"map", map, "*", 0, false},
	{"max", largest, "case_sensitive attribute", 0, false},
	{"min", smallest, "case_sensitive attribute", 0, false},
	{"reject", reject, "*", 0, false},
	{"rejectattr", rejectattr, "*", 0, false},
	{"reverse", reverse, "", 0, false},
	{"select", select_items, "*", 0, false},
	{"selectattr", selectattr, "*", 0, false},
	{"slice", slice, "slices fill_with", 1, false},
	{"sort", sort, "reverse case_sensitive attribute", 0, false},
	{"sum", sum, "attribute start", 0, false},
	{"unique", unique, "case_sensitive attribute", 0, false},
	{NULL, NULL, NULL, 0, false},
};
