#include "model/register_reader.h"

#include "base/path.h"
#include "model/value_words.h"

static const char *const entry_keys[] = {"entries", "soa_template", "example_risk_register", "soa_entries", "records", "register"};

static bool
holds_maps(const struct tree *tree)
{
	if (tree->type == TREE_LIST)
		return tree->items.count && tree->items.items[0]->type == TREE_MAP;
	return tree->type == TREE_MAP && tree->pairs.count && tree->pairs.items[0].value->type == TREE_MAP;
}

const struct tree_pair *
register_find_entries(const struct tree *front, const struct kind *kind)
{
	for (size_t i = 0; front && front->type == TREE_MAP && i < front->pairs.count; i++) {
		const struct tree_pair *pair = &front->pairs.items[i];
		for (size_t k = 0; k < sizeof entry_keys / sizeof *entry_keys; k++)
			if (str_equal(pair->key, str_from(entry_keys[k])))
				return pair;
		bool names_kind = str_equal(pair->key, str_from(kind->plural)) ||
		                  (kind->index == KIND_soa && str_equal(pair->key, STR("controls")));
		if (names_kind && holds_maps(pair->value))
			return pair;
	}
	return NULL;
}

/* ---- ids ---- */

/* The catalogue's control of an SoA entry's key, which may carry the title behind it. */
static struct str
soa_key(struct record_reader *reader, struct record *record, struct str text)
{
	struct control_ref ref = control_ref_parse(reader->arena, &reader->scope, text, CONTROL_REF_BARE);
	if (ref.kind == CONTROL_REF_CONTROL && ref.count == 1) {
		record->control = ref.control;
		if (ref.title.size && !record->values[FIELD_soa_control])
			record_set(reader, record, FIELD_soa_control, tree_new_scalar(reader->arena, ref.title, record->span));
		return ref.control->catalogue == reader->config->catalogue
		           ? ref.control->id
		           : str_printf(reader->arena, "%.*s:%.*s", STR_ARG(ref.control->catalogue->name), STR_ARG(ref.control->id));
	}
	return id_fold(reader->arena, text);
}

static void
report_id(struct record_reader *reader, const struct record *record)
{
	if (!record->has_id || id_is_valid(record->id) || record->kind->index == KIND_soa)
		return;
	struct diag *diag = diag_add(reader->diags, CODE_FM008, record->span, record->subject, "`%.*s` cannot be an id",
	                             STR_ARG(record->id));
	diag_hint(reader->diags, diag, "start with a letter or digit and use letters, digits, `.`, `_` and `-`");
}

static void
report_no_id(struct record_reader *reader, const struct record *record)
{
	if (reader->document->broken)
		return;
	struct diag *diag = diag_add(reader->diags, CODE_FM010, record->span, record->subject, "%s without `id`", record->kind->name);
	diag_hint(reader->diags, diag, "add `id:` (an identifier that is unique over the site)");
}

void
register_finish_record(struct record_reader *reader, struct document *document, struct record *record, struct str id_text)
{
	id_text = str_trim(id_text);
	record->has_id = id_text.size > 0;
	if (record->values[FIELD_record_id])
		record->span = record->values[FIELD_record_id]->span;
	if (record->has_id) {
		record->id = record->kind->index == KIND_soa ? soa_key(reader, record, id_text) : id_fold(reader->arena, id_text);
		record->subject = record->id;
	}
	if (record->kind->index == KIND_soa)
		record->subject = str_printf(reader->arena, "%.*s/%.*s", STR_ARG(document->self->id), STR_ARG(record->id));
	report_id(reader, record);
	if (!record->has_id && document->form == DOCUMENT_REGISTER)
		report_no_id(reader, record);
	record_name(reader, record);
	record_check_required(reader, record);
	vec_push(reader->arena, &document->records, record);
}

/* ---- entries ---- */

static void
read_entry(struct record_reader *reader, struct document *document, const struct tree *map, struct str key, struct span key_span)
{
	struct record *record = record_new(reader->arena, document->records_kind, document, map->span);
	const struct tree *id = tree_get(map, STR("id"));
	record->span.end_line = record->span.line;
	record->span.end_column = record->span.column + 1;
	record->id = str_printf(reader->arena, "%.*s#entries[%zu]", STR_ARG(document->self->id), document->records.count + 1);
	record->subject = key.size ? key : id && id->type == TREE_SCALAR ? id_fold(reader->arena, id->text) : record->id;
	if (key_span.source)
		record->span = key_span;
	for (size_t i = 0; i < map->pairs.count; i++)
		if (!record_read_pair(reader, record, &map->pairs.items[i]))
			record_unknown_key(reader, record->kind, &map->pairs.items[i]);
	struct str written = record_text(record, FIELD_record_id);
	register_finish_record(reader, document, record, written.size ? written : key);
}

static bool
all_are_maps(const struct tree *map)
{
	for (size_t i = 0; i < map->pairs.count; i++)
		if (map->pairs.items[i].value->type != TREE_MAP)
			return false;
	return map->type == TREE_MAP && map->pairs.count > 0;
}

/* Maps of maps are a group, unless every key is a field: then it is an entry whose fields are maps. */
static bool
is_group(const struct tree *map, const struct kind *kind)
{
	if (!all_are_maps(map))
		return false;
	for (size_t i = 0; i < map->pairs.count; i++)
		if (kind_field(kind, map->pairs.items[i].key) < 0)
			return true;
	return false;
}

static void
not_an_entry(struct record_reader *reader, struct span span, const struct kind *kind)
{
	struct diag *diag = diag_add(reader->diags, CODE_FM014, span, STR(""), "an entry of a %s register is a map of fields",
	                             kind->name);
	diag_hint(reader->diags, diag, "write `- id: …` with the fields below it");
}

static void
read_entry_pair(struct record_reader *reader, struct document *document, const struct tree_pair *pair)
{
	const struct kind *kind = document->records_kind;
	if (pair->value->type == TREE_MAP && is_group(pair->value, kind)) {
		for (size_t i = 0; i < pair->value->pairs.count; i++) {
			const struct tree_pair *entry = &pair->value->pairs.items[i];
			read_entry(reader, document, entry->value, entry->key, entry->key_span);
		}
	} else if (pair->value->type == TREE_MAP) {
		read_entry(reader, document, pair->value, pair->key, pair->key_span);
	} else if (tree_is_absent(pair->value)) {
		read_entry(reader, document, tree_new_map(reader->arena, pair->key_span), pair->key, pair->key_span);
	} else {
		not_an_entry(reader, pair->key_span, kind);
	}
}

static void
read_tables(struct record_reader *reader, struct document *document, struct span span)
{
	bool found = false;
	for (size_t i = 0; document->facts && i < document->facts->tables.count; i++)
		found |= register_read_table(reader, document, &document->facts->tables.items[i], NULL, false);
	if (found)
		return;
	struct diag *diag = diag_add(reader->diags, CODE_FM014, span, STR(""),
	                             "no table of the text has a column for the id and one for another field of %s",
	                             document->records_kind->name);
	diag_hint(reader->diags, diag, "name the columns after fields; `ismark explain %s` lists them", document->records_kind->name);
}

void
register_read_entries(struct record_reader *reader, struct document *document, const struct tree *entries)
{
	if (entries->type == TREE_SCALAR && str_equal_ignore_case(str_trim(entries->text), STR("table"))) {
		read_tables(reader, document, entries->span);
	} else if (entries->type == TREE_LIST) {
		for (size_t i = 0; i < entries->items.count; i++) {
			const struct tree *item = entries->items.items[i];
			if (item->type == TREE_MAP)
				read_entry(reader, document, item, STR(""), (struct span){0});
			else
				not_an_entry(reader, item->span, document->records_kind);
		}
	} else if (entries->type == TREE_MAP) {
		for (size_t i = 0; i < entries->pairs.count; i++)
			read_entry_pair(reader, document, &entries->pairs.items[i]);
	} else if (!tree_is_absent(entries)) {
		struct diag *diag = diag_add(reader->diags, CODE_FM014, entries->span, STR(""),
		                             "`entries` holds neither a list nor a map nor the word `table`");
		diag_hint(reader->diags, diag, "write the entries below it, or `entries: table` for a table of the text");
	}
}

/* ---- tables ---- */

const struct tree *
register_take_columns(struct tree *sidecar)
{
	if (!sidecar || sidecar->type != TREE_MAP)
		return NULL;
	for (size_t i = 0; i < sidecar->pairs.count; i++) {
		if (!str_equal(sidecar->pairs.items[i].key, STR("columns")))
			continue;
		const struct tree *columns = sidecar->pairs.items[i].value;
		for (size_t j = i + 1; j < sidecar->pairs.count; j++)
			sidecar->pairs.items[j - 1] = sidecar->pairs.items[j];
		sidecar->pairs.count--;
		return columns;
	}
	return NULL;
}

static int
column_field(const struct kind *kind, struct str header, const struct tree *columns)
{
	const struct tree *mapped = tree_get(columns, header);
	if (mapped && mapped->type == TREE_SCALAR)
		return kind_field(kind, str_trim(mapped->text));
	return header.size ? kind_field(kind, header) : -1;
}

static void
report_column(struct record_reader *reader, const struct kind *kind, const struct cell *cell)
{
	struct tree_pair pair = {.key = cell->text, .key_span = cell->span};
	record_unknown_key(reader, kind, &pair);
}

/* The field of each column; a field that two columns claim is the first one's. */
static int *
map_columns(struct record_reader *reader, const struct kind *kind, const struct table *table, const struct tree *columns,
            bool report)
{
	size_t count = table->header.cells.count;
	int *fields = arena_array(reader->arena, int, count);
	bool *taken = arena_array(reader->arena, bool, kind->field_count);
	for (size_t i = 0; i < count; i++) {
		const struct cell *cell = &table->header.cells.items[i];
		fields[i] = column_field(kind, cell->text, columns);
		if (fields[i] >= 0 && taken[fields[i]])
			fields[i] = -1;
		else if (fields[i] >= 0)
			taken[fields[i]] = true;
		else if (report)
			report_column(reader, kind, cell);
	}
	return fields;
}

static size_t
key_column(const int *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i] == FIELD_record_id)
			return i;
	return count;
}

static bool
is_summary_word(struct str text)
{
	static const char *const words[] = {"total", "totals", "sum", "summary", "summe", "gesamt"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_equal_ignore_case(text, str_from(words[i])))
			return true;
	return false;
}

/* A heading inside the table: nothing but the key's cell is filled. */
static bool
is_section_row(const struct row *row, size_t key)
{
	for (size_t i = 0; i < row->cells.count; i++)
		if (i != key && row->cells.items[i].text.size)
			return false;
	return true;
}

static bool
is_key(struct record_reader *reader, const struct kind *kind, struct str text)
{
	if (is_summary_word(text))
		return false;
	if (kind->index != KIND_soa)
		return id_is_valid(id_fold(reader->arena, text)) && !text_is_placeholder(text);
	struct control_ref ref = control_ref_parse(reader->arena, &reader->scope, text, CONTROL_REF_BARE);
	return ref.kind == CONTROL_REF_CONTROL || ref.kind == CONTROL_REF_OTHER_EDITION || ref.kind == CONTROL_REF_UNKNOWN ||
	       (ref.kind == CONTROL_REF_NOT_CONTROL && id_is_valid(id_fold(reader->arena, text)) && !text_is_placeholder(text));
}

static void
leave_out_row(struct record_reader *reader, const struct row *row)
{
	struct span span = row->cells.items[0].span;
	struct diag *diag = diag_add(reader->diags, CODE_FM015, span, STR(""), "this row has no id and is no record");
	diag_hint(reader->diags, diag, "give it an id, or leave it as a section or summary row");
}

static void
read_row(struct record_reader *reader, struct document *document, const struct table *table, const struct row *row,
         const int *fields, size_t key)
{
	const struct cell *id = &row->cells.items[key];
	struct record *record = record_new(reader->arena, document->records_kind, document, id->span);
	record->id = str_printf(reader->arena, "%.*s#entries[%zu]", STR_ARG(document->self->id), document->records.count + 1);
	record->subject = id_fold(reader->arena, id->text);
	document->broken |= row->misfit;
	for (size_t i = 0; i < table->header.cells.count; i++) {
		const struct cell *cell = &row->cells.items[i];
		if (fields[i] < 0 || i == key || row->misfit)
			continue;
		struct tree *value = tree_new_scalar(reader->arena, cell->text, cell->span);
		record_set(reader, record, fields[i], value);
	}
	register_finish_record(reader, document, record, id->text);
}

bool
register_read_table(struct record_reader *reader, struct document *document, const struct table *table,
                    const struct tree *columns, bool report_columns)
{
	const struct kind *kind = document->records_kind;
	size_t count = table->header.cells.count, mapped = 0;
	int *fields = map_columns(reader, kind, table, columns, false);
	size_t key = key_column(fields, count);
	for (size_t i = 0; i < count; i++)
		mapped += fields[i] >= 0;
	if (report_columns)
		fields = map_columns(reader, kind, table, columns, true);
	if (key == count || mapped < 2) {
		if (!report_columns)
			return false;
		struct diag *diag = diag_add(reader->diags, CODE_FM014, table->header.span, STR(""),
		                             "the header has no column for the id of a %s and one more field", kind->name);
		diag_hint(reader->diags, diag, "name a column `id`, or map it in the file's `.csv.yaml` under `columns`");
		return false;
	}
	for (size_t i = 0; i < table->rows.count; i++) {
		const struct row *row = &table->rows.items[i];
		if (!is_section_row(row, key) && is_key(reader, kind, row->cells.items[key].text))
			read_row(reader, document, table, row, fields, key);
		else
			leave_out_row(reader, row);
	}
	return true;
}
