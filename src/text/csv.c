#include "text/csv.h"

#include "base/utf8.h"

struct csv {
	struct arena *arena;
	const struct source *source;
	struct diag_list *diags;
	size_t at;             /* next byte */
	uint32_t line, column; /* of `at` */
	char separator;
	bool broken;      /* something could not be read */
	bool in_bad_row;  /* the row's quotes are wrong, which is reported: its fields are not counted */
	size_t fields;    /* of the last row, also those beyond the limit */
	size_t columns;   /* fields of the header, likewise */
};

static bool
at_end(const struct csv *csv)
{
	return csv->at >= csv->source->text.size;
}

static char
peek(const struct csv *csv)
{
	return csv->source->text.data[csv->at];
}

static void
advance(struct csv *csv)
{
	char c = peek(csv);
	csv->at++;
	if (c == '\n') {
		csv->line++;
		csv->column = 1;
	} else if (csv->at >= csv->source->text.size || ((unsigned char)csv->source->text.data[csv->at] & 0xC0) != 0x80) {
		csv->column++;
	}
}

static bool
at_row_end(const struct csv *csv)
{
	return at_end(csv) || peek(csv) == '\n' || peek(csv) == '\r';
}

/* The most frequent candidate in the header row, outside quotes; a tie goes to the comma. */
static char
find_separator(struct str text)
{
	static const char candidates[] = {',', ';', '\t'};
	size_t counts[3] = {0};
	bool quoted = false;
	for (size_t i = 0; i < text.size && (quoted || text.data[i] != '\n'); i++) {
		if (text.data[i] == '"')
			quoted = !quoted;
		for (size_t c = 0; c < 3 && !quoted; c++)
			counts[c] += text.data[i] == candidates[c];
	}
	size_t best = 0;
	for (size_t c = 1; c < 3; c++)
		if (counts[c] > counts[best])
			best = c;
	return candidates[best];
}

static void
read_quoted(struct csv *csv, struct buf *text, struct span start)
{
	advance(csv);
	while (!at_end(csv)) {
		char c = peek(csv);
		advance(csv);
		if (c != '"') {
			buf_add_char(text, c);
		} else if (!at_end(csv) && peek(csv) == '"') {
			advance(csv);
			buf_add_char(text, '"');
		} else {
			return;
		}
	}
	csv->broken = csv->in_bad_row = true;
	struct diag *diag = diag_add(csv->diags, CODE_FM001, start, STR(""), "a quote is opened here and never closed");
	diag_hint(csv->diags, diag, "close the field with `\"`; write a quote inside a field twice");
}

/* Behind a quoted field only blanks may stand: anything else means that a quote is missing or too many. */
static void
check_behind_quote(struct csv *csv)
{
	while (!at_row_end(csv) && peek(csv) != csv->separator && (peek(csv) == ' ' || peek(csv) == '\t'))
		advance(csv);
	if (at_row_end(csv) || peek(csv) == csv->separator || csv->in_bad_row)
		return;
	struct span span = {csv->source, csv->line, csv->column, csv->line, csv->column + 1};
	csv->in_bad_row = true;
	struct diag *diag = diag_add(csv->diags, CODE_FM001, span, STR(""), "text stands behind the quote that closes the field");
	diag_hint(csv->diags, diag, "write a quote inside a field twice, and close the field in front of its separator");
}

static struct cell
read_cell(struct csv *csv)
{
	struct span span = {.source = csv->source, .line = csv->line, .column = csv->column};
	span.end_line = span.line, span.end_column = span.column + 1;
	struct buf text = {0};
	if (!at_end(csv) && peek(csv) == '"') {
		read_quoted(csv, &text, span);
		check_behind_quote(csv);
	}
	while (!at_row_end(csv) && peek(csv) != csv->separator) {
		buf_add_char(&text, peek(csv));
		advance(csv);
	}
	span.end_line = csv->line, span.end_column = csv->column;
	return (struct cell){.text = str_trim(buf_take(&text, csv->arena)), .span = span};
}

static void
end_row(struct csv *csv)
{
	if (!at_end(csv) && peek(csv) == '\r')
		advance(csv);
	if (!at_end(csv) && peek(csv) == '\n')
		advance(csv);
}

static struct row
read_row(struct csv *csv)
{
	struct row row = {0};
	csv->in_bad_row = false;
	for (csv->fields = 1;; csv->fields++) {
		struct cell cell = read_cell(csv);
		if (row.cells.count < CSV_COLUMNS_MAX)
			vec_push(csv->arena, &row.cells, cell);
		if (at_row_end(csv))
			break;
		advance(csv);
	}
	row.misfit = csv->in_bad_row;
	row.span = row.cells.items[0].span;
	row.span.end_line = csv->line, row.span.end_column = csv->column;
	end_row(csv);
	return row;
}

static bool
row_is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->cells.count; i++)
		if (row->cells.items[i].text.size)
			return false;
	return true;
}

static void
fit_row(struct csv *csv, struct row *row, size_t columns)
{
	if (csv->fields != csv->columns)
		row->misfit = true;
	if (row->misfit && !csv->in_bad_row) {
		struct diag *diag = diag_add(csv->diags, CODE_FM006, row->cells.items[0].span, STR(""),
		                             "this row has %zu fields, the header has %zu", csv->fields, csv->columns);
		diag_hint(csv->diags, diag, "quote a field that holds a `%c`, or add the missing fields",
		          csv->separator == '\t' ? ' ' : csv->separator);
	}
	while (row->cells.count < columns)
		vec_push(csv->arena, &row->cells, ((struct cell){.text = STR(""), .span = row->span}));
	row->cells.count = columns;
}

static void
over_limit(struct csv *csv, struct span span, const char *what, int limit)
{
	struct diag *diag = diag_add(csv->diags, CODE_FM005, span, STR(""), "more %s than one register may hold, the limit is %d",
	                             what, limit);
	csv->broken = true;
	diag_hint(csv->diags, diag, "split the file");
}

static void
read_rows(struct csv *csv, struct table *table)
{
	size_t cells = 0;
	while (!at_end(csv)) {
		struct row row = read_row(csv);
		if (row_is_blank(&row))
			continue;
		cells += table->header.cells.count;
		if (table->rows.count == CSV_ROWS_MAX || cells > CSV_CELLS_MAX) {
			bool in_cells = cells > CSV_CELLS_MAX;
			over_limit(csv, row.span, in_cells ? "cells" : "rows", in_cells ? CSV_CELLS_MAX : CSV_ROWS_MAX);
			return;
		}
		fit_row(csv, &row, table->header.cells.count);
		vec_push(csv->arena, &table->rows, row);
	}
}

struct table *
csv_read(struct arena *arena, const struct source *source, struct diag_list *diags)
{
	struct csv csv = {
		.arena = arena, .source = source, .diags = diags, .line = 1, .column = 1, .separator = find_separator(source->text)};
	struct table *table = arena_new(arena, struct table);
	do {
		if (at_end(&csv))
			return NULL;
		table->header = read_row(&csv);
	} while (row_is_blank(&table->header));
	table->span = table->header.span;
	csv.columns = csv.fields;
	if (csv.columns > CSV_COLUMNS_MAX)
		over_limit(&csv, table->header.span, "columns", CSV_COLUMNS_MAX);
	read_rows(&csv, table);
	table->broken = csv.broken;
	table->span.end_line = csv.line, table->span.end_column = csv.column;
	return table;
}
