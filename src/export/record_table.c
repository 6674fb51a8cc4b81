#include "export/record_table.h"

#include "base/utf8.h"
#include "export/json.h"
#include "model/value_text.h"

static void
add_cell(struct arena *arena, struct record_row *row, struct str text)
{
	vec_push(arena, &row->cells, text);
}

/* A column for each field that some record has, in the schema's order. */
static bool *
used_fields(const record_vec *records, const struct kind *kind, struct arena *arena)
{
	bool *used = arena_array(arena, bool, kind->field_count);
	for (size_t i = 0; i < records->count; i++)
		for (size_t f = 0; f < kind->field_count; f++)
			used[f] |= records->items[i]->values[f] != NULL;
	used[FIELD_record_id] = false;
	return used;
}

void
record_table_of_kind(struct record_table *table, const struct site *site, struct arena *arena, const struct kind *kind)
{
	const record_vec *records = &site->by_kind[kind->index];
	bool *used = used_fields(records, kind, arena);
	vec_push(arena, &table->columns, STR("id"));
	for (size_t f = 0; f < kind->field_count; f++)
		if (used[f])
			vec_push(arena, &table->columns, str_from(kind->fields[f]->name));
	for (size_t i = 0; i < records->count; i++) {
		struct record_row row = {.span = records->items[i]->span};
		add_cell(arena, &row, records->items[i]->id);
		for (size_t f = 0; f < kind->field_count; f++)
			if (used[f])
				add_cell(arena, &row, value_plain_text(arena, records->items[i]->values[f]));
		vec_push(arena, &table->rows, row);
	}
}

void
record_table_of_documents(struct record_table *table, const struct site *site, struct arena *arena)
{
	static const struct {
		const char *name;
		int field;
	} columns[] = {
		{"version", FIELD_document_version},       {"status", FIELD_document_status},
		{"owner", FIELD_document_owner},           {"approved_by", FIELD_document_approved_by},
		{"approved_on", FIELD_document_approved_on}, {"classification", FIELD_document_classification},
	};
	static const char *const first[] = {"path", "id", "kind", "title"};
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		vec_push(arena, &table->columns, str_from(first[i]));
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		vec_push(arena, &table->columns, str_from(columns[i].name));
	vec_push(arena, &table->columns, STR("next_review"));
	for (size_t d = 0; d < site->documents.count; d++) {
		const struct document *document = site->documents.items[d];
		struct record_row row = {.span = document->self->span};
		struct buf date = {0};
		add_cell(arena, &row, document->path);
		add_cell(arena, &row, document->self->id);
		add_cell(arena, &row, str_from(document->form == DOCUMENT_PROSE ? document->self->kind->name : document->records_kind->name));
		add_cell(arena, &row, document->self->title);
		for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
			add_cell(arena, &row, value_plain_text(arena, record_value(document->self, columns[i].field)));
		buf_add_date(&date, document_next_review(site, document->self));
		add_cell(arena, &row, buf_take(&date, arena));
		vec_push(arena, &table->rows, row);
	}
}

static const char *
link_word(const struct link_target *target)
{
	static const char *const words[] = {
		[LINK_NONE] = "broken",   [LINK_EXTERNAL] = "external", [LINK_DOCUMENT] = "document", [LINK_RECORD] = "record",
		[LINK_CONTROL] = "control", [LINK_ASSET] = "file",       [LINK_UNSAFE] = "unsafe",
	};
	return target->kind != LINK_NONE && !target->fragment_found ? "broken fragment" : words[target->kind];
}

void
record_table_of_links(struct record_table *table, const struct site *site, struct arena *arena)
{
	static const char *const columns[] = {"from", "line", "target", "leads_to", "page"};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		vec_push(arena, &table->columns, str_from(columns[i]));
	for (size_t d = 0; d < site->documents.count; d++) {
		const struct document *document = site->documents.items[d];
		for (size_t m = 0; document->facts && m < document->facts->mentions.count; m++) {
			const struct mention *mention = &document->facts->mentions.items[m];
			struct link_target target = site_resolve(site, document, mention, arena);
			if (mention->type == MENTION_TOKEN && target.kind == LINK_NONE)
				continue;
			struct record_row row = {.span = mention->span};
			add_cell(arena, &row, document->path);
			add_cell(arena, &row, str_printf(arena, "%u", mention->span.line));
			add_cell(arena, &row, mention->target);
			add_cell(arena, &row, str_from(link_word(&target)));
			add_cell(arena, &row, target.path);
			vec_push(arena, &table->rows, row);
		}
	}
}

void
record_table_of_headings(struct record_table *table, const struct site *site, struct arena *arena)
{
	static const char *const columns[] = {"document", "level", "id", "text", "page"};
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		vec_push(arena, &table->columns, str_from(columns[i]));
	for (size_t d = 0; d < site->documents.count; d++) {
		const struct document *document = site->documents.items[d];
		for (size_t h = 0; document->facts && h < document->facts->headings.count; h++) {
			const struct heading *heading = &document->facts->headings.items[h];
			struct record_row row = {.span = heading->span};
			add_cell(arena, &row, document->path);
			add_cell(arena, &row, str_printf(arena, "%u", heading->level));
			add_cell(arena, &row, heading->id);
			add_cell(arena, &row, heading->text);
			add_cell(arena, &row, document->page);
			vec_push(arena, &table->rows, row);
		}
	}
}

/* ---- text ---- */

enum { CELL_WIDTH = 40 };

/* TEXT on one line, cut to CELL_WIDTH code points. */
static struct str
shorten(struct arena *arena, struct str text)
{
	struct buf buf = {0};
	size_t columns = 0;
	for (size_t i = 0; i < text.size;) {
		size_t at = i;
		int32_t code_point = utf8_next(text, &i);
		if (++columns > CELL_WIDTH) {
			buf_add_c(&buf, "\xE2\x80\xA6");
			break;
		}
		if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0))
			buf_add_char(&buf, ' ');
		else
			buf_add_str(&buf, str_slice(text, at, i));
	}
	return buf_take(&buf, arena);
}

static void
add_padded(struct buf *out, struct str text, size_t width, bool last)
{
	buf_add_str(out, text);
	for (size_t i = utf8_length(text); !last && i < width + 2; i++)
		buf_add_char(out, ' ');
}

static void
add_line(struct buf *out, struct arena *scratch, const str_vec *cells, const size_t *widths)
{
	for (size_t c = 0; c < cells->count; c++)
		add_padded(out, shorten(scratch, cells->items[c]), widths[c], c + 1 == cells->count);
	while (out->size && out->data[out->size - 1] == ' ')
		out->data[--out->size] = '\0';
	buf_add_char(out, '\n');
}

void
record_table_text(struct buf *out, const struct record_table *table)
{
	struct arena scratch = {0};
	size_t *widths = arena_array(&scratch, size_t, table->columns.count);
	for (size_t c = 0; c < table->columns.count; c++)
		widths[c] = utf8_length(table->columns.items[c]);
	for (size_t r = 0; r < table->rows.count; r++) {
		for (size_t c = 0; c < table->columns.count; c++) {
			size_t width = utf8_length(shorten(&scratch, table->rows.items[r].cells.items[c]));
			widths[c] = width > widths[c] ? width : widths[c];
		}
	}
	add_line(out, &scratch, &table->columns, widths);
	for (size_t r = 0; r < table->rows.count; r++)
		add_line(out, &scratch, &table->rows.items[r].cells, widths);
	arena_release(&scratch);
}

/* ---- JSON ---- */

void
record_table_json(struct buf *out, const struct record_table *table)
{
	json_t *list = json_array();
	for (size_t r = 0; r < table->rows.count; r++) {
		const struct record_row *row = &table->rows.items[r];
		json_t *object = json_object();
		json_object_set_new(object, "path", json_of_str(row->span.source ? row->span.source->path : STR("")));
		json_object_set_new(object, "line", json_integer(row->span.line ? row->span.line : 1));
		for (size_t c = 0; c < table->columns.count; c++) {
			struct arena scratch = {0};
			json_object_set_new(object, str_c(&scratch, table->columns.items[c]), json_of_str(row->cells.items[c]));
			arena_release(&scratch);
		}
		json_array_append_new(list, object);
	}
	json_write(out, list);
}

/* ---- CSV ---- */

static void
add_csv_cell(struct buf *out, struct str text)
{
	bool formula = text.size && (text.data[0] == '=' || text.data[0] == '+' || text.data[0] == '@' ||
	                             (text.data[0] == '-' && text.size > 1 && (text.data[1] < '0' || text.data[1] > '9')));
	bool quote = formula;
	for (size_t i = 0; i < text.size; i++)
		quote |= text.data[i] == '"' || text.data[i] == ',' || text.data[i] == '\n' || text.data[i] == '\r';
	if (!quote) {
		buf_add_str(out, text);
		return;
	}
	buf_add_c(out, formula ? "\"'" : "\"");
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] == '"')
			buf_add_char(out, '"');
		buf_add_char(out, text.data[i]);
	}
	buf_add_char(out, '"');
}

static void
add_csv_line(struct buf *out, const str_vec *cells)
{
	for (size_t c = 0; c < cells->count; c++) {
		if (c)
			buf_add_char(out, ',');
		add_csv_cell(out, cells->items[c]);
	}
	buf_add_c(out, "\r\n");
}

void
record_table_csv(struct buf *out, const struct record_table *table)
{
	add_csv_line(out, &table->columns);
	for (size_t r = 0; r < table->rows.count; r++)
		add_csv_line(out, &table->rows.items[r].cells);
}
