/* Heat maps with their tables. */
#include "site/figure.h"
#include "site/page_terms.h"
#include "site/report_page.h"

static struct template_value
cell_values(const struct page_context *context, const struct report *report, const struct report_cell *cell)
{
	struct template_value values = template_map(context->arena);
	page_put(context, values, "score", cell->band >= 0 ? report_number(context, cell->score) : page_text("–"));
	page_put(context, values, "band", template_string(cell->band >= 0 ? report->site->config->risk.bands.items[cell->band].name : STR("")));
	page_put(context, values, "accepted", template_bool(cell->accepted));
	page_put(context, values, "risks", report_links(context, values, "more", &cell->risks));
	return values;
}

static struct template_value
level_values(const struct page_context *context, const struct scale_level *level)
{
	struct template_value values = template_map(context->arena);
	page_put(context, values, "value", report_number(context, level->value));
	page_put(context, values, "label", template_string(level->label));
	return values;
}

/* The rows in the picture's order, the highest likelihood first. */
static void
put_rows(const struct page_context *context, struct template_value values, const struct report *report, const struct report_heat_map *map)
{
	const struct risk_method *method = &report->site->config->risk;
	struct template_value columns = template_list(context->arena), rows = template_list(context->arena);
	for (size_t column = 0; column < map->columns; column++)
		template_push(context->arena, columns, level_values(context, &method->impact.items[column]));
	for (size_t row = map->rows; row-- > 0;) {
		struct template_value entry = level_values(context, &method->likelihood.items[row]), cells = template_list(context->arena);
		for (size_t column = 0; column < map->columns; column++)
			template_push(context->arena, cells, cell_values(context, report, &map->cells[row * map->columns + column]));
		page_put(context, entry, "cells", cells);
		template_push(context->arena, rows, entry);
	}
	page_put(context, values, "columns", columns);
	page_put(context, values, "rows", rows);
}

static struct str
href_of(const void *context, const struct record *risk)
{
	return risk->page.size ? page_href(context, risk->page, STR("")) : STR("");
}

static struct str
sentence_of(const struct page_context *context, const struct report *report, const struct report_heat_map *map)
{
	size_t above = 0;
	for (size_t i = 0; i < map->rows * map->columns; i++)
		above += map->cells[i].accepted ? 0 : map->cells[i].risks.count;
	return figure_say(context, "chart.heat_map_text", (struct figure_part[]){{"rows", figure_number(context, map->rows)},
	                  {"columns", figure_number(context, map->columns)}, {"live", figure_number(context, report->live_risks)},
	                  {"placed", figure_number(context, map->placed)}, {"above", figure_number(context, above)}, {0}});
}

static struct template_value
picture_of(const struct page_context *context, const struct report *report, const struct report_heat_map *map, enum heat_map_form form, const char *id)
{
	struct str title = page_phrase(context, str_from(map->title));
	struct chart chart = figure_chart(context, id, title, sentence_of(context, report, map));
	struct heat_map_words words = {
		.likelihood = figure_word(context, "risk.likelihood"),
		.impact = figure_word(context, "risk.impact"),
		.more = figure_word(context, "chart.more_risks"),
		.register_href = page_href(context, STR("risk/index.html"), STR("")),
		.href = href_of,
		.context = context,
	};
	struct buf svg = {0};
	heat_map_svg(&svg, &chart, &report->site->config->risk, map, form, &words);
	return template_html(buf_take(&svg, context->arena));
}

struct template_value
figure_heat_map(const struct page_context *context, const struct report *report, const struct report_heat_map *map, enum heat_map_form form)
{
	struct template_value values = template_map(context->arena);
	struct str id = str_printf(context->arena, "chart:%s", map->name);
	page_put(context, values, "id", template_string(id));
	page_put(context, values, "name", page_text(map->name));
	page_put(context, values, "title", template_string(page_phrase(context, str_from(map->title))));
	page_put(context, values, "svg", picture_of(context, report, map, form, id.data));
	report_put_count(context, values, "placed", map->placed);
	put_rows(context, values, report, map);
	page_put(context, values, "scored_only", report_links(context, values, "scored_only_more", &map->scored_only));
	page_put(context, values, "unrated", report_links(context, values, "unrated_more", &map->unrated));
	return values;
}

struct template_value
figure_heat_maps(const struct page_context *context, const struct report *report)
{
	struct template_value maps = template_list(context->arena);
	for (int i = 0; i < REPORT_MAP_COUNT; i++)
		template_push(context->arena, maps, figure_heat_map(context, report, &report->maps[i], HEAT_MAP_IDS));
	return maps;
}
