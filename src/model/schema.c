#include "model/schema.h"

#include <string.h>

enum { REQUIRED = FIELD_REQUIRED, LIST = FIELD_LIST, MAIN = FIELD_MAIN };

/* The words of each choice list. */
#define CHOICES(list) static const struct choice choices_of_##list[] = {
#define CHOICE(list, name, text, synonyms) {text, synonyms},
#define CHOICES_END(list) };
#include "model/schema.def"

static const struct choice_list choice_lists[] = {
#define CHOICES(list) {#list, choices_of_##list, sizeof choices_of_##list / sizeof *choices_of_##list},
#include "model/schema.def"
};

/* The fields of each kind, ended by one without a name. */
#define KIND(name, ...) static const struct field fields_of_##name[] = {
#define FIELD(kind, name, type, flags, detail, clause, help, synonyms) \
	{#name, FIELD_##type, flags, detail, clause, help, synonyms, NULL},
#define KIND_END(kind) {0}};
#include "model/schema.def"

static const struct {
	struct kind kind;
	const struct field *fields;
} built_in[] = {
#define KIND(id, text, plural, form, clause, help, synonyms) \
	[KIND_##id] = {{text, plural, FORM_##form, clause, help, synonyms, KIND_##id, NULL, 0}, fields_of_##id},
#include "model/schema.def"
};

/* '-', '_' and blanks are one, and so are the cases of ASCII letters. */
static char
fold(char c)
{
	if (c == '-' || c == ' ')
		return '_';
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
folded_equal(struct str a, struct str b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (fold(a.data[i]) != fold(b.data[i]))
			return false;
	return true;
}

static bool
among_synonyms(const char *synonyms, struct str name)
{
	struct str rest = str_from(synonyms), synonym;
	while (str_split(&rest, '|', &synonym))
		if (synonym.size && folded_equal(synonym, name))
			return true;
	return false;
}

struct str
schema_fold(struct arena *arena, struct str name)
{
	char *copy = arena_copy(arena, name.data, name.size);
	for (size_t i = 0; i < name.size; i++)
		copy[i] = fold(copy[i]);
	return (struct str){copy, name.size};
}

static const struct choice_list *
choice_list_find(const char *name)
{
	for (size_t i = 0; i < sizeof choice_lists / sizeof *choice_lists; i++)
		if (strcmp(choice_lists[i].name, name) == 0)
			return &choice_lists[i];
	return NULL;
}

static size_t
count_fields(const struct field *fields)
{
	size_t count = 0;
	while (fields[count].name)
		count++;
	return count;
}

static size_t
add_fields(struct arena *arena, struct kind *kind, size_t at, const struct field *fields)
{
	for (size_t i = 0; fields[i].name; i++) {
		struct field *field = arena_new(arena, struct field);
		*field = fields[i];
		if (field->type == FIELD_CHOICE)
			field->choices = choice_list_find(field->detail);
		kind->fields[at++] = field;
	}
	return at;
}

static const struct field *
common_fields(enum kind_form form)
{
	static const struct field none[] = {{0}};
	switch (form) {
	case FORM_DOCUMENT: return fields_of_document;
	case FORM_RECORD: return fields_of_record;
	case FORM_PART: break;
	}
	return none;
}

struct schema *
schema_new(struct arena *arena)
{
	struct schema *schema = arena_new(arena, struct schema);
	schema->kind_count = KIND_COUNT;
	schema->kinds = arena_array(arena, struct kind *, KIND_COUNT);
	for (size_t i = 0; i < KIND_COUNT; i++) {
		struct kind *kind = schema->kinds[i] = arena_new(arena, struct kind);
		*kind = built_in[i].kind;
		const struct field *common = common_fields(kind->form);
		kind->fields = arena_array(arena, struct field *, count_fields(common) + count_fields(built_in[i].fields));
		kind->field_count = add_fields(arena, kind, 0, common);
		kind->field_count = add_fields(arena, kind, kind->field_count, built_in[i].fields);
	}
	return schema;
}

const struct kind *
schema_kind(const struct schema *schema, struct str name)
{
	for (size_t i = 0; i < schema->kind_count; i++)
		if (schema->kinds[i]->form != FORM_PART && folded_equal(name, str_from(schema->kinds[i]->name)))
			return schema->kinds[i];
	for (size_t i = 0; i < schema->kind_count; i++) {
		const struct kind *kind = schema->kinds[i];
		if (kind->form != FORM_PART &&
		    (folded_equal(name, str_from(kind->plural)) || among_synonyms(kind->synonyms, name)))
			return kind;
	}
	return NULL;
}

int
kind_field(const struct kind *kind, struct str name)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (folded_equal(name, str_from(kind->fields[i]->name)))
			return (int)i;
	for (size_t i = kind->field_count; i > 0; i--)
		if (among_synonyms(kind->fields[i - 1]->synonyms, name))
			return (int)i - 1;
	return -1;
}

const struct kind *
schema_part(const struct schema *schema, const struct field *field)
{
	for (size_t i = 0; i < schema->kind_count; i++)
		if (schema->kinds[i]->form == FORM_PART && folded_equal(str_from(field->detail), str_from(schema->kinds[i]->name)))
			return schema->kinds[i];
	return NULL;
}

bool
field_targets(const struct field *field, const struct kind *kind)
{
	struct str rest = str_from(field->detail), name;
	while (str_split(&rest, ' ', &name))
		if (str_equal(name, STR("any")) || folded_equal(name, str_from(kind->name)))
			return true;
	return false;
}

int
choice_find(const struct choice_list *choices, struct str text)
{
	for (size_t i = 0; i < choices->count; i++)
		if (folded_equal(text, str_from(choices->choices[i].text)))
			return (int)i;
	for (size_t i = 0; i < choices->count; i++)
		if (among_synonyms(choices->choices[i].synonyms, text))
			return (int)i;
	return -1;
}

const char *
field_type_name(enum field_type type)
{
	static const char *const names[] = {
		[FIELD_TEXT] = "text",
		[FIELD_INT] = "whole number",
		[FIELD_NUMBER] = "number",
		[FIELD_LEVEL] = "level",
		[FIELD_BOOL] = "yes or no",
		[FIELD_DATE] = "date",
		[FIELD_DATETIME] = "date and time",
		[FIELD_PERIOD] = "period",
		[FIELD_CHOICE] = "word",
		[FIELD_REF] = "reference",
		[FIELD_CONTROL] = "control",
		[FIELD_CLAUSE] = "clause",
		[FIELD_PART] = "map",
		[FIELD_MAP] = "map of lists",
		[FIELD_FILE] = "file",
		[FIELD_URL] = "URL",
	};
	return names[type];
}

struct str
kind_nearest_field(struct arena *arena, const struct kind *kind, struct str name)
{
	str_vec names = {0};
	for (size_t i = 0; i < kind->field_count; i++) {
		struct str rest = str_from(kind->fields[i]->synonyms), synonym;
		vec_push(arena, &names, str_from(kind->fields[i]->name));
		while (str_split(&rest, '|', &synonym))
			if (synonym.size > 3)
				vec_push(arena, &names, synonym);
	}
	struct str nearest = str_nearest(schema_fold(arena, name), names.items, names.count);
	int field = nearest.size ? kind_field(kind, nearest) : -1;
	return field < 0 ? STR("") : str_from(kind->fields[field]->name);
}
