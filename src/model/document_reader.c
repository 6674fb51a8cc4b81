#include "model/document_reader.h"

#include "base/path.h"
#include "base/utf8.h"
#include "model/front_matter.h"
#include "model/record_reader.h"
#include "model/register_reader.h"
#include "model/value_reader.h"
#include "text/csv.h"
#include "text/yaml.h"

struct source *
source_new(struct arena *arena, struct str path, struct str bytes, struct diag_list *diags)
{
	struct source *source = arena_new(arena, struct source);
	bool marked = str_starts_with(bytes, STR("\xEF\xBB\xBF"));
	source->path = path;
	source->text = marked ? str_from_index(bytes, 3) : bytes;
	size_t invalid = utf8_first_invalid(source->text);
	if (invalid == STR_NONE)
		return source;
	struct str whole = source->text;
	source->text = utf8_repair(arena, whole);
	struct diag *diag = diag_add(diags, CODE_FM007, span_of_bytes(source, invalid, invalid + 3), STR(""),
	                             "byte %zu (0x%02X) is not part of valid UTF-8", invalid + (marked ? 3 : 0) + 1,
	                             (unsigned char)whole.data[invalid]);
	diag_hint(diags, diag, "save the file as UTF-8");
	return source;
}

static bool
is_markdown(struct str path)
{
	struct str extension = path_extension(path);
	return str_equal_ignore_case(extension, STR(".md")) || str_equal_ignore_case(extension, STR(".markdown"));
}

static bool
is_yaml(struct str path)
{
	struct str extension = path_extension(path);
	return str_equal_ignore_case(extension, STR(".yaml")) || str_equal_ignore_case(extension, STR(".yml"));
}

static bool
is_csv(struct str path)
{
	return str_equal_ignore_case(path_extension(path), STR(".csv"));
}

bool
document_is_input(struct str path)
{
	return is_markdown(path) || is_yaml(path) || is_csv(path);
}

/* ---- document control ---- */

static const struct kind *
kind_by_name(const struct config *config, const struct tree *front, struct diag_list *diags)
{
	const struct tree *value = tree_get(front, STR("kind"));
	if (!value || tree_is_absent(value))
		return NULL;
	if (value->type != TREE_SCALAR) {
		/* "[policy]" counts as a placeholder, in silence; here that would leave the kind's rules out. */
		if (!value_is_bracketed(value))
			return NULL;
		struct diag *diag = diag_add(diags, CODE_FM013, value->span, STR(""), "`kind` takes one word, not a list");
		diag_hint(diags, diag, "write it without brackets");
		return NULL;
	}
	const struct kind *kind = schema_kind(config->schema, str_trim(value->text));
	if (kind)
		return kind;
	str_vec names = {0};
	struct arena scratch = {0};
	for (size_t i = 0; i < config->schema->kind_count; i++)
		if (config->schema->kinds[i]->form != FORM_PART)
			vec_push(&scratch, &names, str_from(config->schema->kinds[i]->name));
	struct diag *diag = diag_add(diags, CODE_FM013, value->span, STR(""), "there is no kind `%.*s`", STR_ARG(value->text));
	struct str nearest = str_nearest(str_trim(value->text), names.items, names.count);
	if (nearest.size)
		diag_hint(diags, diag, "did you mean `%.*s`?", STR_ARG(nearest));
	else
		diag_hint(diags, diag, "`ismark explain kinds` lists them; `site.yaml` can declare more");
	arena_release(&scratch);
	return NULL;
}

/* The record kind that a file's stem names: risks.csv, soa.yaml. */
static const struct kind *
kind_by_stem(const struct config *config, struct str path)
{
	const struct kind *kind = schema_kind(config->schema, path_stem(path));
	return kind && kind->form == FORM_RECORD ? kind : NULL;
}

static const struct kind *
register_kind(const struct config *config)
{
	return config->schema->kinds[KIND_register];
}

/* The document's own id, else its path without extension. */
static void
name_document(struct record_reader *reader, struct document *document)
{
	struct record *self = document->self;
	struct str id = record_text(self, FIELD_document_id);
	self->has_id = id.size > 0;
	self->id = id.size ? id_fold(reader->arena, id) : path_without_extension(document->path);
	self->subject = self->has_id ? self->id : document->path;
	if (self->has_id)
		self->span = self->values[FIELD_document_id]->span;
}

/* The title as stated, else the first heading, else the file's name. */
static void
title_document(struct document *document)
{
	struct record *self = document->self;
	self->title = record_text(self, FIELD_document_title);
	for (size_t i = 0; document->facts && !self->title.size && i < document->facts->headings.count; i++)
		self->title = document->facts->headings.items[i].text;
	if (!self->title.size)
		self->title = path_stem(document->path);
}

static void
read_control(struct record_reader *reader, struct document *document, const struct tree *map)
{
	for (size_t i = 0; map && map->type == TREE_MAP && i < map->pairs.count; i++)
		if (!record_read_pair(reader, document->self, &map->pairs.items[i]))
			record_unknown_key(reader, document->self->kind, &map->pairs.items[i]);
}

static void
report_id(struct record_reader *reader, const struct record *record)
{
	if (!record->has_id || id_is_valid(record->id))
		return;
	struct diag *diag = diag_add(reader->diags, CODE_FM008, record->span, record->subject, "`%.*s` cannot be an id",
	                             STR_ARG(record->id));
	diag_hint(reader->diags, diag, "start with a letter or digit and use letters, digits, `.`, `_` and `-`");
}

/* ---- the three forms ---- */

static void
read_prose(struct record_reader *reader, struct document *document, const struct tree *front)
{
	read_control(reader, document, front);
	name_document(reader, document);
	report_id(reader, document->self);
	record_check_required(reader, document->self);
}

static void
read_register(struct record_reader *reader, struct document *document, const struct tree *front, const struct tree_pair *entries)
{
	for (size_t i = 0; front && front->type == TREE_MAP && i < front->pairs.count; i++) {
		const struct tree_pair *pair = &front->pairs.items[i];
		if (pair == entries)
			continue;
		if (str_equal(pair->key, STR("document")) && pair->value->type == TREE_MAP)
			read_control(reader, document, pair->value);
		else if (!record_read_pair(reader, document->self, pair))
			record_unknown_key(reader, document->self->kind, pair);
	}
	name_document(reader, document);
	report_id(reader, document->self);
	if (entries) {
		document->entries = entries->key_span;
		register_read_entries(reader, document, entries->value);
	}
}

/* A map under `document` is the file's document control, even where the kind has a reference of that name. */
static bool
holds_control(const struct kind *kind, const struct tree_pair *pair)
{
	if (!str_equal(pair->key, STR("document")) || pair->value->type != TREE_MAP)
		return false;
	int field = kind_field(kind, pair->key);
	return field < 0 || (kind->fields[field]->type != FIELD_PART && kind->fields[field]->type != FIELD_MAP);
}

/* A name that the record's kind has is the record's; the others may be document control's. */
static void
read_single_record(struct record_reader *reader, struct document *document, const struct tree *front)
{
	struct record *record = record_new(reader->arena, document->records_kind, document, span_of_file(document->source));
	record->id = path_without_extension(document->path);
	record->subject = document->path;
	const struct tree *id = tree_get(front, STR("id"));
	if (id && id->type == TREE_SCALAR && !tree_is_absent(id))
		record->subject = id_fold(reader->arena, id->text);
	for (size_t i = 0; front && i < front->pairs.count; i++) {
		const struct tree_pair *pair = &front->pairs.items[i];
		if (holds_control(record->kind, pair))
			read_control(reader, document, pair->value);
		else if (!str_equal(pair->key, STR("kind")) && !record_read_pair(reader, record, pair) &&
		         !record_read_pair(reader, document->self, pair))
			record_unknown_key(reader, record->kind, pair);
	}
	name_document(reader, document);
	register_finish_record(reader, document, record, record_text(record, FIELD_record_id));
}

static void
read_body(const struct document_options *options, struct document *document, struct front_matter *front, struct arena *arena,
          struct diag_list *diags)
{
	struct markdown_options reading = {.gfm = true, .heading_ids = true, .references = true};
	struct html_options writing = {.raw_html = options->config->raw_html, .mentions = true};
	struct arena scratch = {0}; /* the tree is ten times the source; what remains are facts */
	struct node *tree = markdown_read(&scratch, document->source, front->body, front->body_line, &reading, diags);
	if (options->filter)
		options->filter(options->filter_context, document, tree, &front->tree, arena, diags);
	markdown_headings(&scratch, tree, diags);
	document->facts = markdown_facts(arena, tree, &writing);
	arena_release(&scratch);
}

/* Decides the form from the kind and what stands in the file. */
static void
read_facts(struct record_reader *reader, struct document *document, const struct tree *front, const struct kind *kind)
{
	struct arena *arena = reader->arena;
	bool records = kind && kind->form == FORM_RECORD;
	const struct tree_pair *entries = records ? register_find_entries(front, kind) : NULL;
	bool tabular = records && !entries && document->facts && !front;
	document->records_kind = records ? kind : NULL;
	document->form = !records ? DOCUMENT_PROSE : entries || tabular ? DOCUMENT_REGISTER : DOCUMENT_RECORD;
	const struct kind *own = records ? register_kind(reader->config) : kind;
	if (!own)
		own = reader->config->schema->kinds[KIND_page];
	document->self = record_new(arena, own, document, span_of_file(document->source));
	document->self->subject = document->path;
	document->self->id = path_without_extension(document->path);
	if (document->form == DOCUMENT_PROSE)
		read_prose(reader, document, front);
	else if (document->form == DOCUMENT_REGISTER)
		read_register(reader, document, front, entries);
	else
		read_single_record(reader, document, front);
	title_document(document);
}

static struct document *
document_new(struct arena *arena, const struct source *source)
{
	struct document *document = arena_new(arena, struct document);
	document->source = source;
	document->path = source->path;
	return document;
}

static struct document *
read_markdown(const struct document_options *options, const struct source *source, struct arena *arena, struct diag_list *diags)
{
	struct document *document = document_new(arena, source);
	struct record_reader reader;
	record_reader_init(&reader, options->config, document, arena, diags);
	struct front_matter front = front_matter_read(arena, source, diags);
	document->broken = front.broken;
	read_body(options, document, &front, arena, diags);
	const struct kind *kind = kind_by_name(options->config, front.tree, diags);
	if (!kind && tree_get(front.tree, STR("entries")))
		kind = kind_by_stem(options->config, source->path);
	read_facts(&reader, document, front.tree, kind);
	return document;
}

static struct document *
read_yaml(const struct document_options *options, const struct source *source, struct arena *arena, struct diag_list *diags)
{
	struct document *document = document_new(arena, source);
	struct record_reader reader;
	record_reader_init(&reader, options->config, document, arena, diags);
	struct tree *tree = yaml_read(arena, source, 0, source->text.size, 1, diags, &document->broken);
	const struct kind *kind = kind_by_name(options->config, tree, diags);
	if (!kind)
		kind = kind_by_stem(options->config, source->path);
	if (!kind && !document->broken && !tree_get(tree, STR("kind"))) {
		struct diag *diag = diag_add(diags, CODE_FM020, span_of_file(source), STR(""), "a YAML file without `kind` is copied as it is");
		diag_hint(diags, diag, "add `kind:`, name the file after a kind (risks.yaml), or list it under `ignore` in site.yaml");
		return NULL;
	}
	if (tree && tree->type == TREE_LIST && kind && kind->form == FORM_RECORD) {
		struct tree *map = tree_new_map(arena, tree->span);
		tree_add_pair(arena, map, STR("entries"), (struct span){source, 1, 1, 1, 1}, tree);
		tree = map;
	}
	read_facts(&reader, document, tree, kind);
	return document;
}

static struct document *
read_csv(const struct document_options *options, const struct source *source, const struct source *sidecar,
         struct arena *arena, struct diag_list *diags)
{
	struct document *document = document_new(arena, source);
	struct record_reader reader;
	record_reader_init(&reader, options->config, document, arena, diags);
	struct tree *side = sidecar ? yaml_read(arena, sidecar, 0, sidecar->text.size, 1, diags, &document->broken) : NULL;
	const struct kind *kind = kind_by_name(options->config, side, diags);
	if (!kind)
		kind = kind_by_stem(options->config, source->path);
	if (!kind || kind->form != FORM_RECORD)
		return NULL;
	document->form = DOCUMENT_REGISTER;
	document->records_kind = kind;
	document->self = record_new(arena, register_kind(options->config), document, span_of_file(source));
	document->self->subject = source->path;
	document->self->id = path_without_extension(source->path);
	document->entries = (struct span){source, 1, 1, 1, 2};
	const struct tree *columns = register_take_columns(side);
	read_register(&reader, document, side, NULL);
	const struct table *table = csv_read(arena, source, diags);
	document->broken |= table && table->broken;
	if (table)
		register_read_table(&reader, document, table, columns, true);
	title_document(document);
	return document;
}

struct document *
document_read(const struct document_options *options, const struct source *source, const struct source *sidecar,
              struct arena *arena, struct diag_list *diags)
{
	if (is_markdown(source->path))
		return read_markdown(options, source, arena, diags);
	if (is_csv(source->path))
		return read_csv(options, source, sidecar, arena, diags);
	return read_yaml(options, source, arena, diags);
}
