/* Other frameworks: which of their items the controls of Annex A are related to, and how far these are implemented. Related does
 * not mean satisfied, and the pages say so. */
#include "site/coverage_page.h"

#include "site/clause_page.h"
#include "site/control_values.h"

/* What stands behind an item, from best to worst; `coverage.states` has their words. */
enum item_state {
	ITEM_IMPLEMENTED,  /* every control that is related and applies is implemented */
	ITEM_PARTLY,       /* some are */
	ITEM_NOT_YET,      /* none is */
	ITEM_NO_CONTROL,   /* none that is related applies */
	ITEM_CLAUSES,      /* only clauses 4 to 10 are related */
	ITEM_UNRELATED,    /* nothing is */
	ITEM_STATE_COUNT
};

static const char *const item_names[] = {
	[ITEM_IMPLEMENTED] = "implemented", [ITEM_PARTLY] = "partly",   [ITEM_NOT_YET] = "not-yet",
	[ITEM_NO_CONTROL] = "no-control",   [ITEM_CLAUSES] = "clauses", [ITEM_UNRELATED] = "unrelated",
};

struct item {
	VEC(const struct mapping *) controls, clauses;
	size_t applicable, implemented;
	enum item_state state;
};

struct coverage {
	const struct framework *framework;
	struct item *items; /* parallel to the framework's refs */
	size_t counts[ITEM_STATE_COUNT];
	size_t applicable, implemented, clauses; /* items that any control touches that applies, is implemented; any clause */
	size_t pairs, official;
};

struct str
coverage_path(struct arena *arena, const struct framework *framework)
{
	return str_printf(arena, "coverage/%.*s.html", STR_ARG(framework->name));
}

struct str
coverage_anchor(struct arena *arena, const struct framework_ref *ref)
{
	struct buf anchor = {0};
	for (size_t i = 0; i < ref->id.size; i++)
		if (ref->id.data[i] != ' ')
			buf_add_char(&anchor, ref->id.data[i]);
	return buf_take(&anchor, arena);
}

/* ---- counting ---- */

static void
count_control(const struct page_context *context, struct item *item, const struct mapping *mapping)
{
	const struct control_state *state = site_control(context->pages->site, mapping->control);
	vec_push(context->arena, &item->controls, mapping);
	item->applicable += state && soa_is_applicable(state->soa) == 1;
	item->implemented += state && control_is_implemented(context, state);
}

static enum item_state
judge(const struct item *item)
{
	if (item->applicable)
		return item->implemented == item->applicable ? ITEM_IMPLEMENTED : item->implemented ? ITEM_PARTLY : ITEM_NOT_YET;
	if (item->controls.count)
		return ITEM_NO_CONTROL;
	return item->clauses.count ? ITEM_CLAUSES : ITEM_UNRELATED;
}

static struct coverage
cover(const struct page_context *context, const struct framework *framework)
{
	struct coverage coverage = {.framework = framework, .items = arena_array(context->arena, struct item, framework->ref_count)};
	for (size_t i = 0; i < framework->controls.count; i++) {
		const struct mapping *mapping = &framework->controls.items[i];
		count_control(context, &coverage.items[mapping->ref - framework->refs], mapping);
		coverage.official += mapping->official;
	}
	for (size_t i = 0; i < framework->clauses.count; i++) {
		const struct mapping *mapping = &framework->clauses.items[i];
		vec_push(context->arena, &coverage.items[mapping->ref - framework->refs].clauses, mapping);
		coverage.official += mapping->official;
	}
	coverage.pairs = framework->controls.count + framework->clauses.count;
	for (size_t i = 0; i < framework->ref_count; i++) {
		struct item *item = &coverage.items[i];
		item->state = judge(item);
		coverage.counts[item->state]++;
		coverage.applicable += item->applicable > 0;
		coverage.implemented += item->implemented > 0;
		coverage.clauses += item->clauses.count > 0;
	}
	return coverage;
}

/* ---- as values ---- */

static void
put_count(const struct page_context *context, struct template_value values, const char *key, size_t count)
{
	page_put(context, values, key, template_int((int64_t)count));
}

/* COUNT of TOTAL in whole percent, and never 100 for less than all of them. */
static struct template_value
share(size_t count, size_t total)
{
	size_t percent = total ? (count * 200 + total) / (2 * total) : 0;
	return template_int((int64_t)(percent == 100 && count < total ? 99 : percent));
}

static struct template_value
counts(const struct page_context *context, const struct coverage *coverage)
{
	struct template_value list = template_list(context->arena);
	for (int state = 0; state < ITEM_STATE_COUNT; state++) {
		struct template_value entry = template_map(context->arena);
		page_put(context, entry, "name", page_text(item_names[state]));
		put_count(context, entry, "count", coverage->counts[state]);
		template_push(context->arena, list, entry);
	}
	return list;
}

static struct template_value
framework_values(const struct page_context *context, const struct coverage *coverage)
{
	const struct framework *framework = coverage->framework;
	struct template_value values = page_link(context, framework->title, coverage_path(context->arena, framework));
	bool own = !coverage->official;
	for (size_t i = 0; own && i < framework->controls.count; i++)
		own = framework->controls.items[i].sources == 1;
	page_put(context, values, "name", template_string(framework->name));
	put_count(context, values, "total", framework->ref_count);
	put_count(context, values, "applicable", coverage->applicable);
	put_count(context, values, "implemented", coverage->implemented);
	put_count(context, values, "by_clauses", coverage->clauses);
	page_put(context, values, "applicable_share", share(coverage->applicable, framework->ref_count));
	page_put(context, values, "implemented_share", share(coverage->implemented, framework->ref_count));
	put_count(context, values, "pairs", coverage->pairs);
	put_count(context, values, "official", coverage->official);
	page_put(context, values, "is_own_reading", template_bool(own));
	page_put(context, values, "counts", counts(context, coverage));
	return values;
}

/* ---- one framework ---- */

static struct template_value
control_row(const struct page_context *context, const struct mapping *mapping)
{
	const struct control_state *state = site_control(context->pages->site, mapping->control);
	struct template_value row = page_control_link(context, mapping->control);
	page_put(context, row, "state", page_text(soa_state_name(soa_state(context->pages->site, state))));
	page_put(context, row, "proof", page_text(control_proof(context, state)));
	page_put(context, row, "until", page_date(context, control_proof_until(context, state)));
	page_put(context, row, "is_official", template_bool(mapping->official));
	return row;
}

static struct template_value
clause_row(const struct page_context *context, const struct mapping *mapping)
{
	struct str path = STR("clause/index.html");
	struct template_value row = page_link(context, mapping->clause->id, output_find(context->pages->output, path) ? path : STR(""));
	if (output_find(context->pages->output, path))
		page_put(context, row, "href", template_string(page_href(context, path, STR(""))));
	page_put(context, row, "name", template_string(clause_title(context, mapping->clause)));
	page_put(context, row, "is_official", template_bool(mapping->official));
	return row;
}

/* The page that the site has for an item, when the item is a control of one of its own catalogues. */
static struct template_value
item_link(const struct page_context *context, const struct framework *framework, const struct framework_ref *ref)
{
	const struct catalogue *catalogue = catalogue_find(framework->name);
	const struct control *control = catalogue ? catalogue_control(catalogue, ref->id) : NULL;
	struct template_value link = control ? page_control_link(context, control) : template_map(context->arena);
	page_put(context, link, "id", template_string(ref->id));
	page_put(context, link, "title", template_string(ref->title));
	if (!control)
		page_put(context, link, "href", page_text(""));
	return link;
}

static struct template_value
item_values(const struct page_context *context, const struct coverage *coverage, size_t index)
{
	const struct framework_ref *ref = &coverage->framework->refs[index];
	const struct item *item = &coverage->items[index];
	struct template_value values = item_link(context, coverage->framework, ref);
	struct template_value controls = template_list(context->arena), clauses = template_list(context->arena);
	for (size_t i = 0; i < item->controls.count; i++)
		template_push(context->arena, controls, control_row(context, item->controls.items[i]));
	for (size_t i = 0; i < item->clauses.count; i++)
		template_push(context->arena, clauses, clause_row(context, item->clauses.items[i]));
	page_put(context, values, "anchor", template_string(coverage_anchor(context->arena, ref)));
	page_put(context, values, "has_title", template_bool(!str_equal(ref->title, ref->group)));
	page_put(context, values, "state", page_text(item_names[item->state]));
	page_put(context, values, "controls", controls);
	page_put(context, values, "clauses", clauses);
	return values;
}

static struct template_value
groups(const struct page_context *context, const struct coverage *coverage)
{
	const struct framework *framework = coverage->framework;
	struct template_value list = template_list(context->arena), items = {0};
	for (size_t i = 0; i < framework->ref_count; i++) {
		const struct framework_ref *ref = &framework->refs[i];
		if (i == 0 || !str_equal(ref->group, framework->refs[i - 1].group)) {
			struct template_value group = template_map(context->arena);
			items = template_list(context->arena);
			page_put(context, group, "id", template_string(ref->group_id));
			page_put(context, group, "title", template_string(ref->group));
			page_put(context, group, "entries", items);
			template_push(context->arena, list, group);
		}
		template_push(context->arena, items, item_values(context, coverage, i));
	}
	return list;
}

static void
fill_framework(struct page_context *context)
{
	struct coverage coverage = cover(context, context->page->subject);
	struct template_value values = framework_values(context, &coverage);
	page_breadcrumb(context, page_word(context, "coverage.title").as.text, STR("coverage/index.html"));
	page_put(context, values, "groups", groups(context, &coverage));
	page_put(context, context->values, "coverage", values);
}

/* ---- all of them ---- */

static void
fill_index(struct page_context *context)
{
	struct template_value rows = template_list(context->arena);
	size_t count;
	const struct framework *all = framework_all(&count);
	for (size_t i = 0; i < count; i++) {
		struct coverage coverage = cover(context, &all[i]);
		template_push(context->arena, rows, framework_values(context, &coverage));
	}
	page_put(context, context->values, "frameworks", rows);
}

static void
add_framework(struct pages *pages, const struct framework *framework)
{
	struct template_value name = template_get(words_get(pages->language, "coverage.names"), framework->name);
	pages_add(pages, &(struct page){
	                         .path = coverage_path(pages->arena, framework),
	                         .template = "coverage.html",
	                         .fill = fill_framework,
	                         .subject = framework,
	                         .title = name.type == TEMPLATE_STRING ? name.as.text : framework->title,
	                         .section = "coverage",
	                         .maker = str_printf(pages->arena, "the items of %.*s", STR_ARG(framework->title)),
	                 });
}

/* Mappings start from Annex A of 2022: a site that works by another catalogue has no such pages. */
void
coverage_pages(struct pages *pages)
{
	size_t count;
	const struct framework *all = framework_all(&count);
	if (!count || all[0].controls.items[0].control->catalogue != pages->site->catalogue)
		return;
	pages_add(pages, &(struct page){.path = STR("coverage/index.html"), .template = "coverages.html", .fill = fill_index,
	                                .title = pages_word(pages, "coverage.title"), .section = "coverage",
	                                .maker = STR("the list of frameworks")});
	for (size_t i = 0; i < count; i++)
		add_framework(pages, &all[i]);
}
