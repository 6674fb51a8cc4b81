/* The tests behind `is`. */
#include "site/template_filter.h"

static bool
is_defined(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type != TEMPLATE_UNDEFINED;
}

static bool
is_undefined(struct render *render, struct template_value value, const struct bound *bound)
{
	return !is_defined(render, value, bound);
}

static bool
is_none(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_NONE;
}

static bool
is_boolean(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_BOOL;
}

static bool
is_true(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_BOOL && value.as.boolean;
}

static bool
is_false(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_BOOL && !value.as.boolean;
}

static bool
is_integer(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_INT;
}

static bool
is_float(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_NUMBER;
}

static bool
is_number(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return template_is_number(value);
}

static bool
is_string(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return template_is_text(value);
}

static bool
is_escaped(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_HTML;
}

static bool
is_mapping(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_MAP;
}

static bool
is_sequence(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	bool is_list = value.type == TEMPLATE_LIST && value.as.list->kind <= LIST_RANGE;
	return is_list || value.type == TEMPLATE_MAP || template_is_text(value);
}

static bool
is_iterable(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_LIST || value.type == TEMPLATE_MAP || template_is_text(value) ||
	       value.type == TEMPLATE_UNDEFINED;
}

static bool
is_callable(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return value.type == TEMPLATE_MACRO || value.type == TEMPLATE_FUNCTION;
}

static bool
leaves(struct render *render, struct template_value value, struct template_value divisor, int64_t remainder)
{
	if (!template_is_number(value) || !template_is_number(divisor))
		return render_fail(render, CODE_THM005, render->expression, "%s is no number",
		                   template_type_name(template_is_number(value) ? divisor : value));
	struct template_value rest = eval_arithmetic(render, OPERATOR_MODULO, value, divisor);
	return !render->failed && value_equal(render, rest, template_int(remainder));
}

static bool
is_odd(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)bound;
	return leaves(render, value, template_int(2), 1);
}

static bool
is_even(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)bound;
	return leaves(render, value, template_int(2), 0);
}

static bool
is_divisible(struct render *render, struct template_value value, const struct bound *bound)
{
	return leaves(render, value, bound->values[0], 0);
}

static bool
is_equal(struct render *render, struct template_value value, const struct bound *bound)
{
	return value_equal(render, value, bound->values[0]);
}

static bool
is_not_equal(struct render *render, struct template_value value, const struct bound *bound)
{
	return !value_equal(render, value, bound->values[0]);
}

static bool
is_less(struct render *render, struct template_value value, const struct bound *bound)
{
	return value_compare(render, value, bound->values[0]) < 0;
}

static bool
is_less_or_equal(struct render *render, struct template_value value, const struct bound *bound)
{
	return value_compare(render, value, bound->values[0]) <= 0;
}

static bool
is_greater(struct render *render, struct template_value value, const struct bound *bound)
{
	return value_compare(render, value, bound->values[0]) > 0;
}

static bool
is_greater_or_equal(struct render *render, struct template_value value, const struct bound *bound)
{
	return value_compare(render, value, bound->values[0]) >= 0;
}

static bool
is_in(struct render *render, struct template_value value, const struct bound *bound)
{
	return value_contains(render, bound->values[0], value);
}

static bool
is_filter(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return template_is_text(value) && filter_find(value.as.text);
}

static bool
is_test(struct render *render, struct template_value value, const struct bound *bound)
{
	(void)render, (void)bound;
	return template_is_text(value) && test_find(value.as.text);
}

static const struct test tests[] = {
	{"!=", is_not_equal, 1, false},
	{"<", is_less, 1, false},
	{"<=", is_less_or_equal, 1, false},
	{"==", is_equal, 1, false},
	{">", is_greater, 1, false},
	{">=", is_greater_or_equal, 1, false},
	{"boolean", is_boolean, 0, true},
	{"callable", is_callable, 0, false},
	{"defined", is_defined, 0, true},
	{"divisibleby", is_divisible, 1, false},
	{"eq", is_equal, 1, false},
	{"equalto", is_equal, 1, false},
	{"escaped", is_escaped, 0, false},
	{"even", is_even, 0, false},
	{"false", is_false, 0, true},
	{"filter", is_filter, 0, false},
	{"float", is_float, 0, true},
	{"ge", is_greater_or_equal, 1, false},
	{"greaterthan", is_greater, 1, false},
	{"gt", is_greater, 1, false},
	{"in", is_in, 1, false},
	{"integer", is_integer, 0, true},
	{"iterable", is_iterable, 0, false},
	{"le", is_less_or_equal, 1, false},
	{"lessthan", is_less, 1, false},
	{"lt", is_less, 1, false},
	{"mapping", is_mapping, 0, true},
	{"ne", is_not_equal, 1, false},
	{"none", is_none, 0, true},
	{"number", is_number, 0, true},
	{"odd", is_odd, 0, false},
	{"sequence", is_sequence, 0, true},
	{"string", is_string, 0, true},
	{"test", is_test, 0, false},
	{"true", is_true, 0, true},
	{"undefined", is_undefined, 0, true},
};

enum { TEST_COUNT = sizeof tests / sizeof *tests };

const struct test *
test_find(struct str name)
{
	for (size_t i = 0; i < TEST_COUNT; i++)
		if (str_equal(name, str_from(tests[i].name)))
			return &tests[i];
	return NULL;
}

struct str
test_nearest(struct str name)
{
	struct str names[TEST_COUNT];
	for (size_t i = 0; i < TEST_COUNT; i++)
		names[i] = str_from(tests[i].name);
	return str_nearest(name, names, TEST_COUNT);
}

bool
test_apply(struct render *render, const struct test *test, struct template_value value,
           const struct arguments *arguments)
{
	struct bound bound = {.all = arguments};
	if (value.type == TEMPLATE_UNDEFINED && !test->accepts_undefined)
		return render_fail_undefined(render, render->expression, value);
	if (arguments->count != test->parameters || arguments->named_count)
		return render_fail(render, CODE_THM005, render->expression, "test `%s` takes %zu arguments", test->name,
		                   test->parameters);
	for (size_t i = 0; i < arguments->count; i++) {
		bound.values[i] = arguments->items[i];
		bound.is_given[i] = true;
		if (arguments->items[i].type == TEMPLATE_UNDEFINED)
			return render_fail_undefined(render, render->expression, arguments->items[i]);
	}
	return test->holds(render, value, &bound) && !render->failed;
}
