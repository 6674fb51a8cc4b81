/* Renders templates for run_jinja.py: a JSON array of {"templates": {name: text}, "context": {…}} on standard
 * input, a JSON array of {"output"} or {"refused": "path:line:column: CODE message"} on standard output. The
 * template `main` is rendered; {"__html__": text} in a context is HTML. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "site/template.h"

static struct template_value
value_of(struct arena *arena, const json_t *json)
{
	struct template_value value;
	switch (json_typeof(json)) {
	case JSON_TRUE: return template_bool(true);
	case JSON_FALSE: return template_bool(false);
	case JSON_INTEGER: return template_int(json_integer_value(json));
	case JSON_REAL: return template_number(json_real_value(json));
	case JSON_STRING: return template_string((struct str){json_string_value(json), json_string_length(json)});
	case JSON_ARRAY:
		value = template_list(arena);
		for (size_t i = 0; i < json_array_size(json); i++)
			template_push(arena, value, value_of(arena, json_array_get(json, i)));
		return value;
	case JSON_OBJECT: break;
	default: return template_none();
	}
	const json_t *html = json_object_get(json, "__html__");
	if (html)
		return template_html(str_from(json_string_value(html)));
	value = template_map(arena);
	const char *key;
	json_t *entry;
	json_object_foreach((json_t *)json, key, entry)
		template_put(arena, value, key, value_of(arena, entry));
	return value;
}

static bool
add_templates(struct arena *arena, struct template_set *set, json_t *templates, struct diag_list *diags)
{
	bool is_good = true;
	const char *name;
	json_t *text;
	json_object_foreach(templates, name, text) {
		struct source *source = arena_new(arena, struct source);
		*source = (struct source){str_from(name), {json_string_value(text), json_string_length(text)}};
		is_good &= template_set_add(set, str_from(name), source, diags);
	}
	return template_set_link(set, diags) && is_good;
}

static json_t *
refusal(struct arena *arena, const struct diag_list *diags)
{
	const struct diag *diag = diags->items.items[0];
	struct str path = diag->span.source ? diag->span.source->path : STR("?");
	struct str text = str_printf(arena, "%.*s:%u:%u: %s %.*s", STR_ARG(path), diag->span.line, diag->span.column,
	                             code_text(diag->code)->code, STR_ARG(diag->message));
	return json_pack("{s:s%}", "refused", text.data, text.size);
}

static json_t *
render_case(json_t *json)
{
	struct arena arena, scratch;
	arena_init(&arena);
	arena_init(&scratch);
	struct template_set set;
	struct diag_list diags;
	struct buf out = {0};
	template_set_init(&set, &arena);
	diag_list_init(&diags, &arena);
	json_t *context = json_object_get(json, "context"), *result;
	bool is_good = add_templates(&arena, &set, json_object_get(json, "templates"), &diags) &&
	               template_render(&set, STR("main"), value_of(&arena, context), &scratch, &out, &diags);
	if (is_good)
		result = json_pack("{s:s%}", "output", out.data ? out.data : "", out.size);
	else
		result = refusal(&arena, &diags);
	buf_release(&out);
	arena_release(&scratch);
	arena_release(&arena);
	return result;
}

int
main(void)
{
	json_error_t error;
	json_t *cases = json_loadf(stdin, 0, &error);
	if (!cases) {
		fprintf(stderr, "template_render: %s\n", error.text);
		return 2;
	}
	json_t *results = json_array();
	for (size_t i = 0; i < json_array_size(cases); i++)
		json_array_append_new(results, render_case(json_array_get(cases, i)));
	json_dumpf(results, stdout, JSON_COMPACT);
	json_decref(results);
	json_decref(cases);
	return 0;
}
