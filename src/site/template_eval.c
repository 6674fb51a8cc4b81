#include "site/template_filter.h"

struct template_value
eval_undefined(struct render *render, enum undefined_kind kind, struct str name, struct template_value object)
{
	struct undefined *undefined = arena_new(render->arena, struct undefined);
	*undefined = (struct undefined){kind, name, object};
	return (struct template_value){.type = TEMPLATE_UNDEFINED, .as.internal = undefined};
}

/* The value of EXPRESSION where an undefined one is a mistake. */
static struct template_value
eval_defined(struct render *render, const struct expression *expression)
{
	struct template_value value = eval(render, expression);
	if (value.type == TEMPLATE_UNDEFINED && !template_is_nothing(value))
		render_fail_undefined(render, expression, value);
	return value;
}

/* The same where not even the nothing of an inline if will do. */
static struct template_value
eval_something(struct render *render, const struct expression *expression)
{
	struct template_value value = eval(render, expression);
	if (value.type == TEMPLATE_UNDEFINED)
		render_fail_undefined(render, expression, value);
	return value;
}

static bool
eval_true(struct render *render, const struct expression *expression)
{
	struct template_value value = eval_defined(render, expression);
	return !render->failed && value_is_true(render, value);
}

static struct template_value
eval_constant(struct render *render, const struct expression *expression)
{
	(void)render;
	return expression->constant;
}

static struct template_value
eval_name(struct render *render, const struct expression *expression)
{
	struct str name = expression->name;
	for (const struct frame *frame = render->frame; frame; frame = frame->parent) {
		for (size_t i = 0; i < frame->variables.count; i++)
			if (str_equal(frame->variables.items[i].name, name))
				return frame->variables.items[i].value;
		const struct template_value *found = frame->context ? map_get(&frame->context->entries, name) : NULL;
		if (found)
			return *found;
	}
	struct template_value global = eval_global(name);
	return global.type ? global : eval_undefined(render, UNDEFINED_NAME, name, (struct template_value){0});
}

static struct template_value
eval_list(struct render *render, const struct expression *expression)
{
	bool is_tuple = expression->kind == EXPRESSION_TUPLE;
	struct template_value list = template_list_of(render->arena, is_tuple ? LIST_TUPLE : LIST_PLAIN);
	for (size_t i = 0; i < expression->items.count && !render->failed; i++)
		template_push(render->arena, list, eval(render, expression->items.items[i]));
	return list;
}

static struct template_value
eval_map(struct render *render, const struct expression *expression)
{
	struct template_value map = template_map(render->arena);
	for (size_t i = 0; i + 1 < expression->items.count && !render->failed; i += 2) {
		struct template_value key = eval_defined(render, expression->items.items[i]);
		if (!render->failed && !template_is_text(key))
			render_fail(render, CODE_THM005, expression->items.items[i], "key of a map is %s, not a string",
			            template_type_name(key));
		if (!render->failed)
			template_put_str(render->arena, map, key.as.text, eval(render, expression->items.items[i + 1]));
	}
	return map;
}

/* Names that Python's dict takes before any entry does: `map.items` is never the entry. */
static bool
is_dict_method(struct str name)
{
	static const char *const methods[] = {"clear", "copy",    "fromkeys",   "get",    "items", "keys",
	                                      "pop",   "popitem", "setdefault", "update", "values"};
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (str_equal(name, str_from(methods[i])))
			return true;
	return false;
}

static struct template_value
loop_number(const struct loop *loop, struct str name)
{
	int64_t index = (int64_t)loop->index, length = (int64_t)loop->items->items.count;
	const struct {
		struct str name;
		int64_t value;
	} numbers[] = {{STR("index"), index + 1},           {STR("index0"), index},
	               {STR("revindex"), length - index},   {STR("revindex0"), length - index - 1},
	               {STR("length"), length},             {STR("depth"), 1},
	               {STR("depth0"), 0}};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (str_equal(name, numbers[i].name))
			return template_int(numbers[i].value);
	return (struct template_value){0};
}

static struct template_value
loop_attribute(struct render *render, struct template_value value, struct str name)
{
	const struct loop *loop = value.as.internal;
	const struct template_list *items = loop->items;
	if (str_equal(name, STR("first")))
		return template_bool(loop->index == 0);
	if (str_equal(name, STR("last")))
		return template_bool(loop->index + 1 == items->items.count);
	if (str_equal(name, STR("previtem")))
		return loop->index ? items->items.items[loop->index - 1]
		                   : eval_undefined(render, UNDEFINED_OTHER, STR("there is no previous item"), value);
	if (str_equal(name, STR("nextitem")))
		return loop->index + 1 < items->items.count
		               ? items->items.items[loop->index + 1]
		               : eval_undefined(render, UNDEFINED_OTHER, STR("there is no next item"), value);
	struct template_value number = loop_number(loop, name);
	return number.type ? number : eval_undefined(render, UNDEFINED_ATTRIBUTE, name, value);
}

static struct template_value
module_attribute(struct render *render, struct template_value value, struct str name)
{
	const struct instance *instance = value.as.internal;
	const struct frame *root = instance->root;
	for (size_t i = 0; i < root->variables.count; i++)
		if (str_equal(root->variables.items[i].name, name) && !str_starts_with(name, STR("_")))
			return root->variables.items[i].value;
	return eval_undefined(render, UNDEFINED_ATTRIBUTE, name, value);
}

static struct template_value
group_attribute(struct render *render, struct template_value value, struct str name)
{
	const struct template_list *group = value.as.list;
	if (group->kind == LIST_GROUP && str_equal(name, STR("grouper")))
		return group->items.items[0];
	if (group->kind == LIST_GROUP && str_equal(name, STR("list")))
		return group->items.items[1];
	return eval_undefined(render, UNDEFINED_ATTRIBUTE, name, value);
}

/* VALUE's entry NAME, or what the engine's own types have under it. */
static struct template_value
attribute(struct render *render, struct template_value value, struct str name)
{
	switch (value.type) {
	case TEMPLATE_MAP:
	case TEMPLATE_NAMESPACE: {
		const struct template_value *found = map_get(&value.as.map->entries, name);
		return found ? *found : eval_undefined(render, UNDEFINED_ATTRIBUTE, name, value);
	}
	case TEMPLATE_LIST: return group_attribute(render, value, name);
	case TEMPLATE_LOOP: return loop_attribute(render, value, name);
	case TEMPLATE_MODULE: return module_attribute(render, value, name);
	default: return eval_undefined(render, UNDEFINED_ATTRIBUTE, name, value);
	}
}

static struct template_value
eval_attribute(struct render *render, const struct expression *expression)
{
	struct template_value value = eval_something(render, expression->left);
	if (render->failed)
		return template_none();
	if (value.type == TEMPLATE_MAP && is_dict_method(expression->name)) {
		render_fail(render, CODE_THM005, expression, "`%.*s` is a method of every map; call it, or write `[\"%.*s\"]`",
		            STR_ARG(expression->name), STR_ARG(expression->name));
		return template_none();
	}
	return attribute(render, value, expression->name);
}

/* The code point at INDEX (counted from the end when negative) of TEXT, or undefined. */
static struct template_value
character(struct render *render, struct template_value value, int64_t index)
{
	const struct template_list *characters = value_items(render, value);
	int64_t count = characters ? (int64_t)characters->items.count : 0;
	index += index < 0 ? count : 0;
	if (index < 0 || index >= count)
		return eval_undefined(render, UNDEFINED_ITEM, STR(""), value);
	struct template_value found = characters->items.items[index];
	return value.type == TEMPLATE_HTML ? template_html(found.as.text) : found;
}

static struct template_value
list_item(struct render *render, struct template_value value, int64_t index)
{
	const struct template_list *list = value.as.list;
	if (list->kind == LIST_VIEW || list->kind == LIST_ITERATOR) {
		render_fail(render, CODE_THM005, render->expression, "%s has no index; add `| list`",
		            template_type_name(value));
		return template_none();
	}
	index += index < 0 ? (int64_t)list->items.count : 0;
	if (index < 0 || index >= (int64_t)list->items.count)
		return eval_undefined(render, UNDEFINED_ITEM, STR(""), value);
	return list->items.items[index];
}

struct template_value
eval_item(struct render *render, struct template_value value, struct template_value index)
{
	if (template_is_text(index))
		return attribute(render, value, index.as.text);
	if (index.type != TEMPLATE_INT)
		return eval_undefined(render, UNDEFINED_ITEM, STR(""), value);
	if (value.type == TEMPLATE_LIST)
		return list_item(render, value, index.as.integer);
	if (template_is_text(value))
		return character(render, value, index.as.integer);
	return eval_undefined(render, UNDEFINED_ITEM, STR(""), value);
}

static struct template_value
eval_index(struct render *render, const struct expression *expression)
{
	struct template_value value = eval_something(render, expression->left);
	struct template_value index = eval_defined(render, expression->right);
	return render->failed ? template_none() : eval_item(render, value, index);
}

/* Where a slice begins or ends in COUNT items, as Python clamps it. */
static size_t
slice_bound(struct render *render, const struct expression *expression, size_t count, size_t missing)
{
	struct template_value value = expression ? eval_defined(render, expression) : template_none();
	if (render->failed || value.type == TEMPLATE_NONE)
		return missing;
	if (value.type != TEMPLATE_INT) {
		render_fail(render, CODE_THM005, expression, "bound of a slice is %s", template_type_name(value));
		return 0;
	}
	int64_t bound = value.as.integer < 0 ? value.as.integer + (int64_t)count : value.as.integer;
	return bound < 0 ? 0 : bound > (int64_t)count ? count : (size_t)bound;
}

static struct template_value
slice_text(struct render *render, struct template_value value, const struct template_list *parts, size_t from, size_t to)
{
	struct buf buf = {0};
	for (size_t i = from; i < to; i++)
		buf_add_str(&buf, parts->items.items[i].as.text);
	struct str text = render_take(render, &buf);
	return value.type == TEMPLATE_HTML ? template_html(text) : template_string(text);
}

static struct template_value
eval_slice(struct render *render, const struct expression *expression)
{
	struct template_value value = eval_defined(render, expression->left);
	bool is_list = value.type == TEMPLATE_LIST && value.as.list->kind <= LIST_GROUP;
	if (!render->failed && !is_list && !template_is_text(value))
		render_fail(render, CODE_THM005, expression, "%s cannot be sliced", template_type_name(value));
	const struct template_list *parts = render->failed ? NULL : value_items(render, value);
	if (!parts)
		return template_none();
	size_t from = slice_bound(render, expression->right, parts->items.count, 0);
	size_t to = slice_bound(render, expression->other, parts->items.count, parts->items.count);
	if (!is_list)
		return slice_text(render, value, parts, from, to);
	enum list_kind kind = value.as.list->kind == LIST_PLAIN ? LIST_PLAIN : LIST_TUPLE;
	struct template_value slice = template_list_of(render->arena, kind);
	for (size_t i = from; i < to && render_step(render, 1); i++)
		template_push(render->arena, slice, parts->items.items[i]);
	return slice;
}

static struct template_value
eval_call_expression(struct render *render, const struct expression *expression)
{
	return eval_call(render, expression, (struct template_value){0});
}

static struct template_value
eval_filter(struct render *render, const struct expression *expression)
{
	bool accepts = expression->filter->accepts_undefined;
	struct template_value input = (accepts ? eval : eval_defined)(render, expression->left);
	struct arguments arguments;
	if (render->failed || !eval_arguments(render, expression, &arguments))
		return template_none();
	return filter_apply(render, expression->filter, input, &arguments);
}

static struct template_value
eval_test(struct render *render, const struct expression *expression)
{
	struct template_value value = eval(render, expression->left);
	struct arguments arguments;
	if (render->failed || !eval_arguments(render, expression, &arguments))
		return template_none();
	return template_bool(test_apply(render, expression->test, value, &arguments));
}

static struct template_value
eval_unary(struct render *render, const struct expression *expression)
{
	if (expression->operator == OPERATOR_NOT)
		return template_bool(!eval_true(render, expression->left));
	struct template_value value = eval_defined(render, expression->left);
	if (render->failed)
		return template_none();
	if (!template_is_number(value)) {
		render_fail(render, CODE_THM005, expression, "%s has no sign", template_type_name(value));
		return template_none();
	}
	bool is_minus = expression->operator == OPERATOR_MINUS;
	return is_minus && value.type == TEMPLATE_NUMBER
	               ? template_number(-value.as.number)
	               : eval_arithmetic(render, is_minus ? OPERATOR_SUBTRACT : OPERATOR_ADD, template_int(0), value);
}

static struct template_value
eval_binary(struct render *render, const struct expression *expression)
{
	struct template_value left = eval_defined(render, expression->left);
	if (render->failed)
		return template_none();
	if (expression->operator == OPERATOR_AND || expression->operator == OPERATOR_OR) {
		bool is_true = value_is_true(render, left);
		return is_true == (expression->operator == OPERATOR_OR) ? left : eval(render, expression->right);
	}
	struct template_value right = eval_defined(render, expression->right);
	return render->failed ? template_none() : eval_arithmetic(render, expression->operator, left, right);
}

static bool
compare(struct render *render, enum operator operator, struct template_value a, struct template_value b)
{
	switch (operator) {
	case OPERATOR_EQUAL: return value_equal(render, a, b);
	case OPERATOR_NOT_EQUAL: return !value_equal(render, a, b);
	case OPERATOR_IN: return value_contains(render, b, a);
	case OPERATOR_NOT_IN: return !value_contains(render, b, a);
	default: break;
	}
	bool has_nan = template_is_number(a) && template_is_number(b) &&
	               (template_as_number(a) != template_as_number(a) || template_as_number(b) != template_as_number(b));
	int order = value_compare(render, a, b);
	if (has_nan)
		return false;
	switch (operator) {
	case OPERATOR_LESS: return order < 0;
	case OPERATOR_LESS_EQUAL: return order <= 0;
	case OPERATOR_GREATER: return order > 0;
	default: return order >= 0;
	}
}

static struct template_value
eval_comparison(struct render *render, const struct expression *expression)
{
	struct template_value left = eval_defined(render, expression->left);
	bool holds = true;
	for (size_t i = 0; i < expression->items.count && holds && !render->failed; i++) {
		struct template_value right = eval_defined(render, expression->items.items[i]);
		holds = !render->failed && compare(render, expression->operators.items[i], left, right);
		left = right;
	}
	return template_bool(holds);
}

/* `a ~ b`: HTML as soon as one part is, the others then escaped. */
static struct template_value
eval_concat(struct render *render, const struct expression *expression)
{
	struct template_value parts = template_list(render->arena);
	bool is_html = false;
	for (size_t i = 0; i < expression->items.count && !render->failed; i++) {
		struct template_value part = eval_defined(render, expression->items.items[i]);
		is_html |= part.type == TEMPLATE_HTML;
		template_push(render->arena, parts, part);
	}
	struct buf buf = {0};
	for (size_t i = 0; i < parts.as.list->items.count && !render->failed; i++) {
		struct template_value part = parts.as.list->items.items[i];
		if (is_html)
			value_print(render, &buf, part);
		else
			buf_add_str(&buf, value_text(render, part));
	}
	struct str text = render_take(render, &buf);
	return is_html ? template_html(text) : template_string(text);
}

static struct template_value
eval_if(struct render *render, const struct expression *expression)
{
	bool is_true = eval_true(render, expression->right);
	if (render->failed)
		return template_none();
	if (is_true)
		return eval(render, expression->left);
	if (expression->other)
		return eval(render, expression->other);
	return eval_undefined(render, UNDEFINED_NOTHING, STR("inline `if` without `else` has no value here"),
	                      (struct template_value){0});
}

static struct template_value (*const evaluators[EXPRESSION_KINDS])(struct render *, const struct expression *) = {
	[EXPRESSION_CONSTANT] = eval_constant,
	[EXPRESSION_NAME] = eval_name,
	[EXPRESSION_LIST] = eval_list,
	[EXPRESSION_TUPLE] = eval_list,
	[EXPRESSION_MAP] = eval_map,
	[EXPRESSION_ATTRIBUTE] = eval_attribute,
	[EXPRESSION_INDEX] = eval_index,
	[EXPRESSION_SLICE] = eval_slice,
	[EXPRESSION_CALL] = eval_call_expression,
	[EXPRESSION_FILTER] = eval_filter,
	[EXPRESSION_TEST] = eval_test,
	[EXPRESSION_UNARY] = eval_unary,
	[EXPRESSION_BINARY] = eval_binary,
	[EXPRESSION_COMPARE] = eval_comparison,
	[EXPRESSION_CONCAT] = eval_concat,
	[EXPRESSION_IF] = eval_if,
};

struct template_value
eval(struct render *render, const struct expression *expression)
{
	const struct expression *outer = render->expression;
	render->expression = expression;
	struct template_value value = template_none();
	if (render_step(render, 1) && render_enter(render, expression)) {
		value = evaluators[expression->kind](render, expression);
		render_leave(render);
	}
	if (!render->failed)
		render->expression = outer;
	return render->failed ? template_none() : value;
}
