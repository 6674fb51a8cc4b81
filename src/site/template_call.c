/* Macros, the methods of values, and the functions that every template has. */
#include "site/template_filter.h"

bool
eval_arguments(struct render *render, const struct expression *call, struct arguments *arguments)
{
	*arguments = (struct arguments){.count = call->items.count, .named_count = call->named.count};
	if (arguments->count)
		arguments->items = arena_array(render->arena, struct template_value, arguments->count);
	if (arguments->named_count)
		arguments->named = arena_array(render->arena, struct variable, arguments->named_count);
	for (size_t i = 0; i < arguments->count && !render->failed; i++)
		arguments->items[i] = eval(render, call->items.items[i]);
	for (size_t i = 0; i < arguments->named_count && !render->failed; i++)
		arguments->named[i] = (struct variable){call->named.items[i].name, eval(render, call->named.items[i].value)};
	return !render->failed;
}

static struct template_value
fail(struct render *render, const char *message, struct str name)
{
	render_fail(render, CODE_THM005, render->expression, message, STR_ARG(name));
	return template_none();
}

static bool
no_arguments(struct render *render, const struct arguments *arguments, struct str name)
{
	if (arguments->count || arguments->named_count)
		fail(render, "`%.*s` takes no arguments", name);
	return !render->failed;
}

static const struct variable *
find_named(const struct arguments *arguments, struct str name)
{
	for (size_t i = 0; i < arguments->named_count; i++)
		if (str_equal(arguments->named[i].name, name))
			return &arguments->named[i];
	return NULL;
}

static bool
check_named(struct render *render, const struct macro *macro, const struct arguments *arguments)
{
	for (size_t i = 0; i < arguments->named_count; i++) {
		bool is_known = false;
		for (size_t j = arguments->count; j < macro->parameters.count; j++)
			is_known |= str_equal(macro->parameters.items[j].name, arguments->named[i].name);
		if (!is_known)
			return render_fail(render, CODE_THM005, render->expression, "macro `%.*s` takes no argument `%.*s` here",
			                   STR_ARG(macro->name), STR_ARG(arguments->named[i].name));
	}
	return true;
}

/* Gives the parameters their values in the macro's frame, defaults computed there. */
static bool
bind_parameters(struct render *render, const struct macro *macro, const struct arguments *arguments)
{
	for (size_t i = 0; i < macro->parameters.count && !render->failed; i++) {
		const struct parameter *parameter = &macro->parameters.items[i];
		const struct variable *named = find_named(arguments, parameter->name);
		struct template_value value;
		if (i < arguments->count)
			value = arguments->items[i];
		else if (named)
			value = named->value;
		else if (parameter->fallback)
			value = eval(render, parameter->fallback);
		else
			value = eval_undefined(render, UNDEFINED_OTHER,
			                       str_printf(render->arena, "parameter `%.*s` was not given", STR_ARG(parameter->name)),
			                       (struct template_value){0});
		render_assign(render, parameter->name, value);
	}
	return !render->failed;
}

static bool
check_call(struct render *render, const struct macro *macro, const struct arguments *arguments, bool has_caller)
{
	if (arguments->count > macro->parameters.count)
		return render_fail(render, CODE_THM005, render->expression, "macro `%.*s` takes %zu arguments, not %zu",
		                   STR_ARG(macro->name), macro->parameters.count, arguments->count);
	if (has_caller && !macro->uses_caller)
		return render_fail(render, CODE_THM005, render->expression, "macro `%.*s` does not use its `caller()`",
		                   STR_ARG(macro->name));
	if (render->macros >= TEMPLATE_MACRO_MAX)
		return render_fail(render, CODE_THM004, render->expression, "macros call each other more than %d deep",
		                   TEMPLATE_MACRO_MAX);
	return check_named(render, macro, arguments);
}

static struct template_value
call_macro(struct render *render, const struct closure *closure, const struct arguments *arguments,
           struct template_value caller)
{
	const struct macro *macro = closure->macro;
	if (!check_call(render, macro, arguments, caller.type != TEMPLATE_UNDEFINED))
		return template_none();
	struct render before = *render;
	render->template = macro->owner;
	render->instance = closure->instance;
	render->block = (struct block_place){0};
	render->macros++;
	render_push(render, closure->frame);
	if (macro->uses_caller && macro->name.data && caller.type)
		render_assign(render, STR("caller"), caller);
	struct str html = STR("");
	if (bind_parameters(render, macro, arguments))
		html = render_capture(render, &macro->body);
	render->template = before.template;
	render->instance = before.instance;
	render->block = before.block;
	render->frame = before.frame;
	render->macros--;
	if (render->failed)
		render_trace(render, before.template, before.expression->from, before.expression->to, "called from here");
	else
		render->expression = before.expression;
	return template_html(html);
}

static struct template_value
call_block(struct render *render, const struct block *block)
{
	if (render->includes >= TEMPLATE_INCLUDE_MAX) {
		render_fail(render, CODE_THM004, render->expression, "includes, imports and blocks are nested more than %d deep",
		            TEMPLATE_INCLUDE_MAX);
		return template_none();
	}
	const struct expression *expression = render->expression;
	struct buf captured = {0}, *out = render->out;
	render->out = &captured;
	render->includes++;
	render_block(render, block, render->instance->root);
	render->includes--;
	render->out = out;
	if (!render->failed)
		render->expression = expression;
	return template_html(render_take(render, &captured));
}

static struct template_value
call_super(struct render *render, const struct arguments *arguments)
{
	struct str name = render->block.name;
	if (!no_arguments(render, arguments, STR("super")))
		return template_none();
	const struct block *block =
		render->block.owner ? render_find_block(render->instance, name, render->block.owner) : NULL;
	if (block)
		return call_block(render, block);
	render_fail(render, CODE_THM002, render->expression,
	            render->block.owner ? "there is no parent block for `super()`" : "`super()` stands outside a block");
	return template_none();
}

static struct template_value
call_self(struct render *render, struct str name, const struct arguments *arguments)
{
	if (!no_arguments(render, arguments, name))
		return template_none();
	const struct block *block = render_find_block(render->instance, name, NULL);
	if (block)
		return call_block(render, block);
	render_fail(render, CODE_THM002, render->expression, "there is no block `%.*s`", STR_ARG(name));
	return template_none();
}

static bool
range_bounds(struct render *render, const struct arguments *arguments, int64_t bounds[3])
{
	if (arguments->named_count || !arguments->count || arguments->count > 3)
		return render_fail(render, CODE_THM005, render->expression, "`range` takes one to three numbers");
	for (size_t i = 0; i < arguments->count; i++) {
		if (arguments->items[i].type != TEMPLATE_INT)
			return render_fail(render, CODE_THM005, render->expression, "`range` takes whole numbers, not %s",
			                   template_type_name(arguments->items[i]));
		bounds[arguments->count == 1 ? 1 : i] = arguments->items[i].as.integer;
	}
	return bounds[2] != 0 || render_fail(render, CODE_THM005, render->expression, "step of `range` is 0");
}

static struct template_value
call_range(struct render *render, const struct arguments *arguments)
{
	int64_t bounds[3] = {0, 0, 1};
	if (!range_bounds(render, arguments, bounds))
		return template_none();
	struct template_value list = template_list_of(render->arena, LIST_RANGE);
	int64_t from = bounds[0], to = bounds[1], step = bounds[2];
	while (step > 0 ? from < to : from > to) {
		if (template_count(list) >= TEMPLATE_LIST_MAX) {
			render_fail(render, CODE_THM004, render->expression, "`range` has more than %d items", TEMPLATE_LIST_MAX);
			break;
		}
		template_push(render->arena, list, template_int(from));
		if (!render_step(render, 1) || __builtin_add_overflow(from, step, &from))
			break;
	}
	return list;
}

static struct template_value
call_map_of_names(struct render *render, const struct arguments *arguments)
{
	struct template_value map = template_map(render->arena);
	if (arguments->count) {
		render_fail(render, CODE_THM005, render->expression, "only `name=value` has a meaning here");
		return map;
	}
	for (size_t i = 0; i < arguments->named_count; i++)
		template_put_str(render->arena, map, arguments->named[i].name, arguments->named[i].value);
	return map;
}

static struct template_value
call_namespace(struct render *render, const struct arguments *arguments)
{
	struct template_value map = call_map_of_names(render, arguments);
	map.type = TEMPLATE_NAMESPACE;
	return map;
}

struct function {
	const char *name;
	struct template_value (*call)(struct render *, const struct arguments *);
};

static const struct function functions[] = {
	{"range", call_range},
	{"dict", call_map_of_names},
	{"namespace", call_namespace},
};

struct template_value
eval_global(struct str name)
{
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (str_equal(name, str_from(functions[i].name)))
			return (struct template_value){.type = TEMPLATE_FUNCTION, .as.internal = &functions[i]};
	return (struct template_value){0};
}

static struct template_value
map_view(struct render *render, const struct template_map *map, bool with_keys, bool with_values)
{
	struct template_value view = template_list_of(render->arena, LIST_VIEW);
	for (size_t i = 0; i < map->entries.entries.count && render_step(render, 1); i++) {
		const struct map_entry *entry = &map->entries.entries.items[i];
		struct template_value key = template_string(entry->key);
		struct template_value value = *(const struct template_value *)entry->value;
		struct template_value item = with_keys && with_values ? template_pair(render->arena, key, value)
		                             : with_keys              ? key
		                                                      : value;
		template_push(render->arena, view, item);
	}
	return view;
}

static struct template_value
call_map_method(struct render *render, const struct template_map *map, struct str name,
                const struct arguments *arguments)
{
	bool is_items = str_equal(name, STR("items")), is_keys = str_equal(name, STR("keys"));
	if (is_items || is_keys || str_equal(name, STR("values")))
		return no_arguments(render, arguments, name) ? map_view(render, map, is_items || is_keys, !is_keys)
		                                             : template_none();
	if (!str_equal(name, STR("get")))
		return fail(render, "a map has no method `%.*s`", name);
	if (!arguments->count || arguments->count > 2 || arguments->named_count || !template_is_text(arguments->items[0]))
		return fail(render, "`%.*s` takes a key and what to give when it is missing", name);
	const struct template_value *found = map_get(&map->entries, arguments->items[0].as.text);
	if (found)
		return *found;
	return arguments->count == 2 ? arguments->items[1] : template_none();
}

/* `startswith` and `endswith`; other work on text is done by filters. */
static struct template_value
call_text_method(struct render *render, struct str text, struct str name, const struct arguments *arguments)
{
	bool is_start = str_equal(name, STR("startswith")), is_end = str_equal(name, STR("endswith"));
	if (!is_start && !is_end)
		return fail(render, "a string has no method `%.*s` here; there may be a filter for it", name);
	if (arguments->count != 1 || arguments->named_count || !template_is_text(arguments->items[0]))
		return fail(render, "`%.*s` takes one string", name);
	struct str part = arguments->items[0].as.text;
	return template_bool(is_start ? str_starts_with(text, part) : str_ends_with(text, part));
}

static struct template_value
call_loop_method(struct render *render, const struct loop *loop, struct str name, const struct arguments *arguments)
{
	if (!str_equal(name, STR("cycle")))
		return fail(render, "`loop` has no method `%.*s`", name);
	if (!arguments->count || arguments->named_count)
		return fail(render, "`%.*s` takes what to choose from", name);
	return arguments->items[loop->index % arguments->count];
}

static struct template_value
call_value(struct render *render, struct template_value callee, const struct arguments *arguments,
           struct template_value caller)
{
	if (callee.type == TEMPLATE_MACRO)
		return call_macro(render, callee.as.internal, arguments, caller);
	if (callee.type == TEMPLATE_FUNCTION)
		return ((const struct function *)callee.as.internal)->call(render, arguments);
	if (callee.type == TEMPLATE_UNDEFINED)
		render_fail_undefined(render, render->expression->left, callee);
	else
		render_fail(render, CODE_THM005, render->expression, "%s cannot be called", template_type_name(callee));
	return template_none();
}

static struct template_value
call_method(struct render *render, const struct expression *callee, const struct arguments *arguments,
            struct template_value caller)
{
	struct template_value object = eval(render, callee->left);
	if (render->failed)
		return template_none();
	switch (object.type) {
	case TEMPLATE_UNDEFINED: render_fail_undefined(render, callee->left, object); return template_none();
	case TEMPLATE_MAP: return call_map_method(render, object.as.map, callee->name, arguments);
	case TEMPLATE_STRING:
	case TEMPLATE_HTML: return call_text_method(render, object.as.text, callee->name, arguments);
	case TEMPLATE_LOOP: return call_loop_method(render, object.as.internal, callee->name, arguments);
	default: break;
	}
	struct template_value value = eval_item(render, object, template_string(callee->name));
	return render->failed ? template_none() : call_value(render, value, arguments, caller);
}

static bool
is_name(const struct expression *expression, struct str name)
{
	return expression->kind == EXPRESSION_NAME && str_equal(expression->name, name);
}

struct template_value
eval_call(struct render *render, const struct expression *call, struct template_value caller)
{
	const struct expression *callee = call->left, *outer = render->expression;
	struct arguments arguments;
	render->expression = call;
	if (!eval_arguments(render, call, &arguments))
		return template_none();
	struct template_value result;
	if (is_name(callee, STR("super")))
		result = call_super(render, &arguments);
	else if (callee->kind == EXPRESSION_ATTRIBUTE && is_name(callee->left, STR("self")))
		result = call_self(render, callee->name, &arguments);
	else if (callee->kind == EXPRESSION_ATTRIBUTE)
		result = call_method(render, callee, &arguments, caller);
	else
		result = call_value(render, eval(render, callee), &arguments, caller);
	if (!render->failed)
		render->expression = outer;
	return result;
}
