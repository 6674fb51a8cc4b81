#include "model/record_reader.h"

#include "model/value_words.h"

void
record_reader_init(struct record_reader *reader, const struct config *config, struct document *document,
                   struct arena *arena, struct diag_list *diags)
{
	*reader = (struct record_reader){
		.config = config,
		.arena = arena,
		.diags = diags,
		.document = document,
		.scope = {config->catalogue, config->catalogues.items + 1, config->catalogues.count - 1},
	};
}

struct record *
record_new(struct arena *arena, const struct kind *kind, struct document *document, struct span span)
{
	struct record *record = arena_new(arena, struct record);
	record->kind = kind;
	record->document = document;
	record->span = span;
	record->values = arena_array(arena, struct value *, kind->field_count);
	return record;
}

bool
id_is_valid(struct str id)
{
	for (size_t i = 0; i < id.size; i++) {
		char c = id.data[i];
		bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter_or_digit && (i == 0 || (c != '.' && c != '_' && c != '-')))
			return false;
	}
	return id.size > 0;
}

struct str
id_fold(struct arena *arena, struct str id)
{
	static const char hyphen[] = "\xE2\x80\x91";
	id = str_trim(id);
	if (!str_contains(id, str_from(hyphen)))
		return id;
	struct buf buf = {0};
	size_t from = 0, at;
	while ((at = str_find(id, str_from(hyphen), from)) != STR_NONE) {
		buf_add_str(&buf, str_slice(id, from, at));
		buf_add_char(&buf, '-');
		from = at + sizeof hyphen - 1;
	}
	buf_add_str(&buf, str_from_index(id, from));
	return buf_take(&buf, arena);
}

bool
record_read_pair(struct record_reader *reader, struct record *record, const struct tree_pair *pair)
{
	int field = kind_field(record->kind, str_trim(pair->key));
	if (field < 0)
		return false;
	if (tree_is_absent(pair->value))
		return true;
	const struct value *before = record->values[field];
	if (before) {
		struct diag *diag = diag_add(reader->diags, CODE_FM003, pair->key_span, record->subject,
		                             "`%s` is set twice, here as `%.*s`", record->kind->fields[field]->name, STR_ARG(pair->key));
		diag_hint(reader->diags, diag, "keep one of them; the first one is used");
		diag_relate(reader->diags, diag, before->span, "the first one is here");
		return true;
	}
	record_set(reader, record, field, pair->value);
	return true;
}

void
record_unknown_key(struct record_reader *reader, const struct kind *kind, const struct tree_pair *pair)
{
	if (str_starts_with(pair->key, STR("x-")) || !pair->key.size)
		return;
	struct diag *diag = diag_add(reader->diags, CODE_FM012, pair->key_span, STR(""), "%s has no field `%.*s`",
	                             kind->name, STR_ARG(pair->key));
	struct str nearest = kind_nearest_field(reader->arena, kind, pair->key);
	if (nearest.size)
		diag_hint(reader->diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(reader->diags, diag, "`ismark explain %s` lists the fields; names that start with `x-` are yours", kind->name);
}

static void
report_missing(struct record_reader *reader, const struct record *record, const struct field *field)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM010, record->span, record->subject, "%s without `%s`",
	                             record->kind->name, field->name);
	diag_hint(reader->diags, diag, "add `%s:` (%s)", field->name, field->help);
}

static void
report_placeholder(struct record_reader *reader, const struct record *record, const struct value *value)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM011, value->span, record->subject,
	                             "`%s` holds the placeholder `%.*s`", value->field->name, STR_ARG(str_trim(value->text)));
	diag_hint(reader->diags, diag, "write the value (%s)", value->field->help);
}

void
record_check_required(struct record_reader *reader, const struct record *record)
{
	for (size_t i = 0; i < record->kind->field_count; i++) {
		const struct field *field = record->kind->fields[i];
		if (!(field->flags & FIELD_REQUIRED))
			continue;
		if (record->values[i] && record->values[i]->state == VALUE_PLACEHOLDER)
			report_placeholder(reader, record, record->values[i]);
		else if (!record->values[i] && !reader->document->broken)
			report_missing(reader, record, field);
	}
}

/* The fields that name a record when it has no title. */
static const char *const naming_fields[] = {"title", "control", "topic", "threat", "what", "area", "item", "description"};

static struct str
first_line(struct str text)
{
	return str_trim(str_slice(text, 0, str_find_char(text, '\n', 0)));
}

void
record_name(struct record_reader *reader, struct record *record)
{
	(void)reader;
	record->title = record->id;
	for (size_t i = 0; i < sizeof naming_fields / sizeof *naming_fields; i++) {
		int field = kind_field(record->kind, str_from(naming_fields[i]));
		struct str text = record_text(record, field);
		if (field >= 0 && str_equal(str_from(record->kind->fields[field]->name), str_from(naming_fields[i])) && text.size) {
			record->title = first_line(text);
			return;
		}
	}
}
