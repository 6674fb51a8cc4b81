#include "export/schema_text.h"

#include <string.h>

#include "export/json.h"

void
schema_text_accepts(struct buf *out, const struct field *field)
{
	bool list = field->flags & FIELD_LIST;
	if (list)
		buf_add_c(out, "list: ");
	if (field->type == FIELD_CHOICE) {
		for (size_t i = 0; i < field->choices->count; i++)
			buf_printf(out, "%s%s", i ? ", " : "", field->choices->choices[i].text);
		return;
	}
	buf_add_c(out, field_type_name(field->type));
	if (field->type == FIELD_REF) {
		struct str rest = str_from(field->detail), name;
		for (bool first = true; str_split(&rest, ' ', &name); first = false)
			buf_printf(out, "%s%.*s", first ? " to " : " or ", STR_ARG(name));
	}
	if (field->type == FIELD_PART)
		buf_printf(out, " (%s, below)", field->detail);
}

static void
add_fields(struct buf *out, const struct kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = kind->fields[i];
		struct buf accepts = {0};
		schema_text_accepts(&accepts, field);
		buf_printf(out, "  %-22s %s%s%s%s\n", field->name, field->help, field->flags & FIELD_REQUIRED ? " (required)" : "",
		           field->clause[0] ? "; " : "", field->clause);
		buf_printf(out, "  %-22s %.*s\n", "", STR_ARG(buf_str(&accepts)));
		if (field->synonyms[0])
			buf_printf(out, "  %-22s also: %s\n", "", field->synonyms);
		buf_release(&accepts);
	}
}

static void
add_parts(struct buf *out, const struct schema *schema, const struct kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct kind *part = kind->fields[i]->type == FIELD_PART ? schema_part(schema, kind->fields[i]) : NULL;
		if (!part)
			continue;
		buf_printf(out, "\nEach item of %s: %s\n\n", kind->fields[i]->name, part->help);
		add_fields(out, part);
	}
}

void
schema_text_of_kind(struct buf *out, const struct schema *schema, const struct kind *kind)
{
	buf_printf(out, "%s: %s\n", kind->name, kind->help);
	if (kind->clause[0])
		buf_printf(out, "Clause: %s\n", kind->clause);
	buf_printf(out, "\n%s\n\n", kind->form == FORM_DOCUMENT ? "A document; its fields stand in the front matter:"
	                                                        : "A record; its fields stand in a file of its own or in a register's `entries`:");
	add_fields(out, kind);
	add_parts(out, schema, kind);
}

/* ---- a new file ---- */

static void
add_example(struct buf *out, const struct field *field)
{
	if (field->type == FIELD_CHOICE)
		buf_add_c(out, field->choices->choices[0].text);
	else if (field->type == FIELD_BOOL)
		buf_add_c(out, "yes");
}

static void
add_new_field(struct buf *out, const struct field *field)
{
	struct buf accepts = {0};
	schema_text_accepts(&accepts, field);
	buf_printf(out, "%s%s: ", field->flags & FIELD_REQUIRED ? "" : "# ", field->name);
	if (field->flags & FIELD_REQUIRED)
		add_example(out, field);
	buf_printf(out, "%s# %s; %.*s\n", field->flags & FIELD_REQUIRED ? " " : "", field->help, STR_ARG(buf_str(&accepts)));
	buf_release(&accepts);
}

void
schema_text_new(struct buf *out, const struct kind *kind, struct str id)
{
	buf_printf(out, "---\nkind: %s\n", kind->name);
	if (id.size)
		buf_printf(out, "id: %.*s\n", STR_ARG(id));
	buf_add_c(out, "title: \n");
	for (size_t i = 0; i < kind->field_count; i++) {
		const char *name = kind->fields[i]->name;
		bool written = strcmp(name, "kind") == 0 || strcmp(name, "title") == 0 || (id.size && strcmp(name, "id") == 0);
		if (!written)
			add_new_field(out, kind->fields[i]);
	}
	buf_add_c(out, "---\n");
	if (kind->form == FORM_DOCUMENT)
		buf_add_c(out, "\n## Purpose\n\n## Scope\n");
}

/* ---- JSON Schema ---- */

static json_t *
json_of_type(const struct field *field)
{
	switch (field->type) {
	case FIELD_INT: return json_pack("{s:s, s:i}", "type", "integer", "minimum", 0);
	case FIELD_NUMBER: return json_pack("{s:[s,s]}", "type", "number", "string");
	case FIELD_LEVEL: return json_pack("{s:[s,s,s]}", "type", "number", "string", "object");
	case FIELD_BOOL: return json_pack("{s:[s,s]}", "type", "boolean", "string");
	case FIELD_DATE: return json_pack("{s:s, s:s}", "type", "string", "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
	case FIELD_DATETIME: return json_pack("{s:s, s:s}", "type", "string", "format", "date-time");
	case FIELD_PART: return json_pack("{s:o}", "$ref", json_sprintf("#/$defs/part_%s", field->detail));
	case FIELD_MAP: return json_pack("{s:s}", "type", "object");
	default: return json_pack("{s:[s,s]}", "type", "string", "number");
	}
}

static json_t *
json_of_choice(const struct field *field)
{
	json_t *words = json_array();
	for (size_t i = 0; i < field->choices->count; i++)
		json_array_append_new(words, json_string(field->choices->choices[i].text));
	return json_pack("{s:[{s:o}, {s:s}]}", "anyOf", "enum", words, "type", "string");
}

static json_t *
json_of_field(const struct field *field)
{
	json_t *one = field->type == FIELD_CHOICE ? json_of_choice(field) : json_of_type(field);
	json_t *schema = one;
	if (field->flags & FIELD_LIST) {
		json_t *copy = json_deep_copy(one);
		schema = json_pack("{s:[{s:s, s:o}, o]}", "anyOf", "type", "array", "items", one, copy);
	}
	json_object_set_new(schema, "description", json_string(field->help));
	return schema;
}

static json_t *
json_of_fields(const struct kind *kind)
{
	json_t *properties = json_object();
	for (size_t i = 0; i < kind->field_count; i++)
		json_object_set_new(properties, kind->fields[i]->name, json_of_field(kind->fields[i]));
	return properties;
}

static json_t *
json_of_kind(const struct kind *kind)
{
	return json_pack("{s:s, s:s, s:o}", "type", "object", "description", kind->help, "properties", json_of_fields(kind));
}

/* A file of a document kind, or of a record kind: one record, or a register with entries. */
static json_t *
json_of_file(const struct schema *schema, const struct kind *kind)
{
	json_t *object = json_of_kind(kind), *properties = json_object_get(object, "properties");
	if (kind->form == FORM_RECORD) {
		json_t *common = json_of_fields(schema->kinds[KIND_register]);
		json_object_update_missing(properties, common);
		json_decref(common);
		json_object_set_new(properties, "entries",
		                    json_pack("{s:[{s:s, s:{s:o}}, {s:s}, {s:s}]}", "anyOf", "type", "array", "items", "$ref",
		                              json_sprintf("#/$defs/%s", kind->name), "type", "object", "const", "table"));
		json_object_set_new(properties, "document", json_pack("{s:s}", "type", "object"));
	}
	json_object_set_new(properties, "kind", json_pack("{s:s}", "const", kind->name));
	json_object_set_new(object, "required", json_pack("[s]", "kind"));
	json_object_set_new(object, "patternProperties", json_pack("{s:{}}", "^x-"));
	return object;
}

json_t *
schema_json(const struct schema *schema)
{
	json_t *definitions = json_object(), *files = json_array();
	for (size_t i = 0; i < schema->kind_count; i++) {
		const struct kind *kind = schema->kinds[i];
		if (kind->form == FORM_PART) {
			struct arena scratch = {0};
			struct str name = str_printf(&scratch, "part_%.*s", STR_ARG(schema_fold(&scratch, str_from(kind->name))));
			json_object_set_new(definitions, name.data, json_of_kind(kind));
			arena_release(&scratch);
			continue;
		}
		if (kind->form == FORM_RECORD)
			json_object_set_new(definitions, kind->name, json_of_kind(kind));
		json_array_append_new(files, json_of_file(schema, kind));
	}
	return json_pack("{s:s, s:s, s:o, s:o}", "$schema", "https://json-schema.org/draft/2020-12/schema", "title",
	                 "ismark front matter and registers", "oneOf", files, "$defs", definitions);
}
