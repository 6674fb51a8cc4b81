/* Checklists, shares and the path to the certificate on the report's page. */
#include "site/figure.h"
#include "site/page_terms.h"
#include "site/report_page.h"

static struct template_value
phrase(const struct page_context *context, const char *english)
{
	return template_string(page_phrase(context, str_from(english)));
}

static struct template_value
percent_of(const struct readiness_share *share)
{
	return share && share->percent >= 0 ? template_int(share->percent) : template_none();
}

static struct template_value
share_values(const struct page_context *context, const struct readiness_share *share)
{
	struct template_value values = template_map(context->arena), counts = template_list(context->arena);
	page_put(context, values, "name", template_string(share->name));
	page_put(context, values, "title", template_string(page_phrase(context, share->title)));
	page_put(context, values, "percent", percent_of(share));
	for (int state = 0; state < READINESS_STATE_COUNT; state++)
		template_push(context->arena, counts, template_int((int64_t)share->counts[state]));
	page_put(context, values, "counts", counts);
	return values;
}

static void
put_shares(const struct page_context *context, struct template_value values, const char *key,
           const readiness_share_vec *shares, bool named)
{
	struct template_value group = template_map(context->arena), rows = template_list(context->arena);
	for (size_t i = 0; i < shares->count; i++)
		template_push(context->arena, rows, share_values(context, &shares->items[i]));
	page_put(context, group, "key", page_text(key));
	page_put(context, group, "named", template_bool(named));
	page_put(context, group, "rows", rows);
	template_push(context->arena, values, group);
}

/* ---- checklists ---- */

static struct template_value
item_values(const struct page_context *context, const struct readiness_item *item)
{
	struct template_value values = template_map(context->arena), conditions = template_list(context->arena),
	                      basis = template_list(context->arena), held_back = template_list(context->arena);
	report_put_count(context, values, "number", (size_t)item->rule->number);
	page_put(context, values, "title", phrase(context, item->rule->title));
	page_put(context, values, "clause", page_text(item->rule->clause));
	page_put(context, values, "state", page_text(readiness_state_name(item->state)));
	page_put(context, values, "codes", page_text(item->rule->codes));
	page_put(context, values, "codes_of_shown", page_text(item->rule->codes_of_shown));
	for (size_t i = 0; i < item->results.count; i++) {
		struct template_value condition = template_map(context->arena);
		page_put(context, condition, "text", phrase(context, item->results.items[i].text));
		if (item->results.items[i].basis)
			template_push(context->arena, basis, phrase(context, item->results.items[i].text));
		page_put(context, condition, "state", page_text(readiness_state_name(item->results.items[i].state)));
		template_push(context->arena, conditions, condition);
	}
	size_t shown = report_cut(context, values, "held_back_more", item->held_back.count, REPORT_LISTED_INSIDE);
	for (size_t i = 0; i < shown; i++)
		template_push(context->arena, held_back, report_diag(context, item->held_back.items[i]));
	page_put(context, values, "conditions", conditions);
	page_put(context, values, "basis", basis);
	page_put(context, values, "shown", report_links(context, values, "shown_more", &item->shown));
	page_put(context, values, "held_back", held_back);
	return values;
}

static void
put_checklists(const struct page_context *context, struct template_value values, const struct report *report)
{
	struct template_value list = template_list(context->arena);
	for (int stage = 0; stage < READINESS_STAGE_COUNT; stage++) {
		const struct report_checklist *checklist = &report->checklists[stage];
		struct template_value entry = template_map(context->arena), items = template_list(context->arena);
		for (size_t i = 0; i < checklist->items.count; i++)
			template_push(context->arena, items, item_values(context, checklist->items.items[i]));
		page_put(context, entry, "stage", page_text(readiness_stage_name(checklist->stage)));
		page_put(context, entry, "title", phrase(context, readiness_stage_title(checklist->stage)));
		page_put(context, entry, "share", checklist->share ? share_values(context, checklist->share) : template_none());
		page_put(context, entry, "rows", items);
		template_push(context->arena, list, entry);
	}
	page_put(context, values, "checklists", list);
}

/* ---- the path to the certificate ---- */

static struct template_value
step_values(const struct page_context *context, const struct path_step *step)
{
	struct template_value values = template_map(context->arena), missing = template_list(context->arena);
	page_put(context, values, "title", phrase(context, step->title));
	page_put(context, values, "on", page_date(context, step->on));
	page_put(context, values, "latest", page_date(context, step->latest));
	page_put(context, values, "state", page_text(path_state_name(step->state)));
	page_put(context, values, "record", step->record ? page_record_link(context, step->record) : template_none());
	page_put(context, values, "percent", percent_of(step->share));
	for (size_t i = 0; i < step->missing.count; i++)
		template_push(context->arena, missing, template_string(page_gap(context, &step->missing.items[i])));
	page_put(context, values, "missing", missing);
	return values;
}

void
report_put_readiness(const struct page_context *context, struct template_value values, const struct report *report)
{
	const struct readiness *readiness = report->readiness;
	struct template_value shares = template_list(context->arena), path = template_list(context->arena);
	put_checklists(context, values, report);
	put_shares(context, shares, "clauses", &readiness->clauses, true);
	put_shares(context, shares, "phases", &readiness->phases, false);
	put_shares(context, shares, "themes", &readiness->themes, true);
	page_put(context, values, "shares", shares);
	page_put(context, values, "stages_figure", figure_stages(context, report));
	page_put(context, values, "clauses_figure", figure_clauses(context, report));
	for (size_t i = 0; i < readiness->path.count; i++)
		template_push(context->arena, path, step_values(context, &readiness->path.items[i]));
	page_put(context, values, "path", path);
	page_put(context, values, "certification",
	         readiness->certification ? page_record_link(context, readiness->certification) : template_none());
}
