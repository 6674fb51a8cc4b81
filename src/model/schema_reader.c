#include "model/schema_reader.h"

#include <string.h>

enum { KINDS_MAX = 200, FIELDS_MAX = 500 };

struct reader {
	struct schema *schema;
	struct arena *arena;
	schema_reporter report;
	void *context;
};

static void
refuse(const struct reader *reader, struct span span, const char *message, const char *hint)
{
	reader->report(reader->context, span, message, hint);
}

static const char *
text_of(const struct reader *reader, const struct tree *map, const char *key, const char *fallback)
{
	const struct tree *value = tree_get(map, str_from(key));
	return value && value->type == TREE_SCALAR ? str_c(reader->arena, str_trim(value->text)) : fallback;
}

/* One text or a list of texts, joined by SEPARATOR. */
static const char *
joined_of(const struct reader *reader, const struct tree *map, const char *key, char separator)
{
	const struct tree *value = tree_get(map, str_from(key));
	struct buf buf = {0};
	if (value && value->type == TREE_SCALAR)
		buf_add_str(&buf, str_trim(value->text));
	for (size_t i = 0; value && i < value->items.count; i++) {
		if (i)
			buf_add_char(&buf, separator);
		buf_add_str(&buf, str_trim(value->items.items[i]->text));
	}
	return buf_take(&buf, reader->arena).data;
}

static bool
flag_of(const struct tree *map, const char *key)
{
	const struct tree *value = tree_get(map, str_from(key));
	return value && value->type == TREE_SCALAR &&
	       (str_equal_ignore_case(value->text, STR("true")) || str_equal_ignore_case(value->text, STR("yes")));
}

static const struct {
	const char *word;
	enum field_type type;
} type_words[] = {
	{"text", FIELD_TEXT}, {"int", FIELD_INT}, {"number", FIELD_NUMBER}, {"bool", FIELD_BOOL}, {"date", FIELD_DATE},
	{"datetime", FIELD_DATETIME}, {"period", FIELD_PERIOD}, {"choice", FIELD_CHOICE}, {"ref", FIELD_REF},
	{"control", FIELD_CONTROL}, {"clause", FIELD_CLAUSE}, {"file", FIELD_FILE}, {"url", FIELD_URL}, {"map", FIELD_MAP},
};

static bool
find_type(const char *word, enum field_type *type)
{
	for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
		if (strcmp(word, type_words[i].word) == 0) {
			*type = type_words[i].type;
			return true;
		}
	}
	return false;
}

static struct choice_list *
read_choices(const struct reader *reader, const struct tree *tree, const char *name)
{
	struct choice_list *list = arena_new(reader->arena, struct choice_list);
	struct choice *choices = arena_array(reader->arena, struct choice, tree->items.count);
	for (size_t i = 0; i < tree->items.count; i++)
		choices[i] = (struct choice){str_c(reader->arena, str_trim(tree->items.items[i]->text)), ""};
	*list = (struct choice_list){name, choices, tree->items.count};
	return list;
}

static bool
name_is_usable(struct str name)
{
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || (i && c >= '0' && c <= '9')))
			return false;
	}
	return name.size > 0 && name.size <= 64;
}

static bool
read_field(const struct reader *reader, const struct tree_pair *pair, struct field *field)
{
	const struct tree *map = pair->value, *choices = tree_get(map, STR("choices"));
	if (!name_is_usable(pair->key)) {
		refuse(reader, pair->key_span, "a name is made of letters, digits, `_` and `-`", "rename it");
		return false;
	}
	*field = (struct field){
		.name = str_c(reader->arena, pair->key),
		.flags = (flag_of(map, "required") ? (unsigned)FIELD_REQUIRED : 0u) | (flag_of(map, "list") ? (unsigned)FIELD_LIST : 0u),
		.detail = joined_of(reader, map, "targets", ' '),
		.clause = text_of(reader, map, "clause", ""),
		.help = text_of(reader, map, "help", ""),
		.synonyms = joined_of(reader, map, "synonyms", '|'),
	};
	if (!find_type(text_of(reader, map, "type", choices ? "choice" : "text"), &field->type)) {
		refuse(reader, pair->key_span, "the field's type is unknown",
		       "use text, int, number, bool, date, datetime, period, choice, ref, control, clause, file, url or map");
		return false;
	}
	if (field->type == FIELD_CHOICE) {
		if (!choices || choices->type != TREE_LIST || !choices->items.count) {
			refuse(reader, pair->key_span, "a choice needs its words", "add `choices: [one, two]`");
			return false;
		}
		field->choices = read_choices(reader, choices, field->name);
	}
	if (field->type == FIELD_REF && !field->detail[0])
		field->detail = "any";
	return true;
}

static void
add_field(const struct reader *reader, struct kind *kind, const struct tree_pair *pair)
{
	struct field *field = arena_new(reader->arena, struct field);
	if (kind_field(kind, pair->key) >= 0) {
		refuse(reader, pair->key_span, "the kind has a field of this name already", "choose another name");
		return;
	}
	if (kind->field_count >= FIELDS_MAX) {
		refuse(reader, pair->key_span, "a kind has at most 500 fields", "use fewer fields");
		return;
	}
	if (!read_field(reader, pair, field))
		return;
	size_t size = sizeof *kind->fields * kind->field_count;
	kind->fields = arena_grow(reader->arena, kind->fields, size, size + sizeof *kind->fields);
	kind->fields[kind->field_count++] = field;
}

static struct kind *
new_kind(const struct reader *reader, const struct tree_pair *pair)
{
	struct schema *schema = reader->schema;
	bool is_document = strcmp(text_of(reader, pair->value, "form", "record"), "document") == 0;
	const struct kind *model = schema->kinds[is_document ? KIND_page : KIND_checklist];
	size_t common = is_document ? FIELD_COUNT_document : FIELD_COUNT_record;
	struct kind *kind = arena_new(reader->arena, struct kind);
	*kind = (struct kind){
		.name = str_c(reader->arena, pair->key),
		.plural = text_of(reader, pair->value, "plural", str_c(reader->arena, pair->key)),
		.form = is_document ? FORM_DOCUMENT : FORM_RECORD,
		.clause = text_of(reader, pair->value, "clause", ""),
		.help = text_of(reader, pair->value, "help", ""),
		.synonyms = joined_of(reader, pair->value, "synonyms", '|'),
		.index = schema->kind_count,
		.fields = arena_array(reader->arena, struct field *, common),
		.field_count = common,
	};
	memcpy(kind->fields, model->fields, common * sizeof *kind->fields);
	size_t size = schema->kind_count * sizeof *schema->kinds;
	schema->kinds = arena_grow(reader->arena, schema->kinds, size, size + sizeof *schema->kinds);
	schema->kinds[schema->kind_count++] = kind;
	return kind;
}

static void
add_fields(const struct reader *reader, struct kind *kind, const struct tree *fields)
{
	for (size_t i = 0; fields && i < fields->pairs.count; i++)
		add_field(reader, kind, &fields->pairs.items[i]);
}

void
schema_add_kinds(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report, void *context)
{
	struct reader reader = {schema, arena, report, context};
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		if (!name_is_usable(pair->key) || schema_kind(schema, pair->key))
			refuse(&reader, pair->key_span, "the name of a new kind must be unused and made of letters, digits, `_` and `-`",
			       "choose another name; `fields` widens a kind that exists");
		else if (schema->kind_count >= KINDS_MAX)
			refuse(&reader, pair->key_span, "a site has at most 200 kinds", "use fewer kinds");
		else
			add_fields(&reader, new_kind(&reader, pair), tree_get(pair->value, STR("fields")));
	}
}

static struct kind *
kind_of_pair(const struct reader *reader, const struct tree_pair *pair)
{
	const struct kind *kind = schema_kind(reader->schema, pair->key);
	if (!kind)
		refuse(reader, pair->key_span, "there is no kind of this name", "`ismark explain kinds` lists them");
	return kind ? reader->schema->kinds[kind->index] : NULL;
}

void
schema_add_fields(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report, void *context)
{
	struct reader reader = {schema, arena, report, context};
	for (size_t i = 0; i < tree->pairs.count; i++) {
		struct kind *kind = kind_of_pair(&reader, &tree->pairs.items[i]);
		if (kind)
			add_fields(&reader, kind, tree->pairs.items[i].value);
	}
}

static const char *
with_synonym(const struct reader *reader, const char *synonyms, struct str synonym)
{
	return str_printf(reader->arena, "%s%s%.*s", synonyms, synonyms[0] ? "|" : "", STR_ARG(synonym)).data;
}

static void
add_field_synonyms(const struct reader *reader, const struct tree *tree)
{
	for (size_t i = 0; i < tree->pairs.count; i++) {
		struct kind *kind = kind_of_pair(reader, &tree->pairs.items[i]);
		const struct tree *pairs = tree->pairs.items[i].value;
		for (size_t j = 0; kind && j < pairs->pairs.count; j++) {
			const struct tree_pair *pair = &pairs->pairs.items[j];
			int field = pair->value->type == TREE_SCALAR ? kind_field(kind, str_trim(pair->value->text)) : -1;
			if (field < 0) {
				refuse(reader, pair->value->span, "the kind has no field of this name", "`ismark explain KIND` lists the fields");
				continue;
			}
			struct field *widened = arena_new(reader->arena, struct field);
			*widened = *kind->fields[field];
			widened->synonyms = with_synonym(reader, widened->synonyms, pair->key);
			kind->fields[field] = widened;
		}
	}
}

/* Gives every field that uses the list NAME the list CHOICES. */
static void
replace_choices(struct schema *schema, const char *name, const struct choice_list *choices)
{
	for (size_t i = 0; i < schema->kind_count; i++)
		for (size_t j = 0; j < schema->kinds[i]->field_count; j++)
			if (schema->kinds[i]->fields[j]->choices && strcmp(schema->kinds[i]->fields[j]->choices->name, name) == 0)
				schema->kinds[i]->fields[j]->choices = choices;
}

static const struct choice_list *
find_choices(const struct schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->kind_count; i++)
		for (size_t j = 0; j < schema->kinds[i]->field_count; j++)
			if (schema->kinds[i]->fields[j]->choices && strcmp(schema->kinds[i]->fields[j]->choices->name, name) == 0)
				return schema->kinds[i]->fields[j]->choices;
	return NULL;
}

static void
add_value_synonym(const struct reader *reader, const struct choice_list *list, const struct tree_pair *pair)
{
	int at = pair->value->type == TREE_SCALAR ? choice_find(list, str_trim(pair->value->text)) : -1;
	if (at < 0) {
		refuse(reader, pair->value->span, "this is none of the words that the synonym could stand for",
		       "`ismark explain KIND` lists the words");
		return;
	}
	struct choice_list *widened = arena_new(reader->arena, struct choice_list);
	struct choice *choices = arena_array(reader->arena, struct choice, list->count);
	memcpy(choices, list->choices, list->count * sizeof *choices);
	choices[at].synonyms = with_synonym(reader, choices[at].synonyms, pair->key);
	*widened = (struct choice_list){list->name, choices, list->count};
	replace_choices(reader->schema, list->name, widened);
}

static void
add_value_synonyms(const struct reader *reader, const struct tree *tree)
{
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const char *name = schema_fold(reader->arena, tree->pairs.items[i].key).data;
		const struct tree *pairs = tree->pairs.items[i].value;
		if (!find_choices(reader->schema, name))
			refuse(reader, tree->pairs.items[i].key_span, "there is no list of words of this name",
			       "`ismark explain KIND` names the list of each field");
		else
			for (size_t j = 0; j < pairs->pairs.count; j++)
				add_value_synonym(reader, find_choices(reader->schema, name), &pairs->pairs.items[j]);
	}
}

static void
add_kind_synonyms(const struct reader *reader, const struct tree *tree)
{
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		const struct kind *kind = pair->value->type == TREE_SCALAR ? schema_kind(reader->schema, str_trim(pair->value->text)) : NULL;
		if (!kind)
			refuse(reader, pair->value->span, "there is no kind of this name", "`ismark explain kinds` lists them");
		else
			reader->schema->kinds[kind->index]->synonyms = with_synonym(reader, kind->synonyms, pair->key);
	}
}

void
schema_add_synonyms(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report, void *context)
{
	struct reader reader = {schema, arena, report, context};
	for (size_t i = 0; i < tree->pairs.count; i++) {
		const struct tree_pair *pair = &tree->pairs.items[i];
		if (str_equal(pair->key, STR("fields")))
			add_field_synonyms(&reader, pair->value);
		else if (str_equal(pair->key, STR("values")))
			add_value_synonyms(&reader, pair->value);
		else if (str_equal(pair->key, STR("kinds")))
			add_kind_synonyms(&reader, pair->value);
		else
			refuse(&reader, pair->key_span, "synonyms are given for `kinds`, `fields` or `values`", "use one of the three keys");
	}
}

void
schema_set_classification(struct schema *schema, struct arena *arena, const struct tree *tree, schema_reporter report,
                          void *context)
{
	struct reader reader = {schema, arena, report, context};
	if (tree->type != TREE_LIST || tree->items.count < 2 || tree->items.count > 20) {
		refuse(&reader, tree->span, "the levels of classification are a list of 2 to 20 words, lowest first",
		       "write `classification: [public, internal, confidential]`");
		return;
	}
	replace_choices(schema, "classification", read_choices(&reader, tree, "classification"));
}
