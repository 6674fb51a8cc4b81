/* Filters of single values: defaults, numbers, formats. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "site/template_filter.h"

static struct template_value
default_value(struct render *render, struct template_value input, const struct bound *bound)
{
	struct template_value fallback = bound_value(bound, 0, template_string(STR("")));
	bool by_truth = bound_bool(render, bound, 1);
	if (input.type == TEMPLATE_UNDEFINED || (by_truth && !render->failed && !value_is_true(render, input)))
		return fallback;
	return input;
}

/* As float() in Python reads it, but no infinities. */
static bool
read_float(struct arena *arena, struct str text, double *number)
{
	text = str_trim(text);
	for (size_t i = 0; i < text.size; i++)
		if (!text.data[i] || !strchr("0123456789+-.eE", text.data[i]))
			return false;
	const char *start = str_c(arena, text);
	char *end;
	*number = strtod(start, &end);
	return text.size && end == start + text.size && isfinite(*number);
}

static struct template_value
integer_of(struct render *render, double number)
{
	if (!(fabs(number) < 9.2e18)) {
		render_fail(render, CODE_THM004, render->expression, "number is too large");
		return template_none();
	}
	return template_int((int64_t)number);
}

static struct template_value
fail_number(struct render *render, struct template_value input)
{
	render_fail(render, CODE_THM005, render->expression, "%s is no number", template_type_name(input));
	return template_none();
}

static struct template_value
integer(struct render *render, struct template_value input, const struct bound *bound)
{
	struct template_value fallback = bound_value(bound, 0, template_int(0));
	if (input.type == TEMPLATE_NUMBER)
		return integer_of(render, input.as.number);
	if (template_is_number(input))
		return template_int(input.type == TEMPLATE_INT ? input.as.integer : input.as.boolean);
	if (input.type == TEMPLATE_UNDEFINED)
		return fail_number(render, input);
	if (!template_is_text(input))
		return fallback;
	struct str text = str_trim(input.as.text);
	int64_t whole;
	double number;
	if (str_to_int(str_from_index(text, text.size && text.data[0] == '+'), &whole))
		return template_int(whole);
	return read_float(render->arena, text, &number) ? integer_of(render, number) : fallback;
}

static struct template_value
number(struct render *render, struct template_value input, const struct bound *bound)
{
	double value;
	if (template_is_number(input))
		return template_number(template_as_number(input));
	if (template_is_text(input) && read_float(render->arena, input.as.text, &value))
		return template_number(value);
	return input.type == TEMPLATE_UNDEFINED ? fail_number(render, input) : bound_value(bound, 0, template_number(0));
}

static struct template_value
absolute(struct render *render, struct template_value input, const struct bound *bound)
{
	(void)bound;
	if (!template_is_number(input))
		return fail_number(render, input);
	if (input.type == TEMPLATE_NUMBER)
		return template_number(fabs(input.as.number));
	bool is_negative = template_as_number(input) < 0;
	return eval_arithmetic(render, is_negative ? OPERATOR_SUBTRACT : OPERATOR_ADD, template_int(0), input);
}

/* To the nearest, and of two as near to the even digit, as Python's round(). */
static double
round_to_digits(double value, int digits)
{
	char text[400];
	if (digits < 0) {
		double scale = pow(10, -digits);
		return nearbyint(value / scale) * scale;
	}
	snprintf(text, sizeof text, "%.*f", digits, value);
	return strtod(text, NULL);
}

static struct template_value
rounded(struct render *render, struct template_value input, const struct bound *bound)
{
	int64_t digits = bound_int(render, bound, 0, 0);
	struct str method = bound_text(render, bound, 1, "common");
	if (render->failed)
		return template_none();
	if (!template_is_number(input))
		return fail_number(render, input);
	bool is_ceil = str_equal(method, STR("ceil")), is_floor = str_equal(method, STR("floor"));
	if (digits < -15 || digits > 15 || (!is_ceil && !is_floor && !str_equal(method, STR("common")))) {
		render_fail(render, CODE_THM005, render->expression, "`round` takes -15 to 15 digits, and common, ceil or floor");
		return template_none();
	}
	double value = template_as_number(input), scale = pow(10, (double)digits);
	if (is_ceil || is_floor)
		return template_number((is_ceil ? ceil(value * scale) : floor(value * scale)) / scale);
	if (input.type == TEMPLATE_NUMBER)
		return template_number(round_to_digits(value, (int)digits));
	if (digits >= 0)
		return template_int(input.type == TEMPLATE_INT ? input.as.integer : input.as.boolean);
	return integer_of(render, round_to_digits(value, (int)digits));
}

/* One conversion of a format: %[flags][width][.precision]type. */
struct conversion {
	char flags[6];
	int width, precision; /* precision -1: none */
	char type;
};

static int
read_small(struct str format, size_t *i)
{
	int number = 0;
	for (; *i < format.size && format.data[*i] >= '0' && format.data[*i] <= '9'; (*i)++)
		number = number > 1000 ? number : number * 10 + format.data[*i] - '0';
	return number;
}

/* Reads the conversion behind the `%` at *I - 1. */
static bool
read_conversion(struct str format, size_t *i, struct conversion *conversion)
{
	size_t flags = 0;
	*conversion = (struct conversion){.precision = -1};
	while (*i < format.size && strchr("-+ 0", format.data[*i]) && format.data[*i] && flags < 5)
		conversion->flags[flags++] = format.data[(*i)++];
	conversion->width = read_small(format, i);
	if (*i < format.size && format.data[*i] == '.') {
		(*i)++;
		conversion->precision = read_small(format, i);
	}
	conversion->type = *i < format.size ? format.data[(*i)++] : '\0';
	return conversion->type && strchr("sdifeg%", conversion->type) && conversion->width <= 1000 &&
	       conversion->precision <= 100;
}

static void
add_padded(struct buf *buf, const struct conversion *conversion, struct str text)
{
	size_t length = 0, end = 0;
	while (end < text.size && (conversion->precision < 0 || length < (size_t)conversion->precision)) {
		for (end++; end < text.size && ((unsigned char)text.data[end] & 0xC0) == 0x80;)
			end++;
		length++;
	}
	int padding = (size_t)conversion->width > length ? conversion->width - (int)length : 0;
	bool is_left = strchr(conversion->flags, '-') != NULL;
	if (!is_left)
		buf_printf(buf, "%*s", padding, "");
	buf_add_str(buf, str_slice(text, 0, end));
	if (is_left)
		buf_printf(buf, "%*s", padding, "");
}

static void
add_number(struct render *render, struct buf *buf, const struct conversion *conversion, struct template_value value)
{
	char format[32];
	const char *size = conversion->type == 'd' || conversion->type == 'i' ? "ll" : "";
	snprintf(format, sizeof format, "%%%s*.*%s%c", conversion->flags, size, conversion->type);
	if (!template_is_number(value)) {
		fail_number(render, value);
	} else if (!*size) {
		buf_printf(buf, format, conversion->width, conversion->precision, template_as_number(value));
	} else {
		struct template_value whole =
			value.type == TEMPLATE_NUMBER ? integer_of(render, value.as.number) : value;
		long long n = whole.type == TEMPLATE_BOOL ? whole.as.boolean : whole.as.integer;
		buf_printf(buf, format, conversion->width, conversion->precision, n);
	}
}

static void
add_conversion(struct render *render, struct buf *buf, const struct conversion *conversion,
               struct template_value input, struct template_value value)
{
	if (conversion->type != 's') {
		add_number(render, buf, conversion, value);
		return;
	}
	if (input.type != TEMPLATE_HTML) {
		add_padded(buf, conversion, value_text(render, value));
		return;
	}
	struct buf escaped = {0};
	value_print(render, &escaped, value);
	add_padded(buf, conversion, render_take(render, &escaped));
}

static struct template_value
format(struct render *render, struct template_value input, const struct bound *bound)
{
	const struct arguments *arguments = bound->all;
	struct str text = value_text(render, input);
	struct buf buf = {0};
	size_t used = 0;
	bool is_valid = !arguments->named_count;
	for (size_t i = 0; i < text.size && is_valid && !render->failed;) {
		char c = text.data[i++];
		struct conversion conversion;
		if (c != '%') {
			buf_add_char(&buf, c);
		} else if ((is_valid = read_conversion(text, &i, &conversion)) && conversion.type == '%') {
			buf_add_char(&buf, '%');
		} else if (is_valid && (is_valid = used < arguments->count)) {
			add_conversion(render, &buf, &conversion, input, arguments->items[used++]);
		}
	}
	if (!is_valid || used != arguments->count)
		render_fail(render, CODE_THM005, render->expression, "format and arguments do not match");
	struct str formatted = render_take(render, &buf);
	return input.type == TEMPLATE_HTML ? template_html(formatted) : template_string(formatted);
}

const struct filter filters_of_values[] = {
	{"abs", absolute, "", 0, false},
	{"d", default_value, "default_value boolean", 0, true},
	{"default", default_value, "default_value boolean", 0, true},
	{"float", number, "default", 0, false},
	{"format", format, "*", 0, false},
	{"int", integer, "default", 0, false},
	{"round", rounded, "precision method", 0, false},
	{NULL, NULL, NULL, 0, false},
};
