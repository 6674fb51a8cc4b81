/* The traceability matrix: which control treats which risk. Controls that no risk names have no column; those that apply
 * nonetheless are listed. */
#include "site/risk_page.h"

enum { TREATS = 1, EXISTS = 2 };

struct column {
	const struct control *control; /* or */
	const struct record *own;
	struct str group;
};

struct matrix {
	const struct page_context *context;
	const record_vec *risks;
	struct map rows; /* subject -> its row, counted from 1 */
	VEC(struct column) columns;
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

static void
find_columns(struct matrix *matrix)
{
	const struct site *site = matrix->context->pages->site;
	record_vec own = page_sorted(matrix->context, site_records(site, KIND_control));
	for (size_t i = 0; i < site->catalogue->control_count; i++) {
		const struct theme *theme = control_top_theme(&site->catalogue->controls[i]);
		if (site->controls[i].risks.count || site->controls[i].existing_risks.count)
			vec_push(matrix->context->arena, &matrix->columns,
			         ((struct column){.control = &site->catalogue->controls[i], .group = theme ? theme->title : STR("")}));
	}
	for (size_t i = 0; i < own.count; i++)
		vec_push(matrix->context->arena, &matrix->columns,
		         ((struct column){.own = own.items[i], .group = STR("Own controls")}));
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

/* ---- as values ---- */

static void
put_columns(const struct matrix *matrix, struct template_value values)
{
	const struct page_context *context = matrix->context;
	struct template_value columns = template_list(context->arena), groups = template_list(context->arena);
	for (size_t c = 0; c < matrix->columns.count;) {
		size_t first = c;
		for (; c < matrix->columns.count && str_equal(matrix->columns.items[c].group, matrix->columns.items[first].group); c++) {
			const struct column *column = &matrix->columns.items[c];
			struct template_value link = column->control ? page_control_link(context, column->control)
			                                             : page_record_link(context, column->own);
			page_put(context, link, "starts_group", template_bool(c == first));
			template_push(context->arena, columns, link);
		}
		struct template_value group = template_map(context->arena);
		page_put(context, group, "title", template_string(matrix->columns.items[first].group));
		page_put(context, group, "count", template_int((int64_t)(c - first)));
		template_push(context->arena, groups, group);
	}
	page_put(context, values, "columns", columns);
	page_put(context, values, "groups", groups);
}

static struct template_value
matrix_row(const struct matrix *matrix, size_t row)
{
	static const char *const words[] = {"", "treats", "exists", "both"};
	const struct page_context *context = matrix->context;
	struct template_value risk = risk_row(context, matrix->risks->items[row]), cells = template_list(context->arena);
	size_t marked = 0;
	for (size_t c = 0; c < matrix->columns.count; c++) {
		template_push(context->arena, cells, page_text(words[*mark_at(matrix, row, c)]));
		marked += *mark_at(matrix, row, c) != 0;
	}
	page_put(context, risk, "cells", cells);
	page_put(context, risk, "count", template_int((int64_t)marked));
	return risk;
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

static void
fill_page(struct page_context *context)
{
	record_vec risks = page_sorted(context, site_records(context->pages->site, KIND_risk));
	struct matrix matrix = {.context = context, .risks = &risks};
	struct template_value values = template_map(context->arena), rows = template_list(context->arena);
	page_breadcrumb(context, STR("Risks"), STR("risk/index.html"));
	find_columns(&matrix);
	find_marks(&matrix);
	put_columns(&matrix, values);
	for (size_t i = 0; i < matrix.risks->count; i++)
		template_push(context->arena, rows, matrix_row(&matrix, i));
	page_put(context, values, "rows", rows);
	page_put(context, values, "without_risk", without_risk(context));
	page_put(context, context->values, "matrix", values);
}

void
matrix_pages(struct pages *pages)
{
	if (site_records(pages->site, KIND_risk)->count)
		pages_add(pages, &(struct page){.path = STR("matrix/index.html"), .template = "matrix.html", .fill = fill_page,
		                                .title = STR("Risks and controls"), .section = "matrix",
		                                .maker = STR("the traceability matrix")});
}
