/* What figures share: their words and their tables. */
#include "site/figure.h"

#include "site/page_terms.h"

#include <string.h>

/* ---- words ---- */

struct str
figure_word(const struct page_context *context, const char *key)
{
	struct template_value word = page_word(context, key);
	return word.type == TEMPLATE_STRING ? word.as.text : str_from(key);
}

static const struct figure_part *
part_named(const struct figure_part *parts, struct str name)
{
	for (; parts->name; parts++)
		if (str_equal(str_from(parts->name), name))
			return parts;
	return NULL;
}

struct str
figure_say(const struct page_context *context, const char *key, const struct figure_part *parts)
{
	struct str rest = figure_word(context, key);
	struct buf text = {0};
	for (size_t open; (open = str_find_char(rest, '{', 0)) != STR_NONE;) {
		size_t end = str_find_char(rest, '}', open);
		if (end == STR_NONE)
			break;
		const struct figure_part *part = part_named(parts, str_slice(rest, open + 1, end));
		buf_add_str(&text, str_slice(rest, 0, open));
		buf_add_str(&text, part ? part->text : str_slice(rest, open, end + 1));
		rest = str_from_index(rest, end + 1);
	}
	buf_add_str(&text, rest);
	return buf_take(&text, context->arena);
}

struct str
figure_number(const struct page_context *context, size_t count)
{
	return str_printf(context->arena, "%zu", count);
}

static bool
is_singular(const struct page_context *context, struct str number)
{
	struct template_value singular = page_word_list(context, "number.singular");
	for (size_t i = 0; i < template_count(singular); i++)
		if (str_equal(template_at(singular, i).as.text, number))
			return true;
	return false;
}

struct str
figure_count(const struct page_context *context, const char *key, size_t count)
{
	struct str number = figure_number(context, count);
	struct str form = str_printf(context->arena, "%s.%s", key, is_singular(context, number) ? "one" : "other");
	return figure_say(context, form.data, (struct figure_part[]){{"n", number}, {0}});
}

struct chart
figure_chart(const struct page_context *context, const char *id, struct str title, struct str description)
{
	return (struct chart){id, title, description, figure_word(context, "number.decimal")};
}

/* ---- figures of bars ---- */

static struct template_value
row_of_bar(const struct page_context *context, const struct chart_bars *bars, const struct chart_bar *bar, bool notes)
{
	struct template_value row = template_map(context->arena), cells = template_list(context->arena);
	for (size_t i = 0; i < bars->series_count; i++)
		template_push(context->arena, cells, template_string(figure_number(context, bar->counts[i])));
	if (notes)
		template_push(context->arena, cells, template_string(bar->note));
	page_put(context, row, "title", template_string(bar->label));
	page_put(context, row, "href", page_text(""));
	page_put(context, row, "cells", cells);
	return row;
}

static struct template_value
table_of_bars(const struct page_context *context, const struct chart_bars *bars, struct str first, const char *notes)
{
	struct template_value table = template_map(context->arena), columns = template_list(context->arena), rows = template_list(context->arena);
	for (size_t i = 0; i < bars->series_count; i++)
		template_push(context->arena, columns, template_string(bars->series[i].name));
	if (notes)
		template_push(context->arena, columns, template_string(figure_word(context, notes)));
	for (size_t i = 0; i < bars->bars.count; i++)
		template_push(context->arena, rows, row_of_bar(context, bars, &bars->bars.items[i], notes != NULL));
	page_put(context, table, "caption", template_string(bars->chart.title));
	page_put(context, table, "first", template_string(first));
	page_put(context, table, "columns", columns);
	page_put(context, table, "rows", rows);
	page_put(context, table, "more", template_int(0));
	return table;
}

struct template_value
figure_of_bars(const struct page_context *context, const struct chart_bars *bars, struct str first, const char *notes)
{
	if (!bars->bars.count)
		return template_none();
	struct template_value values = template_map(context->arena);
	struct buf svg = {0};
	chart_bars_svg(&svg, bars);
	page_put(context, values, "id", page_text(bars->chart.id));
	page_put(context, values, "title", template_string(bars->chart.title));
	page_put(context, values, "note", page_text(""));
	page_put(context, values, "svg", template_html(buf_take(&svg, context->arena)));
	page_put(context, values, "table", table_of_bars(context, bars, first, notes));
	return values;
}
