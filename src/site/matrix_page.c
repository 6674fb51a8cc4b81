/* The traceability matrix: which control treats which risk. Columns are the controls that any risk names, by theme; a run of
 * cells without a mark is one cell, so that 93 controls × 200 risks stay a small page. The same marks stand once for the whole,
 * and once for each theme, with the risks that the theme has marks for: that fits on paper. */
#include "site/risk_page.h"

enum { TREATS = 1, EXISTS = 2 };

struct column {
	const struct control *control; /* or */
	const struct record *own;
	size_t theme;
};

/* A theme, or the organisation's own controls. */
struct group {
	struct str id, title;
	size_t first, count; /* of its columns */
};

struct matrix {
	const struct page_context *context;
	const record_vec *risks;
	struct map rows; /* subject -> its row */
	VEC(struct column) columns;
	VEC(struct group) groups;
	unsigned char *marks; /* risks × columns */
};

static unsigned char *
mark_at(const struct matrix *matrix, size_t row, size_t column)
{
	return &matrix->marks[row * matrix->columns.count + column];
}

static void
mark_risks(const struct matrix *matrix, const record_vec *risks, size_t column, unsigned char mark)
{
	for (size_t i = 0; i < risks->count; i++) {
		const size_t *row = map_get(&matrix->rows, risks->items[i]->subject);
		if (row)
			*mark_at(matrix, *row, column) |= mark;
	}
}

static void
mark_own(const struct matrix *matrix, const struct record *own, size_t column)
{
	for (size_t i = 0; i < matrix->risks->count; i++) {
		const struct record *risk = matrix->risks->items[i];
		if (record_refers_to(risk, FIELD_risk_controls, own))
			*mark_at(matrix, i, column) |= TREATS;
		if (record_refers_to(risk, FIELD_risk_existing_controls, own))
			*mark_at(matrix, i, column) |= EXISTS;
	}
}

/* ---- columns ---- */

static void
add_column(struct matrix *matrix, struct column column, struct str id, struct str title)
{
	struct group *last = matrix->groups.count ? &matrix->groups.items[matrix->groups.count - 1] : NULL;
	if (!last || !str_equal(last->title, title)) {
		vec_push(matrix->context->arena, &matrix->groups, ((struct group){.id = id, .title = title, .first = matrix->columns.count}));
		last = &matrix->groups.items[matrix->groups.count - 1];
	}
	last->count++;
	column.theme = matrix->groups.count - 1;
	vec_push(matrix->context->arena, &matrix->columns, column);
}

static bool
is_named_by_a_risk(const struct record *own)
{
	for (size_t i = 0; i < own->backlinks.count; i++)
		if (own->backlinks.items[i].from->kind->index == KIND_risk)
			return true;
	return false;
}

static void
find_columns(struct matrix *matrix)
{
	const struct site *site = matrix->context->pages->site;
	record_vec own = page_sorted(matrix->context, site_records(site, KIND_control));
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control *control = &site->catalogue->controls[i];
		const struct theme *theme = control_top_theme(control);
		if (site->controls[i].risks.count || site->controls[i].existing_risks.count)
			add_column(matrix, (struct column){.control = control}, theme ? theme->id : STR(""), theme ? theme->title : STR(""));
	}
	for (size_t i = 0; i < own.count; i++)
		if (is_named_by_a_risk(own.items[i]))
			add_column(matrix, (struct column){.own = own.items[i]}, STR(""), page_word(matrix->context, "control.own").as.text);
}

static void
find_marks(struct matrix *matrix)
{
	const struct site *site = matrix->context->pages->site;
	for (size_t i = 0; i < matrix->risks->count; i++) {
		size_t *row = arena_new(matrix->context->arena, size_t);
		*row = i;
		map_put(matrix->context->arena, &matrix->rows, matrix->risks->items[i]->subject, row);
	}
	matrix->marks = arena_array(matrix->context->arena, unsigned char, matrix->risks->count * matrix->columns.count);
	for (size_t c = 0; c < matrix->columns.count; c++) {
		const struct column *column = &matrix->columns.items[c];
		const struct control_state *state = site_control(site, column->control);
		if (state) {
			mark_risks(matrix, &state->risks, c, TREATS);
			mark_risks(matrix, &state->existing_risks, c, EXISTS);
		} else {
			mark_own(matrix, column->own, c);
		}
	}
}

/* How many cells of ROW in columns [FIRST, FIRST + COUNT) have a mark. */
static size_t
count_marks(const struct matrix *matrix, size_t row, size_t first, size_t count)
{
	size_t marks = 0;
	for (size_t c = first; c < first + count; c++)
		marks += *mark_at(matrix, row, c) != 0;
	return marks;
}

/* ---- as values ---- */

/* The cells of ROW in [FIRST, FIRST + COUNT): maps {mark, span}; a run without marks is one, and ends with its theme. */
static struct template_value
row_cells(const struct matrix *matrix, size_t row, size_t first, size_t count)
{
	static const char *const words[] = {"", "treats", "exists", "both"};
	const struct page_context *context = matrix->context;
	struct template_value cells = template_list(context->arena);
	for (size_t c = first; c < first + count;) {
		size_t start = c;
		unsigned char mark = *mark_at(matrix, row, c++);
		while (!mark && c < first + count && !*mark_at(matrix, row, c) && matrix->columns.items[c].theme == matrix->columns.items[start].theme)
			c++;
		struct template_value cell = template_map(context->arena);
		page_put(context, cell, "mark", page_text(words[mark]));
		page_put(context, cell, "span", template_int((int64_t)(c - start)));
		page_put(context, cell, "starts_theme", template_bool(start == matrix->groups.items[matrix->columns.items[start].theme].first));
		template_push(context->arena, cells, cell);
	}
	return cells;
}

static struct template_value
column_link(const struct page_context *context, const struct column *column)
{
	return column->control ? page_control_link(context, column->control) : page_record_link(context, column->own);
}

/* The rows of the table of columns [FIRST, FIRST + COUNT); risks without a mark there are left out when MARKED. */
static struct template_value
table_rows(const struct matrix *matrix, size_t first, size_t count, bool marked)
{
	const struct page_context *context = matrix->context;
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < matrix->risks->count; i++) {
		size_t marks = count_marks(matrix, i, first, count);
		if (marked && !marks)
			continue;
		struct template_value row = page_record_link(context, matrix->risks->items[i]);
		const struct risk_state *risk = matrix->risks->items[i]->risk;
		page_put(context, row, "rating", page_rating(context, risk->residual.band >= 0 ? &risk->residual : &risk->inherent));
		page_put(context, row, "cells", row_cells(matrix, i, first, count));
		page_put(context, row, "marks", template_int((int64_t)marks));
		template_push(context->arena, rows, row);
	}
	return rows;
}

static struct template_value
table_columns(const struct matrix *matrix, size_t first, size_t count)
{
	const struct page_context *context = matrix->context;
	struct template_value columns = template_list(context->arena);
	for (size_t c = first; c < first + count; c++) {
		struct template_value link = column_link(context, &matrix->columns.items[c]);
		size_t marks = 0;
		for (size_t i = 0; i < matrix->risks->count; i++)
			marks += *mark_at(matrix, i, c) != 0;
		page_put(context, link, "marks", template_int((int64_t)marks));
		page_put(context, link, "starts_theme", template_bool(c == matrix->groups.items[matrix->columns.items[c].theme].first));
		template_push(context->arena, columns, link);
	}
	return columns;
}

/* {id, title, count, marks, columns, rows}: a theme, with a table of its own. */
static struct template_value
group_values(const struct matrix *matrix, const struct group *group)
{
	const struct page_context *context = matrix->context;
	struct template_value values = template_map(context->arena);
	size_t marks = 0;
	for (size_t i = 0; i < matrix->risks->count; i++)
		marks += count_marks(matrix, i, group->first, group->count);
	page_put(context, values, "id", template_string(group->id));
	page_put(context, values, "title", template_string(group->title));
	page_put(context, values, "count", template_int((int64_t)group->count));
	page_put(context, values, "marks", template_int((int64_t)marks));
	page_put(context, values, "columns", table_columns(matrix, group->first, group->count));
	page_put(context, values, "rows", table_rows(matrix, group->first, group->count, true));
	return values;
}

static void
put_tables(const struct matrix *matrix, struct template_value values)
{
	const struct page_context *context = matrix->context;
	struct template_value groups = template_list(context->arena);
	for (size_t i = 0; i < matrix->groups.count; i++)
		template_push(context->arena, groups, group_values(matrix, &matrix->groups.items[i]));
	page_put(context, values, "groups", groups);
	page_put(context, values, "columns", table_columns(matrix, 0, matrix->columns.count));
	page_put(context, values, "rows", table_rows(matrix, 0, matrix->columns.count, false));
}

/* ---- control by control ---- */

static struct template_value
short_link(const struct page_context *context, const struct record *risk, unsigned char mark)
{
	struct template_value link = page_record_link(context, risk);
	page_put(context, link, "mark", page_text(mark == TREATS ? "treats" : mark == EXISTS ? "exists" : "both"));
	return link;
}

static struct template_value
by_control(const struct matrix *matrix)
{
	const struct page_context *context = matrix->context;
	struct template_value list = template_list(context->arena);
	for (size_t c = 0; c < matrix->columns.count; c++) {
		struct template_value link = column_link(context, &matrix->columns.items[c]), risks = template_list(context->arena);
		const struct control_state *state = site_control(context->pages->site, matrix->columns.items[c].control);
		for (size_t i = 0; i < matrix->risks->count; i++)
			if (*mark_at(matrix, i, c))
				template_push(context->arena, risks, short_link(context, matrix->risks->items[i], *mark_at(matrix, i, c)));
		page_put(context, link, "risks", risks);
		page_put(context, link, "state", page_text(state ? soa_state_name(soa_state(context->pages->site, state)) : ""));
		template_push(context->arena, list, link);
	}
	return list;
}

/* Controls that apply though no risk names them. */
static struct template_value
without_risk(const struct page_context *context)
{
	const struct site *site = context->pages->site;
	struct template_value links = template_list(context->arena);
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct control_state *state = &site->controls[i];
		if (soa_is_applicable(state->soa) == 1 && !state->risks.count && !state->existing_risks.count)
			template_push(context->arena, links, page_control_link(context, state->control));
	}
	return links;
}

static struct template_value
without_control(const struct matrix *matrix)
{
	record_vec risks = {0};
	for (size_t i = 0; i < matrix->risks->count; i++)
		if (!count_marks(matrix, i, 0, matrix->columns.count))
			vec_push(matrix->context->arena, &risks, matrix->risks->items[i]);
	return page_record_links(matrix->context, &risks);
}

static void
fill_page(struct page_context *context)
{
	record_vec risks = page_sorted(context, site_records(context->pages->site, KIND_risk));
	struct matrix matrix = {.context = context, .risks = &risks};
	struct template_value values = template_map(context->arena);
	page_breadcrumb(context, page_word(context, "menu.risk").as.text, STR("risk/index.html"));
	find_columns(&matrix);
	find_marks(&matrix);
	put_tables(&matrix, values);
	page_put(context, values, "by_control", by_control(&matrix));
	page_put(context, values, "without_risk", without_risk(context));
	page_put(context, values, "without_control", without_control(&matrix));
	page_put(context, context->values, "matrix", values);
}

void
matrix_pages(struct pages *pages)
{
	if (site_records(pages->site, KIND_risk)->count)
		pages_add(pages, &(struct page){.path = STR("matrix/index.html"), .template = "matrix.html", .fill = fill_page,
		                                .title = pages_word(pages, "matrix.title"), .section = "matrix",
		                                .maker = STR("the traceability matrix")});
}
