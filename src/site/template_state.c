/* What a render counts and how it fails. */
#include "site/template_render.h"

static void
put_failure(struct render *render, enum code code, const struct template *template, size_t from, size_t to,
            struct str message)
{
	if (render->failed)
		return;
	render->failed = true;
	render->diag = diag_add(render->diags, code, template_span(template, from, to), (struct str){0}, "%.*s",
	                        STR_ARG(message));
}

/* Of `a.b.c` it is the last name that fails. */
static size_t
mark_from(const struct expression *at)
{
	if (!at)
		return 0;
	return at->kind == EXPRESSION_ATTRIBUTE ? at->to - at->name.size : at->from;
}

bool
render_fail(struct render *render, enum code code, const struct expression *at, const char *message, ...)
{
	va_list arguments;
	va_start(arguments, message);
	struct str text = str_vprintf(render->arena, message, arguments);
	va_end(arguments);
	put_failure(render, code, render->template, mark_from(at), at ? at->to : 0, text);
	return false;
}

bool
render_fail_bytes(struct render *render, enum code code, size_t from, size_t to, const char *message, ...)
{
	va_list arguments;
	va_start(arguments, message);
	struct str text = str_vprintf(render->arena, message, arguments);
	va_end(arguments);
	put_failure(render, code, render->template, from, to, text);
	return false;
}

static struct str
undefined_message(struct render *render, const struct undefined *undefined)
{
	const char *object = template_type_name(undefined->object);
	switch (undefined->kind) {
	case UNDEFINED_NAME:
		return str_printf(render->arena, "`%.*s` is undefined", STR_ARG(undefined->name));
	case UNDEFINED_ATTRIBUTE:
		return str_printf(render->arena, "%s has no attribute `%.*s`", object, STR_ARG(undefined->name));
	case UNDEFINED_ITEM:
		return str_printf(render->arena, "%s has no such item", object);
	default:
		return undefined->name;
	}
}

static void
push_keys(struct arena *arena, str_vec *names, const struct template_map *map)
{
	for (size_t i = 0; map && i < map->entries.entries.count; i++)
		vec_push(arena, names, map->entries.entries.items[i].key);
}

/* The names that could have stood where the undefined one does. */
static str_vec
undefined_candidates(struct render *render, const struct undefined *undefined)
{
	str_vec names = {0};
	const struct template_value *object = &undefined->object;
	if (object->type == TEMPLATE_MAP || object->type == TEMPLATE_NAMESPACE)
		push_keys(render->arena, &names, object->as.map);
	if (undefined->kind != UNDEFINED_NAME)
		return names;
	for (const struct frame *frame = render->frame; frame; frame = frame->parent) {
		for (size_t i = 0; i < frame->variables.count; i++)
			vec_push(render->arena, &names, frame->variables.items[i].name);
		push_keys(render->arena, &names, frame->context);
	}
	return names;
}

bool
render_fail_undefined(struct render *render, const struct expression *at, struct template_value value)
{
	static const struct undefined unknown = {.kind = UNDEFINED_OTHER, .name = {"value is undefined", 18}};
	const struct undefined *undefined = value.as.internal ? value.as.internal : &unknown;
	if (render->failed)
		return false;
	render_fail(render, CODE_THM002, at, "%.*s", STR_ARG(undefined_message(render, undefined)));
	str_vec names = undefined_candidates(render, undefined);
	struct str near = str_nearest(undefined->name, names.items, names.count);
	if (near.size)
		diag_hint(render->diags, render->diag, "did you mean `%.*s`?", STR_ARG(near));
	return false;
}

enum { TRACE_MAX = 8 };

void
render_trace(struct render *render, const struct template *template, size_t from, size_t to, const char *what)
{
	if (render->diag && render->diag->related.count < TRACE_MAX)
		diag_relate(render->diags, render->diag, template_span(template, from, to), "%s", what);
}

bool
render_step(struct render *render, size_t count)
{
	render->steps += count;
	if (render->failed)
		return false;
	if (render->steps > TEMPLATE_STEPS_MAX)
		return render_fail(render, CODE_THM004, render->expression,
		                   "template does more work than a page may take (%llu steps)",
		                   (unsigned long long)TEMPLATE_STEPS_MAX);
	if (render->arena->used - render->used_before > TEMPLATE_MEMORY_MAX)
		return render_fail(render, CODE_THM004, render->expression,
		                   "template needs more memory than a page may take (%zu MiB)", TEMPLATE_MEMORY_MAX >> 20);
	return true;
}

bool
render_enter(struct render *render, const struct expression *at)
{
	if (render->failed)
		return false;
	if (render->depth >= TEMPLATE_DEPTH_MAX)
		return render_fail(render, CODE_THM004, at, "statements and calls are nested more than %d deep",
		                   TEMPLATE_DEPTH_MAX);
	render->depth++;
	return true;
}

void
render_leave(struct render *render)
{
	render->depth--;
}

struct str
render_take(struct render *render, struct buf *buf)
{
	if (buf->size > TEMPLATE_TEXT_MAX) {
		buf_release(buf);
		render_fail(render, CODE_THM004, render->expression, "text is larger than %zu MiB", TEMPLATE_TEXT_MAX >> 20);
		return STR("");
	}
	struct str text = buf_take(buf, render->arena);
	render_step(render, text.size / 16 + 1);
	return text;
}
