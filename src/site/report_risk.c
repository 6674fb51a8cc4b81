/* Risk bands, top risks and the treatment plan on the report's page. */
#include "site/figure.h"
#include "site/page_terms.h"
#include "site/report_page.h"
#include "site/risk_page.h"

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
	page_put(context, values, "maps", figure_heat_maps(context, report));
	put_bands(context, values, &report->site->config->risk);
	report_put_count(context, values, "live_risks", report->live_risks);
	report_put_count(context, values, "above_appetite", report->above_appetite);
	put_top(context, values, report);
	put_plan(context, values, report);
}
