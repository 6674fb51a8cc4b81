#include "export/json.h"

#include "base/utf8.h"

json_t *
json_of_str(struct str text)
{
	struct arena scratch = {0};
	struct str valid = utf8_repair(&scratch, text);
	json_t *string = json_stringn(valid.data ? valid.data : "", valid.size);
	arena_release(&scratch);
	if (!string)
		arena_out_of_memory();
	return string;
}

static void
add_place(json_t *object, struct span span)
{
	json_object_set_new(object, "path", json_of_str(span.source ? span.source->path : STR("")));
	json_object_set_new(object, "line", json_integer(span.line ? span.line : 1));
	json_object_set_new(object, "column", json_integer(span.line ? span.column : 1));
}

static json_t *
json_of_related(const struct diag *diag)
{
	json_t *list = json_array();
	for (size_t i = 0; i < diag->related.count; i++) {
		json_t *item = json_object();
		add_place(item, diag->related.items[i].span);
		json_object_set_new(item, "message", json_of_str(diag->related.items[i].message));
		json_array_append_new(list, item);
	}
	return list;
}

json_t *
json_of_diag(const struct diag *diag)
{
	json_t *object = json_object();
	json_object_set_new(object, "code", json_string(code_text(diag->code)->code));
	json_object_set_new(object, "severity", json_string(severity_name(diag->severity)));
	add_place(object, diag->span);
	json_object_set_new(object, "end_line", json_integer(diag->span.line ? diag->span.end_line : 1));
	json_object_set_new(object, "end_column", json_integer(diag->span.line ? diag->span.end_column : 1));
	json_object_set_new(object, "subject", json_of_str(diag->subject));
	json_object_set_new(object, "message", json_of_str(diag->message));
	json_object_set_new(object, "hint", json_of_str(diag->hint));
	json_object_set_new(object, "related", json_of_related(diag));
	if (diag->suppressed_by)
		json_object_set_new(object, "by", json_of_str(str_from(diag->suppressed_by)));
	return object;
}

static bool
is_shown(const struct json_facts *facts, const struct diag *diag)
{
	return !facts->only.size || (diag->span.source && str_equal(diag->span.source->path, facts->only));
}

static json_t *
json_of_counts(const struct json_facts *facts)
{
	size_t counts[SEVERITY_ERROR + 1] = {0};
	for (size_t i = 0; i < facts->diags->items.count; i++)
		if (is_shown(facts, facts->diags->items.items[i]) && !facts->diags->items.items[i]->suppressed_by)
			counts[facts->diags->items.items[i]->severity]++;
	return json_pack("{s:I, s:I, s:I}", "error", (json_int_t)counts[SEVERITY_ERROR], "warning",
	                 (json_int_t)counts[SEVERITY_WARNING], "note", (json_int_t)counts[SEVERITY_NOTE]);
}

static json_t *
json_of_findings(const struct json_facts *facts, bool suppressed)
{
	json_t *list = json_array();
	for (size_t i = 0; i < facts->diags->items.count; i++) {
		const struct diag *diag = facts->diags->items.items[i];
		if (is_shown(facts, diag) && (diag->suppressed_by != NULL) == suppressed)
			json_array_append_new(list, json_of_diag(diag));
	}
	return list;
}

json_t *
json_of_check(const struct json_facts *facts)
{
	struct buf date = {0};
	buf_add_date(&date, facts->site->today);
	json_t *object = json_object();
	json_object_set_new(object, "schema_version", json_integer(1));
	json_object_set_new(object, "tool", json_pack("{s:s, s:s}", "name", "ismark", "version", facts->version));
	json_object_set_new(object, "commit", json_null());
	json_object_set_new(object, "date", json_of_str(buf_str(&date)));
	json_object_set_new(object, "catalogue", json_of_str(facts->site->catalogue->name));
	json_object_set_new(object, "root", json_of_str(facts->site->root));
	json_object_set_new(object, "gate", json_string(severity_name(facts->gate)));
	json_object_set_new(object, "verdict", json_string(facts->passed ? "pass" : "fail"));
	json_object_set_new(object, "counts", json_of_counts(facts));
	json_object_set_new(object, "documents", json_integer((json_int_t)facts->site->documents.count));
	json_object_set_new(object, "findings", json_of_findings(facts, false));
	json_object_set_new(object, "suppressed", json_of_findings(facts, true));
	buf_release(&date);
	return object;
}

static int
append(const char *data, size_t size, void *context)
{
	buf_add(context, data, size);
	return 0;
}

void
json_write(struct buf *out, json_t *value)
{
	if (!value || json_dump_callback(value, append, out, JSON_INDENT(2)) != 0)
		arena_out_of_memory();
	buf_add_char(out, '\n');
	json_decref(value);
}
