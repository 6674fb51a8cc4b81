/* Metrics: values by day against the target. */
#include "site/figure.h"
#include "site/page_terms.h"
#include "site/report_page.h"

static const char *const standings[] = {[METRIC_UNKNOWN] = "unknown", [METRIC_REACHED] = "reached", [METRIC_MISSED] = "missed"};

/* ---- the picture ---- */

/* True when more than half a period was skipped between A and B. */
static bool
is_gap(const struct metric_state *state, struct date a, struct date b)
{
	if (!state->frequency.count)
		return false;
	int32_t period = date_difference(a, date_add(a, state->frequency, 1));
	return date_difference(a, b) > period + period / 2;
}

static enum chart_mark
mark_of(const struct metric_state *state, double value)
{
	if (!state->has_target || state->direction < 0)
		return CHART_MARK_PLAIN;
	return metric_compare(value, state->target, state->direction) == METRIC_MISSED ? CHART_MARK_BAD : CHART_MARK_GOOD;
}

static void
add_points(const struct page_context *context, struct chart_line *line, const struct metric_state *state)
{
	for (size_t i = 0; i < state->values.count; i++) {
		const struct metric_value *value = &state->values.items[i];
		struct chart_point point = {.on = value->on, .value = value->value, .mark = mark_of(state, value->value)};
		point.gap = i > 0 && is_gap(state, state->values.items[i - 1].on, value->on);
		vec_push(context->arena, &line->points, point);
	}
}

static void
set_months(const struct page_context *context, struct chart_line *line)
{
	struct template_value months = page_word_list(context, "date.months");
	for (size_t i = 0; i < 12 && i < template_count(months); i++)
		line->months[i] = template_at(months, i).as.text;
}

static const char *
sign_of(const struct metric_state *state)
{
	return state->direction < 0 ? "" : state->direction == CHOICE_direction_up ? " ≥" : " ≤";
}

/* ---- words ---- */

static struct str
amount(const struct page_context *context, const struct metric_state *state, double value)
{
	struct buf text = {0};
	chart_add_value(&text, value, figure_word(context, "number.decimal"));
	struct str unit = record_text(state->metric, FIELD_metric_unit), number = buf_take(&text, context->arena);
	return unit.size ? str_printf(context->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(unit)) : number;
}

static struct str
day_text(const struct page_context *context, struct date day)
{
	return page_date(context, day).as.text;
}

static struct str
sentence_of(const struct page_context *context, const struct metric_state *state)
{
	double low = state->values.items[0].value, high = low;
	const struct metric_value *last = metric_last(state);
	for (size_t i = 1; i < state->values.count; i++) {
		double value = state->values.items[i].value;
		low = value < low ? value : low;
		high = value > high ? value : high;
	}
	struct str text = figure_say(context, "chart.metric_text", (struct figure_part[]){
		{"values", figure_count(context, "chart.values", state->values.count)}, {"first", day_text(context, state->values.items[0].on)},
		{"last", day_text(context, last->on)}, {"low", amount(context, state, low)}, {"high", amount(context, state, high)},
		{"value", amount(context, state, last->value)}, {0}});
	if (!state->has_target)
		return text;
	struct str target = figure_say(context, "chart.metric_target", (struct figure_part[]){
		{"target", str_printf(context->arena, "%s %.*s", sign_of(state), STR_ARG(amount(context, state, state->target)))},
		{"standing", page_name(context, "status", standings[state->standing])}, {0}});
	return str_printf(context->arena, "%.*s %.*s", STR_ARG(text), STR_ARG(target));
}

static struct template_value
picture_of(const struct page_context *context, const struct metric_state *state, const char *id, bool small)
{
	if (!state->values.count)
		return page_text("");
	struct chart_line line = {.has_target = state->has_target, .target = state->target, .small = small};
	struct buf svg = {0};
	line.chart = figure_chart(context, id, state->metric->title, sentence_of(context, state));
	line.target_label = str_printf(context->arena, "%.*s%s", STR_ARG(figure_word(context, "chart.target")), sign_of(state));
	set_months(context, &line);
	add_points(context, &line, state);
	chart_line_svg(&svg, &line);
	return template_html(buf_take(&svg, context->arena));
}

/* ---- the table, newest first ---- */

static struct template_value
table_row(const struct page_context *context, const struct metric_state *state, const struct metric_value *value)
{
	struct template_value row = template_map(context->arena), cells = template_list(context->arena);
	enum chart_mark mark = mark_of(state, value->value);
	page_put(context, row, "date", page_date(context, value->on));
	template_push(context->arena, cells, template_string(amount(context, state, value->value)));
	if (state->has_target)
		template_push(context->arena, cells, template_string(mark == CHART_MARK_PLAIN ? STR("–")
			: page_name(context, "status", mark == CHART_MARK_BAD ? "missed" : "reached")));
	page_put(context, row, "cells", cells);
	return row;
}

static struct template_value
table_of(const struct page_context *context, const struct metric_state *state)
{
	struct template_value table = template_map(context->arena), columns = template_list(context->arena), rows = template_list(context->arena);
	template_push(context->arena, columns, template_string(figure_word(context, "chart.value")));
	if (state->has_target)
		template_push(context->arena, columns, template_string(figure_say(context, "chart.against", (struct figure_part[]){
			{"target", str_printf(context->arena, "%s %.*s", sign_of(state), STR_ARG(amount(context, state, state->target)))}, {0}})));
	for (size_t i = state->values.count; i-- > 0 && state->values.count - i <= FIGURE_ROWS_MAX;)
		template_push(context->arena, rows, table_row(context, state, &state->values.items[i]));
	page_put(context, table, "caption", template_string(state->metric->title));
	page_put(context, table, "first", template_string(figure_word(context, "chart.day")));
	page_put(context, table, "columns", columns);
	page_put(context, table, "rows", rows);
	report_put_count(context, table, "more", state->values.count > FIGURE_ROWS_MAX ? state->values.count - FIGURE_ROWS_MAX : 0);
	return table;
}

/* ---- figures ---- */

struct template_value
figure_metric(const struct page_context *context, const struct record *metric, size_t index, bool small)
{
	struct template_value values = template_map(context->arena);
	struct metric_state *state = metric_read(context->pages->site, metric, context->arena);
	struct str id = str_printf(context->arena, "chart:metric-%zu", index + 1);
	const struct metric_value *last = metric_last(state);
	page_put(context, values, "state", page_text(standings[state->standing]));
	page_put(context, values, "value", last ? template_string(amount(context, state, last->value)) : page_text(""));
	page_put(context, values, "on", last ? page_date(context, last->on) : page_text(""));
	page_put(context, values, "target", state->has_target ? template_string(str_printf(context->arena, "%s %.*s", sign_of(state),
	         STR_ARG(amount(context, state, state->target)))) : page_text(""));
	if (state->from_records)
		metric_add_history(context->pages->site, state, context->arena);
	page_put(context, values, "id", template_string(id));
	page_put(context, values, "title", template_string(metric->title));
	page_put(context, values, "note", state->not_computable ? template_string(page_phrase(context, str_from(state->not_computable))) : page_text(""));
	page_put(context, values, "link", page_record_link(context, metric));
	page_put(context, values, "svg", picture_of(context, state, id.data, small));
	page_put(context, values, "table", small || !last ? template_none() : table_of(context, state));
	return values;
}

struct template_value
figure_metrics(const struct page_context *context, const record_vec *metrics)
{
	struct template_value figures = template_list(context->arena);
	for (size_t i = 0; i < metrics->count && i < FIGURE_METRICS_MAX; i++)
		template_push(context->arena, figures, figure_metric(context, metrics->items[i], i, true));
	return figures;
}
