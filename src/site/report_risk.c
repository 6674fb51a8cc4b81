/* Heat maps, top risks and the treatment plan on the report's page. */
#include "site/heat_map.h"
#include "site/page_terms.h"
#include "site/report_page.h"
#include "site/risk_page.h"

/* ---- heat maps ---- */

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

static struct template_value
map_values(const struct page_context *context, const struct report *report, const struct report_heat_map *map)
{
	struct template_value values = template_map(context->arena);
	struct buf svg = {0};
	heat_map_svg(&svg, report, map);
	page_put(context, values, "name", page_text(map->name));
	page_put(context, values, "title", template_string(page_phrase(context, str_from(map->title))));
	page_put(context, values, "svg", template_html(buf_take(&svg, context->arena)));
	report_put_count(context, values, "placed", map->placed);
	put_rows(context, values, report, map);
	page_put(context, values, "scored_only", report_links(context, values, "scored_only_more", &map->scored_only));
	page_put(context, values, "unrated", report_links(context, values, "unrated_more", &map->unrated));
	return values;
}

static void
put_bands(const struct page_context *context, struct template_value values, const struct risk_method *method)
{
	struct template_value bands = template_list(context->arena);
	for (size_t i = 0; i < method->bands.count; i++) {
		const struct risk_band *band = &method->bands.items[i];
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "name", template_string(band->name));
		page_put(context, entry, "from", report_number(context, band->from));
		page_put(context, entry, "to", report_number(context, band->to));
		page_put(context, entry, "accepted", template_bool(band->accepted));
		page_put(context, entry, "immediate", template_bool(band->immediate));
		template_push(context->arena, bands, entry);
	}
	page_put(context, values, "bands", bands);
}

/* ---- top risks, treatment plan ---- */

static void
put_top(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value rows = template_list(context->arena);
	for (size_t i = 0; i < report->top_risks.count; i++) {
		const struct report_risk *top = &report->top_risks.items[i];
		struct template_value row = risk_row(context, top->risk);
		page_put(context, row, "party", report_party(context, top->owner, top->owner_record));
		template_push(context->arena, rows, row);
	}
	page_put(context, values, "top_risks", rows);
}

static void
put_plan(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value rows = template_list(context->arena);
	size_t shown = report_cut(context, values, "plan_more", report->plan.count, REPORT_LISTED);
	for (size_t i = 0; i < shown; i++) {
		const struct report_treatment *line = &report->plan.items[i];
		const struct value *controls = record_value(line->risk, FIELD_risk_controls);
		struct template_value row = risk_row(context, line->risk);
		page_put(context, row, "priority", template_string(page_phrase(context, line->priority)));
		page_put(context, row, "due", page_date(context, line->due));
		page_put(context, row, "overdue", template_bool(line->overdue));
		page_put(context, row, "party", report_party(context, line->owner, line->owner_record));
		page_put(context, row, "controls", controls ? page_value(context, controls) : template_none());
		page_put(context, row, "actions", report_links(context, row, "actions_more", &line->actions));
		report_put_count(context, row, "actions_count", line->actions.count);
		report_put_count(context, row, "actions_done", line->actions_done);
		template_push(context->arena, rows, row);
	}
	page_put(context, values, "plan", rows);
}

void
report_put_risks(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value maps = template_list(context->arena);
	for (int i = 0; i < REPORT_MAP_COUNT; i++)
		template_push(context->arena, maps, map_values(context, report, &report->maps[i]));
	page_put(context, values, "maps", maps);
	put_bands(context, values, &report->site->config->risk);
	report_put_count(context, values, "live_risks", report->live_risks);
	report_put_count(context, values, "above_appetite", report->above_appetite);
	put_top(context, values, report);
	put_plan(context, values, report);
}
