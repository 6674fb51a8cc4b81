/* The path to the certificate, step by step: what the report's readiness says of each. */
#include "check/report.h"
#include "site/page_terms.h"
#include "site/page_values.h"

/* Names of the states, for the style and the words. */
static const char *const states[] = {
	[PATH_DONE] = "done",
	[PATH_INCOMPLETE] = "incomplete",
	[PATH_PLANNED] = "planned",
	[PATH_NO_DATE] = "no-date",
};

static struct template_value
missing_values(const struct page_context *context, const struct path_step *step)
{
	struct template_value list = template_list(context->arena);
	for (size_t i = 0; i < step->missing.count; i++)
		template_push(context->arena, list, template_string(page_gap(context, &step->missing.items[i])));
	return list;
}

static struct template_value
step_values(const struct page_context *context, const struct path_step *step)
{
	struct template_value values = template_map(context->arena);
	struct date today = context->pages->site->today;
	struct date until = date_is_set(step->on) ? step->on : step->latest;
	const char *name = states[step->state];
	page_put(context, values, "name", page_text(step->name));
	page_put(context, values, "title", page_word(context, str_printf(context->arena, "certificate.steps.%s", step->name).data));
	page_put(context, values, "state", page_text(name));
	page_put(context, values, "state_title", page_word(context, str_printf(context->arena, "certificate.states.%s", name).data));
	page_put(context, values, "on", page_date(context, step->on));
	page_put(context, values, "latest", page_date(context, step->latest));
	page_put(context, values, "days", date_is_set(until) ? template_int(date_difference(today, until)) : template_none());
	bool is_told = step->record && step->record->kind->index != KIND_certification; /* that one heads the page */
	page_put(context, values, "record", is_told ? page_record_link(context, step->record) : template_none());
	page_put(context, values, "percent", step->share && step->share->percent >= 0 ? template_int(step->share->percent) : template_none());
	page_put(context, values, "formula", template_string(step->share ? step->share->formula : STR("")));
	page_put(context, values, "checklist", template_string(step->share
		? page_href(context, STR("report.html"), str_printf(context->arena, "report:%.*s", STR_ARG(step->share->name))) : STR("")));
	page_put(context, values, "missing", missing_values(context, step));
	return values;
}

/* The first step that is not behind us: a day to come, or none. */
static const struct path_step *
next_step(const struct readiness *readiness)
{
	for (size_t i = 0; i < readiness->path.count; i++)
		if (readiness->path.items[i].state == PATH_PLANNED || readiness->path.items[i].state == PATH_NO_DATE)
			return &readiness->path.items[i];
	return NULL;
}

static void
put_certificate(const struct page_context *context, struct template_value values, const struct readiness *readiness)
{
	const struct record *record = readiness->certification;
	page_put(context, values, "record", record ? page_record_link(context, record) : template_none());
	page_put(context, values, "body", template_string(record ? record_text(record, FIELD_certification_body) : STR("")));
	page_put(context, values, "number", template_string(record ? record_text(record, FIELD_certification_certificate) : STR("")));
}

static void
fill_page(struct page_context *context)
{
	const struct readiness *readiness = ((const struct report *)context->page->subject)->readiness;
	const struct path_step *next = next_step(readiness);
	struct template_value values = template_map(context->arena), steps = template_list(context->arena);
	for (size_t i = 0; i < readiness->path.count; i++) {
		struct template_value step = step_values(context, &readiness->path.items[i]);
		page_put(context, step, "is_next", template_bool(&readiness->path.items[i] == next));
		template_push(context->arena, steps, step);
	}
	put_certificate(context, values, readiness);
	page_put(context, values, "steps", steps);
	page_put(context, values, "next", next ? step_values(context, next) : template_none());
	page_put(context, context->values, "certificate", values);
}

void
certificate_pages(struct pages *pages)
{
	if (pages->options->report)
		pages_add(pages, &(struct page){.path = STR("certificate/index.html"), .template = "certificate.html", .fill = fill_page,
		                                .subject = pages->options->report, .title = pages_word(pages, "certificate.title"),
		                                .section = "certificate", .maker = STR("the path to the certificate")});
}
