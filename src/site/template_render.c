#include "site/template_render.h"

#include "site/template_filter.h"

struct frame *
render_push(struct render *render, struct frame *parent)
{
	struct frame *frame = arena_new(render->arena, struct frame);
	frame->parent = parent;
	render->frame = frame;
	return frame;
}

void
render_assign(struct render *render, struct str name, struct template_value value)
{
	struct frame *frame = render->frame;
	for (size_t i = 0; i < frame->variables.count; i++)
		if (str_equal(frame->variables.items[i].name, name)) {
			frame->variables.items[i].value = value;
			return;
		}
	vec_push(render->arena, &frame->variables, ((struct variable){name, value}));
}

/* Gives VALUE, or its parts, to the names. */
static bool
assign_targets(struct render *render, const struct statement *statement, struct template_value value)
{
	const str_vec *targets = &statement->targets;
	if (targets->count == 1) {
		render_assign(render, targets->items[0], value);
		return true;
	}
	bool is_list = value.type == TEMPLATE_LIST;
	if (value.type == TEMPLATE_UNDEFINED)
		return render_fail_undefined(render, statement->value, value);
	if (!is_list || value.as.list->items.count != targets->count) {
		render_fail(render, CODE_THM005, statement->value, "%s cannot be taken apart into %zu names",
		            is_list ? "a list of another length" : template_type_name(value), targets->count);
		if (template_is_text(value) && statement->kind == STATEMENT_FOR && render->diag)
			diag_hint(render->diags, render->diag, "to walk over a map, write `.items()` behind it");
		return false;
	}
	const struct template_list *parts = value_items(render, value);
	for (size_t i = 0; parts && i < targets->count; i++)
		render_assign(render, targets->items[i], parts->items.items[i]);
	return parts != NULL;
}

static struct template_value
lookup(const struct render *render, struct str name)
{
	for (const struct frame *frame = render->frame; frame; frame = frame->parent)
		for (size_t i = 0; i < frame->variables.count; i++)
			if (str_equal(frame->variables.items[i].name, name))
				return frame->variables.items[i].value;
	return (struct template_value){0};
}

/* To the one target, the several, or the attribute of a namespace. */
static bool
assign(struct render *render, const struct statement *statement, struct template_value value)
{
	if (render->failed)
		return false;
	if (!statement->attribute.size)
		return assign_targets(render, statement, value);
	struct template_value object = lookup(render, statement->name);
	if (object.type != TEMPLATE_NAMESPACE)
		return render_fail_bytes(render, CODE_THM005, statement->from, statement->to,
		                         "`%.*s` is no namespace; only those can be given attributes",
		                         STR_ARG(statement->name));
	template_put_str(render->arena, object, statement->attribute, value);
	return true;
}

struct str
render_capture(struct render *render, const statement_vec *statements)
{
	struct buf captured = {0}, *out = render->out;
	bool was_muted = render->is_muted;
	render->out = &captured;
	render->is_muted = false;
	render_statements(render, statements);
	render->out = out;
	render->is_muted = was_muted;
	return render_take(render, &captured);
}

static bool
check_output(struct render *render, const struct statement *statement)
{
	if (render->out->size > TEMPLATE_TEXT_MAX)
		return render_fail_bytes(render, CODE_THM004, statement->from, statement->to,
		                         "page is larger than %zu MiB", TEMPLATE_TEXT_MAX >> 20);
	return !render->failed;
}

static bool
render_data(struct render *render, const struct statement *statement)
{
	if (render->is_muted)
		return true;
	buf_add_str(render->out, statement->name);
	return check_output(render, statement) && render_step(render, statement->name.size / 16);
}

static bool
render_print(struct render *render, const struct statement *statement)
{
	if (render->is_muted)
		return true;
	struct template_value value = eval(render, statement->value);
	render->expression = statement->value;
	if (!render->failed)
		value_print(render, render->out, value);
	return check_output(render, statement);
}

static bool
render_if(struct render *render, const struct statement *statement)
{
	for (size_t i = 0; i < statement->branches.count && !render->failed; i++) {
		const struct branch *branch = &statement->branches.items[i];
		bool is_taken = !branch->condition;
		if (branch->condition) {
			struct template_value value = eval(render, branch->condition);
			render->expression = branch->condition;
			is_taken = !render->failed && value_is_true(render, value);
		}
		if (is_taken && !render->failed)
			return render_statements(render, &branch->body);
	}
	return !render->failed;
}

/* The items that the loop's `if` lets through. */
static struct template_list *
select_items(struct render *render, const struct statement *statement, struct template_list *all)
{
	struct template_list *kept = arena_new(render->arena, struct template_list);
	struct frame *outer = render->frame;
	struct frame *inner = render_push(render, outer);
	for (size_t i = 0; i < all->items.count && render_step(render, 1); i++) {
		inner->variables.count = 0;
		if (!assign_targets(render, statement, all->items.items[i]))
			break;
		struct template_value value = eval(render, statement->condition);
		render->expression = statement->condition;
		if (!render->failed && value_is_true(render, value))
			vec_push(render->arena, &kept->items, all->items.items[i]);
	}
	render->frame = outer;
	return kept;
}

static bool
render_loop(struct render *render, const struct statement *statement, struct template_list *items)
{
	struct loop *loop = arena_new(render->arena, struct loop);
	*loop = (struct loop){.items = items};
	struct frame *outer = render->frame;
	struct frame *inner = render_push(render, outer);
	for (; loop->index < items->items.count && render_step(render, 1); loop->index++) {
		inner->variables.count = 0;
		if (statement->uses_loop)
			render_assign(render, STR("loop"), (struct template_value){.type = TEMPLATE_LOOP, .as.internal = loop});
		if (!assign_targets(render, statement, items->items.items[loop->index]) ||
		    !render_statements(render, &statement->body))
			break;
	}
	render->frame = outer;
	return !render->failed;
}

static bool
render_for(struct render *render, const struct statement *statement)
{
	struct template_value value = eval(render, statement->value);
	render->expression = statement->value;
	struct template_list *items = render->failed ? NULL : value_items(render, value);
	if (items && statement->condition)
		items = select_items(render, statement, items);
	if (render->failed)
		return false;
	if (items->items.count)
		return render_loop(render, statement, items);
	struct frame *outer = render->frame;
	render_push(render, outer);
	render_statements(render, &statement->other);
	render->frame = outer;
	return !render->failed;
}

static bool
render_set(struct render *render, const struct statement *statement)
{
	return assign(render, statement, eval(render, statement->value));
}

/* What BODY prints in a scope of its own, through the filters of VALUE if there are any. */
static struct template_value
capture_filtered(struct render *render, const statement_vec *body, const struct expression *value)
{
	struct frame *outer = render->frame;
	render_push(render, outer);
	struct template_value captured = template_html(render_capture(render, body));
	render->frame = outer;
	if (!value || render->failed)
		return captured;
	const struct expression *chain[TEMPLATE_EXPRESSION_DEPTH_MAX];
	size_t count = 0;
	for (; value; value = value->left)
		chain[count++] = value;
	while (count-- && !render->failed) {
		struct arguments arguments;
		if (!eval_arguments(render, chain[count], &arguments))
			break;
		render->expression = chain[count];
		captured = filter_apply(render, chain[count]->filter, captured, &arguments);
	}
	return render->failed ? captured : template_html(value_text(render, captured));
}

static bool
render_set_block(struct render *render, const struct statement *statement)
{
	struct template_value value = capture_filtered(render, &statement->body, statement->value);
	return assign(render, statement, value);
}

static bool
render_filter_block(struct render *render, const struct statement *statement)
{
	struct template_value value = capture_filtered(render, &statement->body, statement->value);
	if (!render->failed && !render->is_muted)
		value_print(render, render->out, value);
	return check_output(render, statement);
}

static bool
render_with(struct render *render, const struct statement *statement)
{
	struct frame *outer = render->frame;
	struct frame *inner = render_push(render, outer);
	for (size_t i = 0; i < statement->values.count && !render->failed; i++) {
		render->frame = outer;
		struct template_value value = eval(render, statement->values.items[i]);
		render->frame = inner;
		render_assign(render, statement->targets.items[i], value);
	}
	render_statements(render, &statement->body);
	render->frame = outer;
	return !render->failed;
}

const struct block *
render_find_block(const struct instance *instance, struct str name, const struct template *behind)
{
	const struct template *template = behind ? behind->parent : instance->template;
	for (; template; template = template->parent) {
		const struct block *block = map_get(&template->blocks, name);
		if (block)
			return block;
	}
	return NULL;
}

static bool
enter_include(struct render *render, size_t from, size_t to)
{
	if (render->includes >= TEMPLATE_INCLUDE_MAX)
		return render_fail_bytes(render, CODE_THM004, from, to,
		                         "includes, imports and blocks are nested more than %d deep", TEMPLATE_INCLUDE_MAX);
	render->includes++;
	return true;
}

bool
render_block(struct render *render, const struct block *block, struct frame *parent)
{
	struct render before = *render;
	render->template = block->owner;
	render->block = (struct block_place){block->name, block->owner};
	render->is_muted = false;
	render_push(render, parent);
	render_statements(render, &block->body);
	render->template = before.template;
	render->block = before.block;
	render->is_muted = before.is_muted;
	render->frame = before.frame;
	return !render->failed;
}

static bool
render_block_statement(struct render *render, const struct statement *statement)
{
	if (render->is_muted)
		return true;
	const struct block *block = render_find_block(render->instance, statement->block->name, NULL);
	if (!enter_include(render, statement->from, statement->to))
		return false;
	render_block(render, block, statement->block->is_scoped ? render->frame : render->instance->root);
	render->includes--;
	return !render->failed;
}

/* The body of the instance's template and, from `extends` on, those of its parents. */
static bool
render_instance(struct render *render, struct instance *instance)
{
	struct render before = *render;
	render->instance = instance;
	render->frame = instance->root;
	render->is_muted = false;
	render->block = (struct block_place){0};
	for (const struct template *template = instance->template; template && !render->failed;
	     template = template->parent) {
		render->template = template;
		render->is_muted = false;
		if (template->is_broken)
			render_fail_bytes(render, CODE_THM001, 0, 0, "template `%.*s` has mistakes", STR_ARG(template->name));
		render_statements(render, &template->body);
	}
	render->template = before.template;
	render->instance = before.instance;
	render->frame = before.frame;
	render->is_muted = before.is_muted;
	render->block = before.block;
	return !render->failed;
}

static bool
render_extends(struct render *render, const struct statement *statement)
{
	(void)statement;
	render->is_muted = true;
	return true;
}

/* Renders what STATEMENT includes or imports; the instance holds the names that it defined. */
static struct instance *
render_link(struct render *render, const struct statement *statement)
{
	struct instance *instance = arena_new(render->arena, struct instance);
	instance->template = statement->included;
	instance->root = arena_new(render->arena, struct frame);
	instance->root->parent = statement->with_context ? render->frame : NULL;
	if (!enter_include(render, statement->from, statement->to))
		return NULL;
	render_instance(render, instance);
	render->includes--;
	if (!render->failed)
		return instance;
	render_trace(render, render->template, statement->from, statement->to, "included from here");
	return NULL;
}

static bool
render_include(struct render *render, const struct statement *statement)
{
	return !statement->included || render_link(render, statement);
}

/* Its output goes nowhere. */
static struct instance *
import(struct render *render, const struct statement *statement)
{
	struct buf lost = {0}, *out = render->out;
	render->out = &lost;
	struct instance *instance = render_link(render, statement);
	render->out = out;
	buf_release(&lost);
	return instance;
}

static bool
render_import(struct render *render, const struct statement *statement)
{
	struct instance *instance = import(render, statement);
	if (!instance)
		return false;
	render_assign(render, statement->targets.items[0],
	              (struct template_value){.type = TEMPLATE_MODULE, .as.internal = instance});
	return true;
}

static bool
render_from(struct render *render, const struct statement *statement)
{
	struct instance *instance = import(render, statement);
	for (size_t i = 0; instance && i < statement->names.count; i++) {
		struct template_value module = {.type = TEMPLATE_MODULE, .as.internal = instance};
		struct template_value value = eval_item(render, module, template_string(statement->names.items[i]));
		render_assign(render, statement->targets.items[i], value);
	}
	return !render->failed;
}

static struct template_value
close_macro(struct render *render, const struct macro *macro)
{
	struct closure *closure = arena_new(render->arena, struct closure);
	*closure = (struct closure){macro, render->frame, render->instance};
	return (struct template_value){.type = TEMPLATE_MACRO, .as.internal = closure};
}

static bool
render_macro(struct render *render, const struct statement *statement)
{
	render_assign(render, statement->macro->name, close_macro(render, statement->macro));
	return true;
}

static bool
render_call_block(struct render *render, const struct statement *statement)
{
	if (render->is_muted)
		return true;
	struct template_value value = eval_call(render, statement->value, close_macro(render, statement->macro));
	if (!render->failed)
		value_print(render, render->out, value);
	return check_output(render, statement);
}

static bool (*const renderers[STATEMENT_KINDS])(struct render *, const struct statement *) = {
	[STATEMENT_DATA] = render_data,
	[STATEMENT_PRINT] = render_print,
	[STATEMENT_IF] = render_if,
	[STATEMENT_FOR] = render_for,
	[STATEMENT_SET] = render_set,
	[STATEMENT_CAPTURE] = render_set_block,
	[STATEMENT_WITH] = render_with,
	[STATEMENT_BLOCK] = render_block_statement,
	[STATEMENT_EXTENDS] = render_extends,
	[STATEMENT_INCLUDE] = render_include,
	[STATEMENT_IMPORT] = render_import,
	[STATEMENT_FROM] = render_from,
	[STATEMENT_MACRO] = render_macro,
	[STATEMENT_CALL] = render_call_block,
	[STATEMENT_FILTER] = render_filter_block,
};

bool
render_statements(struct render *render, const statement_vec *statements)
{
	if (!render_enter(render, render->expression))
		return false;
	for (size_t i = 0; i < statements->count && render_step(render, 1); i++)
		renderers[statements->items[i]->kind](render, statements->items[i]);
	render_leave(render);
	return !render->failed;
}

static bool
fail_without_template(struct str name, struct diag_list *diags)
{
	diag_add(diags, CODE_THM003, (struct span){0}, (struct str){0}, "there is no template `%.*s`", STR_ARG(name));
	return false;
}

bool
template_render(const struct template_set *set, struct str name, struct template_value context,
                struct arena *scratch, struct buf *out, struct diag_list *diags)
{
	const struct template *template = map_get(&set->templates, name);
	if (!template)
		return fail_without_template(name, diags);
	struct buf page = {0};
	struct render render = {.arena = scratch, .out = &page, .diags = diags, .template = template};
	render.used_before = scratch->used;
	struct frame *globals = render_push(&render, NULL);
	globals->context = context.type == TEMPLATE_MAP ? context.as.map : NULL;
	struct instance *instance = arena_new(scratch, struct instance);
	*instance = (struct instance){template, render_push(&render, globals)};
	bool is_rendered = render_instance(&render, instance);
	if (is_rendered)
		buf_add_str(out, buf_str(&page));
	buf_release(&page);
	return is_rendered;
}
