/* Looking filters up, and giving them their arguments. */
#include "site/template_filter.h"

static const struct filter *const tables[] = {filters_of_text, filters_of_lists, filters_of_values};

enum { TABLE_COUNT = sizeof tables / sizeof *tables };

const struct filter *
filter_find(struct str name)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		for (const struct filter *filter = tables[i]; filter->name; filter++)
			if (str_equal(name, str_from(filter->name)))
				return filter;
	return NULL;
}

struct str
filter_nearest(struct str name)
{
	struct str names[128];
	size_t count = 0;
	for (size_t i = 0; i < TABLE_COUNT; i++)
		for (const struct filter *filter = tables[i]; filter->name && count < 128; filter++)
			names[count++] = str_from(filter->name);
	return str_nearest(name, names, count);
}

/* The place of NAME among the words of PARAMETERS, or STR_NONE. */
static size_t
parameter_index(const char *parameters, struct str name)
{
	struct str rest = str_from(parameters), word;
	for (size_t i = 0; str_split(&rest, ' ', &word); i++)
		if (word.size && str_equal(word, name))
			return i;
	return STR_NONE;
}

static size_t
parameter_count(const char *parameters)
{
	size_t count = *parameters != '\0';
	for (; *parameters; parameters++)
		count += *parameters == ' ';
	return count;
}

static bool
bind(struct render *render, const struct filter *filter, const struct arguments *arguments, struct bound *bound)
{
	size_t count = parameter_count(filter->parameters);
	if (arguments->count > count)
		return render_fail(render, CODE_THM005, render->expression, "filter `%s` takes %zu arguments, not %zu",
		                   filter->name, count, arguments->count);
	for (size_t i = 0; i < arguments->count; i++) {
		bound->values[i] = arguments->items[i];
		bound->is_given[i] = true;
	}
	for (size_t i = 0; i < arguments->named_count; i++) {
		struct str name = arguments->named[i].name;
		size_t at = parameter_index(filter->parameters, name);
		if (at == STR_NONE || bound->is_given[at])
			return render_fail(render, CODE_THM005, render->expression, "filter `%s` takes no argument `%.*s` here",
			                   filter->name, STR_ARG(name));
		bound->values[at] = arguments->named[i].value;
		bound->is_given[at] = true;
	}
	for (size_t i = 0; i < filter->required; i++)
		if (!bound->is_given[i])
			return render_fail(render, CODE_THM005, render->expression, "filter `%s` needs %zu arguments", filter->name,
			                   filter->required);
	return true;
}

struct template_value
filter_apply(struct render *render, const struct filter *filter, struct template_value input,
             const struct arguments *arguments)
{
	struct bound bound = {.all = arguments};
	if (input.type == TEMPLATE_UNDEFINED && !filter->accepts_undefined && !template_is_nothing(input)) {
		render_fail_undefined(render, render->expression, input);
		return template_none();
	}
	if (*filter->parameters != '*' && !bind(render, filter, arguments, &bound))
		return template_none();
	struct template_value result = filter->apply(render, input, &bound);
	return render->failed ? template_none() : result;
}

static struct template_value
fail_argument(struct render *render, struct template_value value, const char *wanted)
{
	if (value.type == TEMPLATE_UNDEFINED)
		render_fail_undefined(render, render->expression, value);
	else
		render_fail(render, CODE_THM005, render->expression, "argument is %s, not %s", template_type_name(value),
		            wanted);
	return template_none();
}

struct str
bound_text(struct render *render, const struct bound *bound, size_t i, const char *fallback)
{
	if (!bound->is_given[i])
		return str_from(fallback);
	if (template_is_text(bound->values[i]))
		return bound->values[i].as.text;
	fail_argument(render, bound->values[i], "a string");
	return STR("");
}

int64_t
bound_int(struct render *render, const struct bound *bound, size_t i, int64_t fallback)
{
	if (!bound->is_given[i])
		return fallback;
	if (bound->values[i].type == TEMPLATE_INT)
		return bound->values[i].as.integer;
	fail_argument(render, bound->values[i], "a whole number");
	return 0;
}

bool
bound_bool(struct render *render, const struct bound *bound, size_t i)
{
	if (!bound->is_given[i])
		return false;
	if (bound->values[i].type == TEMPLATE_UNDEFINED) {
		fail_argument(render, bound->values[i], "true or false");
		return false;
	}
	return value_is_true(render, bound->values[i]);
}

struct template_value
bound_value(const struct bound *bound, size_t i, struct template_value fallback)
{
	return bound->is_given[i] ? bound->values[i] : fallback;
}

static bool
is_digits(struct str s)
{
	for (size_t i = 0; i < s.size; i++)
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
	return s.size > 0;
}

static struct template_value
or_fallback(struct template_value value, struct template_value fallback)
{
	return value.type == TEMPLATE_UNDEFINED && fallback.type != TEMPLATE_NONE ? fallback : value;
}

struct template_value
filter_attribute(struct render *render, struct template_value item, struct template_value path,
                 struct template_value fallback)
{
	if (path.type == TEMPLATE_NONE)
		return item;
	if (path.type == TEMPLATE_INT)
		return or_fallback(eval_item(render, item, path), fallback);
	if (!template_is_text(path)) {
		fail_argument(render, path, "the name of an attribute");
		return template_none();
	}
	struct str rest = path.as.text, part;
	while (!render->failed && str_split(&rest, '.', &part)) {
		if (item.type == TEMPLATE_UNDEFINED) {
			render_fail_undefined(render, render->expression, item);
			return template_none();
		}
		int64_t index;
		bool is_index = is_digits(part) && str_to_int(part, &index);
		item = or_fallback(eval_item(render, item, is_index ? template_int(index) : template_string(part)), fallback);
	}
	return item;
}
