#include <math.h>

#include "site/template_render.h"

static struct template_value
fail_types(struct render *render, const char *operator, struct template_value a, struct template_value b)
{
	render_fail(render, CODE_THM005, render->expression, "%s `%s` %s has no meaning", template_type_name(a), operator,
	            template_type_name(b));
	if (render->diag && *operator == '+' && (template_is_text(a) || template_is_text(b)))
		diag_hint(render->diags, render->diag, "join text with `~`, which makes text of its parts");
	return template_none();
}

static struct template_value
fail_overflow(struct render *render)
{
	render_fail(render, CODE_THM004, render->expression, "number is too large");
	return template_none();
}

static struct template_value
fail_zero(struct render *render)
{
	render_fail(render, CODE_THM005, render->expression, "division by zero");
	return template_none();
}

static int64_t
as_integer(struct template_value value)
{
	return value.type == TEMPLATE_BOOL ? value.as.boolean : value.as.integer;
}

static struct template_value
divide_integers(struct render *render, enum operator operator, int64_t a, int64_t b)
{
	if (b == 0)
		return fail_zero(render);
	if (a == INT64_MIN && b == -1)
		return fail_overflow(render);
	int64_t remainder = a % b, quotient = a / b;
	bool rounds_up = remainder != 0 && (remainder < 0) != (b < 0);
	if (operator == OPERATOR_MODULO)
		return template_int(rounds_up ? remainder + b : remainder);
	return template_int(rounds_up ? quotient - 1 : quotient);
}

static struct template_value
power_of_integers(struct render *render, int64_t base, int64_t exponent)
{
	if (exponent < 0)
		return base == 0 ? fail_zero(render) : template_number(pow((double)base, (double)exponent));
	int64_t result = 1;
	while (exponent) {
		if ((exponent & 1) && __builtin_mul_overflow(result, base, &result))
			return fail_overflow(render);
		exponent >>= 1;
		if (exponent && __builtin_mul_overflow(base, base, &base))
			return fail_overflow(render);
	}
	return template_int(result);
}

static struct template_value
compute_integers(struct render *render, enum operator operator, int64_t a, int64_t b)
{
	int64_t result = 0;
	bool is_too_large = false;
	switch (operator) {
	case OPERATOR_ADD: is_too_large = __builtin_add_overflow(a, b, &result); break;
	case OPERATOR_SUBTRACT: is_too_large = __builtin_sub_overflow(a, b, &result); break;
	case OPERATOR_MULTIPLY: is_too_large = __builtin_mul_overflow(a, b, &result); break;
	case OPERATOR_DIVIDE: return b ? template_number((double)a / (double)b) : fail_zero(render);
	case OPERATOR_POWER: return power_of_integers(render, a, b);
	default: return divide_integers(render, operator, a, b);
	}
	return is_too_large ? fail_overflow(render) : template_int(result);
}

/* Python's float modulo: the sign of B. */
static double
modulo(double a, double b)
{
	double remainder = fmod(a, b);
	if (remainder != 0)
		return (remainder < 0) != (b < 0) ? remainder + b : remainder;
	return copysign(0.0, b);
}

static double
floor_divide(double a, double b)
{
	double quotient = (a - modulo(a, b)) / b;
	double whole = floor(quotient);
	if (quotient - whole > 0.5)
		whole += 1;
	return whole == 0 ? copysign(0.0, a / b) : whole;
}

static struct template_value
compute_numbers(struct render *render, enum operator operator, double a, double b)
{
	bool divides = operator == OPERATOR_DIVIDE || operator == OPERATOR_FLOOR_DIVIDE || operator == OPERATOR_MODULO;
	if (divides && b == 0)
		return fail_zero(render);
	switch (operator) {
	case OPERATOR_ADD: return template_number(a + b);
	case OPERATOR_SUBTRACT: return template_number(a - b);
	case OPERATOR_MULTIPLY: return template_number(a * b);
	case OPERATOR_DIVIDE: return template_number(a / b);
	case OPERATOR_MODULO: return template_number(modulo(a, b));
	case OPERATOR_FLOOR_DIVIDE: return template_number(floor_divide(a, b));
	default: break;
	}
	double power = pow(a, b);
	if (!isfinite(power) && isfinite(a) && isfinite(b))
		return a == 0 ? fail_zero(render) : fail_overflow(render);
	return template_number(power);
}

static struct template_value
add_texts(struct render *render, struct template_value a, struct template_value b)
{
	bool is_html = a.type == TEMPLATE_HTML || b.type == TEMPLATE_HTML;
	struct buf buf = {0};
	if (is_html) {
		value_print(render, &buf, a);
		value_print(render, &buf, b);
	} else {
		buf_add_str(&buf, a.as.text);
		buf_add_str(&buf, b.as.text);
	}
	struct str text = render_take(render, &buf);
	return is_html ? template_html(text) : template_string(text);
}

static bool
is_plain_list(struct template_value value)
{
	return value.type == TEMPLATE_LIST && value.as.list->kind <= LIST_GROUP;
}

static void
push_all(struct render *render, struct template_value list, struct template_value from)
{
	for (size_t i = 0; i < from.as.list->items.count && render_step(render, 1); i++)
		template_push(render->arena, list, from.as.list->items.items[i]);
}

static struct template_value
add_lists(struct render *render, struct template_value a, struct template_value b)
{
	bool a_is_list = a.as.list->kind == LIST_PLAIN, b_is_list = b.as.list->kind == LIST_PLAIN;
	if (a_is_list != b_is_list)
		return fail_types(render, "+", a, b);
	struct template_value sum = template_list_of(render->arena, a_is_list ? LIST_PLAIN : LIST_TUPLE);
	push_all(render, sum, a);
	push_all(render, sum, b);
	return sum;
}

static struct template_value
repeat(struct render *render, struct template_value value, int64_t times)
{
	bool is_list = value.type == TEMPLATE_LIST;
	size_t size = is_list ? value.as.list->items.count : value.as.text.size;
	size_t limit = is_list ? TEMPLATE_LIST_MAX : TEMPLATE_TEXT_MAX;
	if (times < 0 || size == 0)
		times = 0;
	if (size && (uint64_t)times > limit / size) {
		render_fail(render, CODE_THM004, render->expression, "what `*` makes is too large");
		return template_none();
	}
	struct template_value list = template_list_of(render->arena, is_list ? value.as.list->kind : LIST_PLAIN);
	struct buf buf = {0};
	for (; times > 0 && render_step(render, 1); times--) {
		if (is_list)
			push_all(render, list, value);
		else
			buf_add_str(&buf, value.as.text);
	}
	struct str text = render_take(render, &buf);
	if (is_list)
		return list;
	return value.type == TEMPLATE_HTML ? template_html(text) : template_string(text);
}

static bool
is_integer(struct template_value value)
{
	return value.type == TEMPLATE_INT || value.type == TEMPLATE_BOOL;
}

static const char *const symbols[] = {
	[OPERATOR_ADD] = "+",       [OPERATOR_SUBTRACT] = "-",      [OPERATOR_MULTIPLY] = "*", [OPERATOR_DIVIDE] = "/",
	[OPERATOR_MODULO] = "%",    [OPERATOR_FLOOR_DIVIDE] = "//", [OPERATOR_POWER] = "**",
};

struct template_value
eval_arithmetic(struct render *render, enum operator operator, struct template_value a, struct template_value b)
{
	if (is_integer(a) && is_integer(b))
		return compute_integers(render, operator, as_integer(a), as_integer(b));
	if (template_is_number(a) && template_is_number(b))
		return compute_numbers(render, operator, template_as_number(a), template_as_number(b));
	if (operator == OPERATOR_ADD && template_is_text(a) && template_is_text(b))
		return add_texts(render, a, b);
	if (operator == OPERATOR_ADD && is_plain_list(a) && is_plain_list(b))
		return add_lists(render, a, b);
	if (operator == OPERATOR_MULTIPLY && (template_is_text(a) || is_plain_list(a)) && is_integer(b))
		return repeat(render, a, as_integer(b));
	if (operator == OPERATOR_MULTIPLY && is_integer(a) && (template_is_text(b) || is_plain_list(b)))
		return repeat(render, b, as_integer(a));
	return fail_types(render, symbols[operator], a, b);
}
